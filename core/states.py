"""Closed lists of core."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OutboxState(TextChoices):
    """Where an outgoing message is."""

    PENDING = "pending", _("Waiting")
    SENT = "sent", _("Sent")
    PARKED = "parked", _("Parked after repeated failure")
