"""What was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import triggers
from governance.canonical import instant
from governance.choices import DecisionKind, DecisionMethod, Outcome
from governance.minutes_states import OVERTAKEN
from governance.models.council import Council
from governance.models.event import MeetingEvent
from governance.models.meeting import AgendaItem
from governance.querysets import DecisionQuerySet
from governance.querysets_polls import DecisionFlagQuerySet
from members.models import PersonName


class Decision(models.Model):
    """A decision of a body on an agenda item: its text in att-clauses and how it was reached.

    The row never changes. Before adjustment the wording is corrected by a new row that
    `replaces` it with a reason; what adjustment and time do to a decision is kept beside it.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=16, choices=DecisionKind.choices)
    method = models.CharField(
        _("how"), max_length=12, choices=DecisionMethod.choices, default=DecisionMethod.ACCLAMATION
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    clauses = models.JSONField(_("att-clauses"), default=list)
    motivation = models.TextField(_("motivation"), blank=True)
    decided_at = models.DateTimeField(_("decided"))
    recorded_at = models.DateTimeField(_("entered"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    presided_by = models.ForeignKey(
        PersonName, null=True, on_delete=models.PROTECT, related_name="+"
    )
    participants = models.JSONField(_("who took part"), default=list)
    finding = models.ForeignKey(
        MeetingEvent, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-decided_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DecisionKind.values), name="governance_decision_kind"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="governance_decision_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.REFERRED_BACK) | ~Q(motivation=""),
                name="governance_decision_motivation",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""),
                name="governance_decision_correction_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: {self.item_id}"

    def get_absolute_url(self) -> str:
        """Return the address of the decision: body, year and §."""
        return reverse(
            "governance:decision_detail",
            args=[self.council.slug, self.item.paragraph_year, self.item.paragraph],
        )

    @property
    def corrections(self) -> list[str]:
        """Return in words what has happened to a § since: it is told wherever the § is shown.

        Read the rows by `with_corrections` first (rules.md 1.7; JO 581-2013).
        """
        told = [str(_("Rectified"))] if self.item.rectifications.all() else []
        status = getattr(self, "status", None)
        if status is not None and status.state in OVERTAKEN:
            told.append(str(status.get_state_display()))
        return told

    def content(self) -> dict[str, object]:
        """Return what the ledger says of this decision."""
        return {
            "decision": self.pk,
            "item": self.item_id,
            "paragraph": self.item.paragraph,
            "year": self.item.paragraph_year,
            "kind": self.kind,
            "method": self.method,
            "outcome": self.outcome,
            "clauses": self.clauses,
            "motivation": self.motivation,
            "decided_at": instant(self.decided_at),
            "presided_by": self.presided_by_id,
            "participants": self.participants,
            "replaces": self.replaces_id,
            "reason": self.reason,
        }


class DecisionFlag(models.Model):
    """A mark that a later correction touches a decision or a poll; the chair looks and answers.

    For a decision: other people take part in it. For a poll: others serve, when it opened or as
    long as it was open, than those that its roll was frozen with.
    """

    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="flags"
    )
    poll = models.ForeignKey(
        "governance.Poll", null=True, blank=True, on_delete=models.PROTECT, related_name="flags"
    )
    event = models.ForeignKey(MeetingEvent, on_delete=models.PROTECT, related_name="flags")
    still_quorate = models.BooleanField(_("still quorate"))
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    answer = models.CharField(_("the chair's answer"), max_length=300, blank=True)

    objects = DecisionFlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag on a decision or poll")
        verbose_name_plural = _("flags on decisions and polls")
        constraints = [
            models.UniqueConstraint(fields=("decision", "event"), name="governance_flag_unique"),
            models.UniqueConstraint(fields=("poll", "event"), name="governance_flag_poll_unique"),
            models.CheckConstraint(
                condition=Q(decision__isnull=False, poll__isnull=True)
                | Q(decision__isnull=True, poll__isnull=False),
                name="governance_flag_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id or self.poll_id}: {self.event_id}"


triggers.guard("governance_decision")
