"""What comes before a meeting: templates of agendas, polls for a time, demands for a meeting."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.models import TimeStamped
from governance.choices import Availability, ItemKind
from governance.models.council import Council
from governance.models.meeting import Meeting
from governance.models.seat import Seat
from governance.querysets import DemandQuerySet, TemplateQuerySet, TimePollQuerySet
from members.models import PersonName


class AgendaTemplate(TimeStamped):
    """A set of standing items that a body begins its agendas with."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="templates")
    name = models.CharField(_("name"), max_length=80)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda template")
        verbose_name_plural = _("agenda templates")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("council", "name"), name="governance_template_name")
        ]

    def __str__(self) -> str:
        return self.name


class TemplateItem(models.Model):
    """A standing item; cases are put before the closing formality."""

    template = models.ForeignKey(AgendaTemplate, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("place on the agenda"))
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind.choices)
    title = models.CharField(_("heading"), max_length=200)
    minutes_planned = models.PositiveSmallIntegerField(_("estimated minutes"), default=5)
    chooses_adjusters = models.BooleanField(_("choice of adjusters"), default=False)
    rapporteur = models.CharField(_("rapporteur (function)"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("standing item")
        verbose_name_plural = _("standing items")
        ordering = ("template", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("template", "position"), name="governance_templateitem_position"
            )
        ]

    def __str__(self) -> str:
        return self.title


class TimePoll(TimeStamped):
    """A question to the body when it can meet; closed when a meeting has been planned from it."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="time_polls")
    title = models.CharField(_("title"), max_length=120)
    meeting = models.OneToOneField(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="time_poll"
    )

    objects = TimePollQuerySet.as_manager()

    class Meta:
        verbose_name = _("poll for a time")
        verbose_name_plural = _("polls for a time")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.title


class TimeOption(models.Model):
    """One time that is proposed."""

    poll = models.ForeignKey(TimePoll, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("proposed time")
        verbose_name_plural = _("proposed times")
        ordering = ("starts_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("poll", "starts_at"), name="governance_timeoption_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="governance_timeoption_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.starts_at:%Y-%m-%d %H:%M}"


class TimeAnswer(TimeStamped):
    """Whether one person can at one proposed time."""

    option = models.ForeignKey(TimeOption, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=8, choices=Availability.choices)

    class Meta:
        verbose_name = _("answer to a proposed time")
        verbose_name_plural = _("answers to proposed times")
        constraints = [
            models.UniqueConstraint(
                fields=("option", "person"), name="governance_timeanswer_unique"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Availability.values), name="governance_timeanswer_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option_id}: {self.person_id} {self.answer}"


class MeetingDemand(TimeStamped):
    """A demand that the body meets; with a third of the seats behind it, it must be met.

    `met_at` is when enough seats stood behind it (kommunallagen 5:12 and 6:23 are the model).
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="demands")
    reason = models.TextField(_("what the meeting is to handle"))
    met_at = models.DateTimeField(_("enough seats stood behind it"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="demands"
    )

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("demand for a meeting")
        verbose_name_plural = _("demands for a meeting")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.council_id}: {self.created_at:%Y-%m-%d}"


class DemandSupport(models.Model):
    """A seat that stands behind a demand, by its ordinary member; never changed."""

    demand = models.ForeignKey(MeetingDemand, on_delete=models.PROTECT, related_name="supports")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    supported_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("support of a demand")
        verbose_name_plural = _("supports of demands")
        ordering = ("supported_at",)
        constraints = [
            models.UniqueConstraint(fields=("demand", "seat"), name="governance_support_once")
        ]

    def __str__(self) -> str:
        return f"{self.demand_id}: {self.seat_id}"


triggers.guard("governance_demandsupport")
