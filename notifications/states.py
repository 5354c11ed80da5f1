"""Closed lists of notifications."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a person is told of one kind of thing; the list on Min sida always has it."""

    EMAIL = "email", _("E-mail at once")
    DAILY = "daily", _("E-mail once a day")
    SITE = "site", _("Only on my page")


DEFAULT_CHANNEL = Channel.EMAIL
