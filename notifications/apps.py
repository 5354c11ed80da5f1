"""Notifications: what people are told, and how they want to be told."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """In-app notifications, e-mail and preferences."""

    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Declare what is kept about people; show the newest notifications on Min sida."""
        from core import slots
        from notifications import processing
        from notifications.slots import newest, office_row

        processing.declare_all()
        slots.register("my_page_main", newest, queries=1)
        slots.register("office_rows", office_row, queries=0)
