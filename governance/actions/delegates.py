"""Delegates of a general meeting: a member organisation speaks and votes through a proxy."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import log, require
from core.exceptions import RuleBroken
from governance.actions.files import receive
from governance.actions.ledger import append
from governance.actions.recording import enter_room, touch
from governance.models import DelegateProxy, Meeting, Seat
from governance.proxies import Proxy, ProxyRefusedError, admit_proxy
from governance.states import MEETINGS_AHEAD
from members.models import PersonName


@transaction.atomic
def enter_proxy(
    *,
    by: Any,
    meeting: Meeting,
    seat: Seat,
    person: PersonName,
    dated_on: date,
    file: UploadedFile,
) -> DelegateProxy:
    """Enter the dated fullmakt of a member for one meeting, with the document.

    The roll names the delegate when the meeting is opened, and the vote weighs what the member's
    does (vectors P5-P7). Raises RuleBroken when the rules of the body know no proxies, when the
    proxy is too old or the person speaks for enough members already, and after the opening.
    """
    require(by, "governance.plan_meeting", meeting)
    meeting = enter_room(meeting)
    if meeting.state not in MEETINGS_AHEAD:
        raise RuleBroken(_("Proxies are entered before the meeting is opened."))
    if seat.council_id != meeting.council_id:
        raise RuleBroken(_("The seat is in another body."), field="seat")
    _admit(meeting, Proxy(str(seat.organisation_id), str(person.pk), dated_on))
    kept = receive(file, only_pdf=True)
    proxy = DelegateProxy.objects.create(
        meeting=meeting,
        seat=seat,
        person=person,
        dated_on=dated_on,
        file=file,
        sha256=kept.sha256,
        entered_at=timezone.now(),
        entered_by_id=getattr(by, "pk", None),
    )
    data = {
        "id": proxy.pk,
        "meeting": meeting.pk,
        "seat": seat.pk,
        "person": person.pk,
        "dated_on": dated_on.isoformat(),
        "sha256": kept.sha256,
    }
    append(council=meeting.council, kind="proxy_entered", data=data)
    new = {"dated_on": dated_on.isoformat()}
    log("proxy_entered", by=by, subject=person.user, obj=proxy, new=new)
    touch(meeting)
    return proxy


def _admit(meeting: Meeting, wanted: Proxy) -> None:
    """Raise RuleBroken when the rules of the meeting do not admit a proxy beside those entered."""
    rules = meeting.profile()
    limit, months = rules.proxy_limit, rules.proxy_months
    admitted = [
        Proxy(str(row.seat.organisation_id), str(row.person_id), row.dated_on)
        for row in meeting.proxies.select_related("seat")
    ]
    try:
        admit_proxy(wanted, admitted, on=meeting.held_on, limit=limit, months=months)
    except ProxyRefusedError as error:
        raise _refusal(error, limit=limit, months=months) from error


def _refusal(error: ProxyRefusedError, *, limit: int, months: int) -> RuleBroken:
    """Return in words why a proxy gives no right to vote, at the field it belongs to."""
    subject = str(error).partition(":")[0]
    if subject == "limit":
        return RuleBroken(_("The rules of this body know no proxies."))
    if subject == "dated":
        return RuleBroken(
            _("The proxy must be dated at most %(months)d months before the meeting.")
            % {"months": months},
            field="dated_on",
        )
    if subject == "member":
        return RuleBroken(_("Somebody already speaks for this member."), field="seat")
    return RuleBroken(
        _("One delegate may speak for %(limit)d member at most.") % {"limit": limit},
        field="person",
    )
