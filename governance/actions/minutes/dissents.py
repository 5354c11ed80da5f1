"""Reservations and statements, within their time limits (rules.md 1.5; kommunallagen 4:27)."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.minutes.signers import outcome_of
from governance.actions.recording import enter_room, item_in, touch
from governance.canonical import instant
from governance.choices import DissentKind
from governance.models import AgendaItem, Decision, Dissent, Meeting, RollSeat
from governance.poll_records import polls_of
from governance.polls import NO_OPINION
from governance.states import MEETINGS_RUNNING, MeetingState
from members.models import PersonName

LONGEST = 10_000


@transaction.atomic
def announce_dissent(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    person: PersonName,
    kind: str,
    text: str = "",
    at: datetime | None = None,
) -> Dissent:
    """Announce a reservation, or a statement in the minutes, before the meeting closes.

    Only who took part in deciding the item may; who abstained cannot make a reservation (vectors
    J4, J5). `at` is when it was announced when the secretary enters it afterwards. The written
    reasons may follow until adjustment.
    """
    own = getattr(by, "name_id", None) == person.pk
    if not own:
        require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    moment = _moment(meeting, None if own else at)
    if kind not in DissentKind.values:
        raise RuleBroken(_("Choose reservation or statement."), field="kind")
    decision = outcome_of(item)
    if decision is None:
        raise RuleBroken(_("Nothing has been decided on this item yet."))
    if moment < decision.decided_at:
        raise RuleBroken(_("Nothing has been decided on this item yet."))
    seat = _seat_of(decision, person)
    if kind == DissentKind.RESERVATION and _abstained(item, person):
        raise RuleBroken(_("Who abstained from the decision cannot make a reservation."))
    try:
        with transaction.atomic():
            row = Dissent.objects.create(
                item=item,
                decision=decision,
                person=person,
                organisation_id=_organisation(meeting, seat),
                kind=kind,
                announced_at=moment,
                text=text.strip()[:LONGEST],
            )
    except IntegrityError as error:
        raise RuleBroken(_("This has already been announced.")) from error
    data = {
        "id": row.pk,
        "meeting": meeting.pk,
        "item": item.pk,
        "person": person.pk,
        "kind": str(row.kind),
        "announced_at": instant(moment),
    }
    append(council=meeting.council, kind="dissent_announced", data=data)
    touch(meeting)
    return row


@transaction.atomic
def write_dissent(*, by: Any, dissent: Dissent, text: str) -> Dissent:
    """Write the reasons of a reservation or statement, until the § is adjusted."""
    meeting = dissent.item.meeting
    if getattr(by, "name_id", None) != dissent.person_id:
        require(by, "governance.record_meeting", meeting)
    enter_room(meeting)
    row = Dissent.objects.select_related("item").get(pk=dissent.pk)
    adjusted = getattr(row.item, "adjusted", None)
    final = Meeting.objects.get(pk=meeting.pk).state in {
        MeetingState.ADJUSTED,
        MeetingState.ARCHIVED,
    }
    if final or (adjusted is not None and adjusted.adjusted_at >= row.announced_at):
        raise RuleBroken(_("The paragraph is adjusted; its text can no longer change."))
    row.text = text.strip()[:LONGEST]
    row.save()
    return row


def _moment(meeting: Meeting, at: datetime | None) -> datetime:
    """Return when it was announced. Raises RuleBroken after the meeting closed."""
    now = timezone.now()
    if at is not None and at > now:
        raise RuleBroken(_("The time has not come yet."), field="at")
    if meeting.state in MEETINGS_RUNNING:
        return at or now
    in_time = (
        at is not None
        and meeting.state == MeetingState.CLOSED
        and meeting.closed_at is not None
        and meeting.opened_at is not None
        and meeting.opened_at <= at <= meeting.closed_at
    )
    if not in_time or at is None:
        raise RuleBroken(
            _("Reservations and statements are announced before the meeting closes."), field="at"
        )
    return at


def _seat_of(decision: Decision, person: PersonName) -> int:
    seat = next((s for s, p in decision.participants if p == person.pk), None)
    if seat is None:
        raise RuleBroken(_("Only who took part in the decision can do this."), field="person")
    return int(seat)


def _abstained(item: AgendaItem, person: PersonName) -> bool:
    """Return whether the person abstained in the last open poll that has the person's ballot."""
    choices = [
        row.choices[person.pk]
        for row in polls_of([item.pk]).get(item.pk, [])
        if not row.is_secret and person.pk in row.choices
    ]
    return bool(choices) and choices[-1] in NO_OPINION


def _organisation(meeting: Meeting, seat: int) -> int | None:
    row = RollSeat.objects.filter(meeting=meeting, seat=seat).first()
    return row.organisation_id if row else None
