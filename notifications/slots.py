"""What notifications show on pages of other apps."""

from typing import Any

from members.models import User
from notifications.models import Notification

NEWEST = 3
VIEW_OUTBOX = "notifications.view_outbox"


def newest(person: User, user: Any) -> tuple[str, dict[str, Any]] | None:
    """Return the newest unread notifications for Min sida."""
    rows = list(Notification.objects.visible_to(user).unread()[:NEWEST])
    return "notifications/_newest.html", {"notifications": rows}


def office_row(_obj: Any, user: Any) -> tuple[str, dict[str, Any]] | None:
    """Return the way to the outgoing messages for whoever may see them."""
    return ("notifications/_office_row.html", {}) if user.has_perm(VIEW_OUTBOX) else None
