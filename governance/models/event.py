"""What happened in a meeting: the evidence that everything about the room is computed from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from governance.canonical import instant
from governance.choices import EventKind, PresenceMode
from governance.models.meeting import AgendaItem, Meeting
from governance.querysets import EventQuerySet
from members.models import PersonName


class MeetingEvent(models.Model):
    """One thing that happened in a meeting; never changed or deleted.

    `effective_at` is when it happened, `recorded_at` when it was entered. A correction is a new
    event that names the one it `corrects`, with its reason; the corrected one then counts for
    nothing but stays readable. Each event has its entry in the ledger.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    effective_at = models.DateTimeField(_("happened"))
    recorded_at = models.DateTimeField(_("entered"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        PersonName, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    mode = models.CharField(_("takes part"), max_length=8, blank=True, choices=PresenceMode.choices)
    data = models.JSONField(_("more"), default=dict, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    from_paper = models.BooleanField(_("entered afterwards from paper"), default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a meeting")
        verbose_name_plural = _("events of meetings")
        ordering = ("meeting", "number")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="governance_event_number"),
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="governance_event_kind"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                name="governance_event_correction_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number} {self.kind}"

    def content(self) -> dict[str, object]:
        """Return what the ledger says of this event; ids and codes, never names."""
        return {
            "meeting": self.meeting_id,
            "number": self.number,
            "kind": self.kind,
            "effective_at": instant(self.effective_at),
            "recorded_at": instant(self.recorded_at),
            "recorded_by": self.recorded_by_id,
            "person": self.person_id,
            "item": self.item_id,
            "mode": self.mode,
            "data": self.data,
            "corrects": self.corrects_id,
            "reason": self.reason,
            "from_paper": self.from_paper,
        }


triggers.guard("governance_meetingevent")
