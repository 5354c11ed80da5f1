"""What people are told, and how they want to be told."""

from notifications.models.notification import Notification
from notifications.models.preference import Preference

__all__ = ["Notification", "Preference"]
