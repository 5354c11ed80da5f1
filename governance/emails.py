"""The summons and its kin as e-mail, with the calendar entry."""

import json
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import formatting
from governance.calendar import Entry, invitation
from governance.models import AgendaItem, Meeting, Recipient, Summons
from members.models import User


def calendar_entry(meeting: Meeting, *, cancelled: bool = False) -> Entry:
    """Return the meeting as a calendar knows it; the sequence is the number of summonses."""
    host = settings.BASE_URL.partition("://")[2]
    return Entry(
        uid=f"meeting-{meeting.council.public_id}-{meeting.pk}@{host}",
        sequence=meeting.summons_number + cancelled,
        summary=meeting.council.name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        stamp=meeting.updated_at,
        location=meeting.place or meeting.link,
        url=f"{settings.BASE_URL}{meeting.get_absolute_url()}",
        cancelled=cancelled,
    )


def summons_email(
    user: User, summons: Summons, document: bytes, *, changed: bool
) -> EmailMultiAlternatives:
    """Return the summons to one person: text, calendar entry and the PDF."""
    meeting = summons.meeting
    with translation.override(user.language):
        day = _day(meeting)
        subject = (
            _("Changed summons: %(body)s %(day)s") if changed else _("Summons: %(body)s %(day)s")
        ) % {"body": meeting.council.name, "day": day}
        message = _mail(user, subject, "summons", meeting, {"summons": summons, "changed": changed})
    message.attach("kallelse.pdf", document, "application/pdf")
    _attach_calendar(message, meeting, user, cancelled=False)
    return message


def cancellation_email(user: User, meeting: Meeting) -> EmailMultiAlternatives:
    """Return the message that a meeting is cancelled, with the calendar's cancellation."""
    with translation.override(user.language):
        subject = _("Cancelled: %(body)s %(day)s") % {
            "body": meeting.council.name,
            "day": _day(meeting),
        }
        message = _mail(user, subject, "cancellation", meeting, {})
    _attach_calendar(message, meeting, user, cancelled=True)
    return message


def heads_email(user: User, meeting: Meeting, head: dict[str, Any]) -> EmailMultiAlternatives:
    """Return the head of the ledger at the close of a meeting, to be kept outside the system."""
    with translation.override(user.language):
        subject = _("Checksum of the meeting: %(body)s %(day)s") % {
            "body": meeting.council.name,
            "day": _day(meeting),
        }
        message = _mail(user, subject, "ledger_head", meeting, {"head": head["heads"][0]})
    content = json.dumps(head, ensure_ascii=False, indent=1)
    message.attach("kontrollsumma.json", content, "application/json")
    return message


def extract_email(
    recipient: Recipient, item: AgendaItem, document: bytes, *, receipt: str
) -> EmailMultiAlternatives:
    """Return an extract to a recipient of the dispatch list; the language of records is Swedish.

    `receipt` is where a recipient with an account confirms.
    """
    meeting = item.meeting
    paragraph = f"§ {item.paragraph}/{item.paragraph_year}"
    with translation.override("sv"):
        subject = _("Extract from the minutes: %(body)s %(paragraph)s") % {
            "body": meeting.council.name,
            "paragraph": paragraph,
        }
        context = {
            "recipient": recipient,
            "paragraph": paragraph,
            "receipt": f"{settings.BASE_URL}{receipt}",
        }
        message = _mail(recipient, subject, "extract", meeting, context)
    message.attach("protokollsutdrag.pdf", document, "application/pdf")
    return message


def _day(meeting: Meeting) -> str:
    return formatting.long_date(
        timezone.localtime(meeting.starts_at).date(), translation.get_language() or "sv"
    )


def _attach_calendar(
    message: EmailMultiAlternatives, meeting: Meeting, user: User, *, cancelled: bool
) -> None:
    content = invitation(
        calendar_entry(meeting, cancelled=cancelled),
        organiser=settings.DEFAULT_FROM_EMAIL,
        attendee=user.email,
    )
    method = "CANCEL" if cancelled else "REQUEST"
    message.attach("mote.ics", content, f"text/calendar; method={method}; charset=utf-8")


def _mail(
    user: User | Recipient, subject: str, template: str, meeting: Meeting, context: dict[str, Any]
) -> EmailMultiAlternatives:
    full = context | {
        "subject": subject,
        "meeting": meeting,
        "body_name": meeting.council.name,
        "day": _day(meeting),
        "language": translation.get_language(),
        "base_url": settings.BASE_URL,
        "link": f"{settings.BASE_URL}{meeting.get_absolute_url()}",
    }
    folder = "governance/emails"
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"{folder}/{template}.txt", full),
        to=[user.email],
        headers={"X-Samagt-Kind": template, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"{folder}/{template}.html", full), "text/html")
    return message
