"""The summons (kallelse): exactly what was sent, to whom, and whether it arrived."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.models import OutboxMessage
from governance.models.meeting import Meeting
from governance.querysets import SummonsQuerySet
from members.models import PersonName


def summons_path(instance: Any, filename: str) -> str:
    """Return where a summons is stored."""
    return f"governance/meetings/{instance.meeting_id}/{uuid.uuid4().hex}.pdf"


class Summons(models.Model):
    """One summons as it was sent; a changed agenda makes a new one with its difference.

    `snapshot` is the content (time, place, items, annexes with checksums, addressees as ids) and
    `file` its PDF; the row never changes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="summonses")
    number = models.PositiveSmallIntegerField(_("number"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    snapshot = models.JSONField(_("content"))
    snapshot_hash = models.CharField(_("checksum"), max_length=64)
    difference = models.JSONField(_("what changed"), default=list, blank=True)
    kept_notice = models.BooleanField(_("sent in time"))
    late_reason = models.CharField(_("why it is late"), max_length=300, blank=True)
    file = models.FileField(_("file (PDF)"), upload_to=summons_path)

    objects = SummonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("summons")
        verbose_name_plural = _("summonses")
        ordering = ("meeting", "-number")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="governance_summons_number")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"


class SummonsDelivery(models.Model):
    """A summons on its way to one person; the outbox row says how far it has come."""

    summons = models.ForeignKey(Summons, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(
        OutboxMessage, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("delivery of a summons")
        verbose_name_plural = _("deliveries of summonses")
        constraints = [
            models.UniqueConstraint(fields=("summons", "person"), name="governance_delivery_unique")
        ]

    def __str__(self) -> str:
        return f"{self.summons_id}: {self.person_id}"


triggers.guard("governance_summons")
