"""What this app keeps about people, for the register of processing."""

from django.utils.translation import gettext_lazy as _

from core.processing import Dataset, Processing, declare
from members.processing import NOBODY_ELSE, PUBLIC_TASK, REPRESENTATIVES, of_user

NOTIFICATIONS = Processing(
    name=_("Notifications"),
    purpose=_("To tell people what concerns them, in the way they choose."),
    ground=PUBLIC_TASK,
    people=REPRESENTATIVES,
    kinds=_("What the person was told and when it was read, choice of channel"),
    recipients=NOBODY_ELSE,
    retention=_("As long as the account is open."),
    datasets=(
        Dataset(
            "notifications.Notification",
            of_user,
            ("kind", "params", "url", "created_at", "read_at", "emailed_at"),
        ),
        Dataset("notifications.Preference", of_user, ("kind", "channel")),
    ),
)


def declare_all() -> None:
    """Add this app's activities to the register."""
    declare(NOTIFICATIONS)
