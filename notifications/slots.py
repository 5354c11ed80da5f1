"""What notifications show on pages of other apps."""

from typing import Any

from members.models import User
from notifications.models import Notification

NEWEST = 3


def newest(person: User, user: Any) -> tuple[str, dict[str, Any]] | None:
    """Return the newest unread notifications for Min sida."""
    rows = list(Notification.objects.visible_to(user).unread()[:NEWEST])
    return "notifications/_newest.html", {"notifications": rows}
