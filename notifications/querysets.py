"""Reads of notifications."""

from typing import Any, Self

from django.db import models


class NotificationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Notifications."""

    def visible_to(self, user: Any) -> Self:
        """Return the person's own notifications, and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        """Return what has not been read."""
        return self.filter(read_at__isnull=True)

    def awaiting_digest(self) -> Self:
        """Return what is unread and has not been e-mailed, oldest first."""
        return self.unread().filter(emailed_at__isnull=True).order_by("user_id", "created_at", "pk")
