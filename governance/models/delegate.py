"""Delegates of a general meeting: the written power of a member organisation to one person."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import triggers
from governance.models.meeting import Meeting
from governance.models.seat import Seat
from members.models import PersonName


def proxy_file_path(instance: Any, filename: str) -> str:
    """Return where a proxy is stored; the name says nothing of its content."""
    return f"governance/meetings/{instance.meeting_id}/{uuid.uuid4().hex}.pdf"


class DelegateProxy(models.Model):
    """A dated fullmakt by which a person speaks and votes for a member at one general meeting.

    Its limit and age were checked by the rules of the meeting when it was entered (rules.md
    section 0, vectors P5-P7); the roll names it. Never changed.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="proxies")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField(_("date of the proxy"))
    file = models.FileField(_("file (PDF)"), upload_to=proxy_file_path)
    sha256 = models.CharField(_("checksum"), max_length=64)
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")
        ordering = ("meeting", "seat")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "seat"), name="governance_proxy_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.seat_id}"


triggers.guard("governance_delegateproxy")
