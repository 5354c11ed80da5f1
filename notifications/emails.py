"""E-mails in the design, as text and HTML, in the reader's language."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from members.emails import brand
from members.models import User
from notifications.models import Notification


def notification_email(notification: Notification) -> EmailMultiAlternatives:
    """Return the mail that tells one person one thing."""
    with translation.override(notification.user.language):
        context = {"notification": notification, "link": absolute(notification.url)}
        return build(
            notification.user, notification.title, "notification", context, notification.kind
        )


def digest_email(user: User, notifications: list[Notification]) -> EmailMultiAlternatives:
    """Return the daily mail with everything new for one person."""
    with translation.override(user.language):
        rows = [{"notification": row, "link": absolute(row.url)} for row in notifications]
        count = len(rows)
        subject = translation.ngettext("%d new notification", "%d new notifications", count) % count
        return build(user, subject, "digest", {"rows": rows}, "digest")


def absolute(path: str) -> str:
    """Return an address on this site; never from a request's Host header."""
    return f"{settings.BASE_URL}{path}" if path else ""


def build(
    user: User, subject: str, template: str, context: dict[str, Any], kind: str
) -> EmailMultiAlternatives:
    """Return a mail to a person from templates/notifications/emails/<template>.txt and .html."""
    full = context | {
        "subject": subject,
        "user": user,
        "language": translation.get_language(),
        "base_url": settings.BASE_URL,
        "brand": brand(),
        "settings_link": absolute("/min-sida/aviseringar/installningar/"),
    }
    folder = "notifications/emails"
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"{folder}/{template}.txt", full),
        to=[user.email],
        headers={"X-Samagt-Kind": kind, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"{folder}/{template}.html", full), "text/html")
    return message
