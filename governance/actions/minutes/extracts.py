"""Extracts from adjusted minutes (protokollsutdrag): certified, sent, delivered, confirmed."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import queue_email, require
from core.exceptions import RuleBroken
from governance.actions.cases import step_case
from governance.actions.ledger import append
from governance.actions.minutes.rendition import extract_pdf, reading_of
from governance.actions.minutes.writing import locked
from governance.emails import extract_email
from governance.models import AgendaItem, Extract, ExtractDelivery, Minutes, Recipient
from governance.states import CaseState
from members.models import Organisation

PRESSED_TWICE = timedelta(minutes=1)
"""Within this time the same extract is not made again."""


@transaction.atomic
def add_recipient(
    *,
    by: Any,
    item: AgendaItem,
    name: str,
    email: str,
    organisation: Organisation | None = None,
) -> Recipient:
    """Put somebody on the list that a § is dispatched to.

    With the organisation that the address belongs to, whoever receives for it confirms too.
    """
    require(by, "governance.record_meeting", item.meeting)
    if not name.strip():
        raise RuleBroken(_("Write to whom it is sent."), field="name")
    if item.recipients.filter(email__iexact=email).exists():
        raise RuleBroken(_("This address is already on the list."), field="email")
    return Recipient.objects.create(
        item=item, name=name.strip()[:150], email=email, organisation=organisation
    )


@transaction.atomic
def certify_extract(*, by: Any, item: AgendaItem) -> Extract:
    """Make the extract of an adjusted § and send it to everyone on its list.

    `by` answers for "rätt utdraget". The case is dispatched with it. Who presses twice makes one
    extract. Raises RuleBroken before adjustment and without recipients.
    """
    require(by, "governance.record_meeting", item.meeting)
    minutes = Minutes.objects.filter(meeting=item.meeting).first()
    if minutes is None:
        raise RuleBroken(_("Extracts are made when the paragraph is adjusted."))
    found = locked(minutes)
    item = AgendaItem.objects.select_related("adjusted__version", "case", "council").get(pk=item.pk)
    item.meeting = found.meeting
    if not hasattr(item, "adjusted"):
        raise RuleBroken(_("Extracts are made when the paragraph is adjusted."))
    recipients = list(item.recipients.select_related("organisation"))
    if not recipients:
        raise RuleBroken(_("Write to whom it is sent."), field="name")
    now = timezone.now()
    made = _just_made(item, recipients, by.name, now)
    if made is not None:
        return made
    document = _document(found, item, by.name, timezone.localtime(now).date())
    extract = _keep(item, document, recipients, by=by, at=now)
    for recipient in recipients:
        _send(extract, recipient, item, document)
    if item.case is not None and item.case.state == CaseState.DECIDED:
        step_case(item.case, "dispatch", by=by, item=item)
    return extract


def _keep(
    item: AgendaItem,
    document: bytes,
    recipients: list[Recipient],
    *,
    by: Any,
    at: datetime,
) -> Extract:
    """Store the extract under the next number of its § and write it into the ledger."""
    extract = Extract.objects.create(
        item=item,
        version=item.adjusted.version,
        number=item.extracts.count() + 1,
        certified_by=by.name,
        certified_at=at,
        sha256=hashlib.sha256(document).hexdigest(),
        file=ContentFile(document, name="utdrag.pdf"),
    )
    data = {
        "id": extract.pk,
        "meeting": item.meeting_id,
        "item": item.pk,
        "sha256": extract.sha256,
        "recipients": [row.pk for row in recipients],
    }
    append(council=item.meeting.council, kind="extract_certified", data=data)
    return extract


def _send(extract: Extract, recipient: Recipient, item: AgendaItem, document: bytes) -> None:
    """Send the extract by mail; when it was sent and delivered are facts of their own."""
    delivery = ExtractDelivery.objects.create(
        extract=extract, recipient=recipient, sent_at=extract.certified_at
    )
    message = extract_email(recipient, item, document, receipt=delivery.get_absolute_url())
    delivery.message = queue_email(message=message)[0]
    delivery.save()


def _just_made(
    item: AgendaItem, recipients: list[Recipient], by: Any, now: datetime
) -> Extract | None:
    """Return the extract that the same person made for the same recipients a moment ago."""
    last = item.extracts.filter(certified_by=by, certified_at__gt=now - PRESSED_TWICE)
    extract = last.order_by("number").last()
    if extract is None:
        return None
    sent = set(extract.deliveries.values_list("recipient", flat=True))
    return extract if sent == {row.pk for row in recipients} else None


def _document(minutes: Minutes, item: AgendaItem, certified_by: Any, on: date) -> bytes:
    reading = reading_of(minutes, whole=True, item=item.pk)
    return extract_pdf(reading, item, certified_by, on)


@transaction.atomic
def confirm_delivery(*, by: Any, delivery: ExtractDelivery, on: date, how: str) -> ExtractDelivery:
    """Write down that the recipient has confirmed the extract, when and how."""
    require(by, "governance.record_meeting", delivery.extract.item.meeting)
    if on > timezone.localdate():
        raise RuleBroken(_("The day has not come yet."), field="on")
    if not how.strip():
        raise RuleBroken(_("Say how it was confirmed."), field="how")
    delivery.confirmed_on, delivery.confirmed_how = on, how.strip()[:200]
    delivery.save()
    return delivery


@transaction.atomic
def confirm_receipt(*, by: Any, delivery: ExtractDelivery) -> ExtractDelivery:
    """Let the recipient say that the extract has come; pressing twice confirms once.

    The recipient is whoever is signed in with the address it was sent to, or holds a role that
    receives for the organisation it was sent to. Raises PermissionDenied for anybody else.
    """
    rows = ExtractDelivery.objects.select_for_update(of=("self",)).addressed_to(by)
    found = rows.filter(pk=delivery.pk).first()
    if found is None:
        raise PermissionDenied(_("The extract was sent to somebody else."))
    if found.confirmed_on is None:
        found.confirmed_on = timezone.localdate()
        found.confirmed_how = f"Kvitterat i Samägt av {by.name}"[:200]
        found.save()
    return found
