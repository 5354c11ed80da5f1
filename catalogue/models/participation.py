"""Participations: a municipality on its way into, in or out of a shared service."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.joining_states import (
    AGREED_STATES,
    CLOSED_STATES,
    EXEMPTIONS,
    LEAVING_STATES,
    TAKEOVER_STATES,
    TRANSITIONS,
    DataProtection,
    LegalBasis,
    ParticipationState,
)
from catalogue.querysets_joining import ParticipationQuerySet, SeatChoiceQuerySet
from core import triggers
from core.models import TimeStamped
from members.models import Organisation

S = ParticipationState
PAUSABLE = (S.DIALOGUE, S.ONBOARDING)


class JoiningGroup(TimeStamped):
    """Several municipalities that join a service together, as one piece of work."""

    service = models.ForeignKey(
        "catalogue.ServicePage", on_delete=models.PROTECT, related_name="joining_groups"
    )
    name = models.CharField(_("name of the group"), max_length=120)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("group that joins together")
        verbose_name_plural = _("groups that join together")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Participation(TimeStamped):
    """One organisation's participation (anslutning) in one service, from interest to the end.

    The party is the organisation; people act for it. `state` is changed by
    `catalogue.actions.transitions` alone. `starts_on` is the later of the agreed start and the
    last signature: from that day, to `ends_on` inclusive, it counts for cost, seat and vote.
    `go_live_on` is the office's plan for the introduction, `production_on` the day it came true.
    """

    service = models.ForeignKey(
        "catalogue.ServicePage", on_delete=models.PROTECT, related_name="participations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="participations"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ParticipationState.choices, default=S.INTEREST
    )
    state_since = models.DateTimeField(_("in this state since"))
    previous = models.ForeignKey(
        "self",
        verbose_name=_("earlier participation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="returns",
    )
    group = models.ForeignKey(
        JoiningGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    interest = models.TextField(_("what you want to solve"), blank=True)
    membership_applied_on = models.DateField(_("applied for membership on"), null=True, blank=True)
    legal_basis = models.CharField(
        _("legal basis"), max_length=12, choices=LegalBasis.choices, blank=True
    )
    legal_reference = models.CharField(
        _("reference of the legal basis"), max_length=250, blank=True
    )
    legal_reason = models.TextField(_("reason of the exemption"), blank=True)
    legal_assessor = models.CharField(_("assessed by (function)"), max_length=120, blank=True)
    legal_assessed_on = models.DateField(_("assessed on"), null=True, blank=True)
    data_protection = models.CharField(
        _("personal data"), max_length=6, choices=DataProtection.choices, default=DataProtection.DPA
    )
    no_personal_data_reason = models.CharField(
        _("why no personal data is processed"), max_length=300, blank=True
    )
    wants_seat = models.BooleanField(_("takes a seat on the council"), null=True, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    go_live_on = models.DateField(_("planned first day of use"), null=True, blank=True)
    production_on = models.DateField(_("in use since"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("months of notice"), default=12)
    notice_at_year_end = models.BooleanField(_("ends at the end of a year"), default=True)
    paused_from = models.CharField(_("state before the pause"), max_length=20, blank=True)
    terminated_from = models.CharField(_("state before the termination"), max_length=20, blank=True)
    taken_over = models.BooleanField(_("taken over"), default=False)
    takeover_source = models.CharField(_("source of the takeover"), max_length=300, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ("-state_since", "-pk")
        indexes = [
            models.Index(fields=["state", "service"], name="catalogue_particip_state"),
            models.Index(fields=["organisation", "state"], name="catalogue_particip_org"),
            # Who takes part in a year, and how services spread, are read from the index alone.
            models.Index(
                fields=["service", "starts_on", "ends_on", "organisation"],
                name="catalogue_particip_period_ix",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ParticipationState.values), name="catalogue_particip_state_ok"
            ),
            models.UniqueConstraint(
                fields=("service", "organisation"),
                condition=~Q(state__in=CLOSED_STATES),
                name="catalogue_particip_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="catalogue_particip_period",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*AGREED_STATES, *LEAVING_STATES, S.ENDED])
                | Q(starts_on__isnull=False),
                name="catalogue_particip_started",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*LEAVING_STATES, S.ENDED])
                | (Q(ends_on__isnull=False) & ~Q(terminated_from="")),
                name="catalogue_particip_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AGREED_STATES) | Q(ends_on__isnull=True),
                name="catalogue_particip_open_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.PRODUCTION) | Q(production_on__isnull=False),
                name="catalogue_particip_in_use",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.PAUSED) | Q(paused_from__in=PAUSABLE),
                name="catalogue_particip_paused",
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis__in=EXEMPTIONS)
                | (
                    ~Q(legal_reason="") & ~Q(legal_assessor="") & Q(legal_assessed_on__isnull=False)
                ),
                name="catalogue_particip_exemption",
            ),
            models.CheckConstraint(
                condition=Q(taken_over=False) | ~Q(takeover_source=""),
                name="catalogue_particip_takeover",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.service_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """Return the address of the record page."""
        return f"/anslutningar/{self.pk}/"

    @property
    def is_closed(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in CLOSED_STATES

    @property
    def is_agreed(self) -> bool:
        """Whether an agreement has been signed and is in force, or runs out."""
        signed_pause = self.state == S.PAUSED and self.paused_from == S.ONBOARDING
        return self.state in (*AGREED_STATES, *LEAVING_STATES) or signed_pause


class ParticipationChange(models.Model):
    """One change of a participation: what, from what, to what, by whom, for whom, when and why.

    Rows are never changed or deleted. A change of state must be a step of the table
    (`joining_states.TRANSITIONS`); the database itself refuses any other pair.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="changes"
    )
    field = models.CharField(_("what"), max_length=30, default="state")
    old = models.CharField(_("before"), max_length=300, blank=True)
    new = models.CharField(_("after"), max_length=300, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    happened_at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    acting_for = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("change of a participation")
        verbose_name_plural = _("changes of participations")
        ordering = ("happened_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(field="state")
                | Q(old="", new__in=[S.INTEREST, *TAKEOVER_STATES])
                | Q(*(Q(old=t.old, new=t.new) for t in TRANSITIONS), _connector=Q.OR),
                name="catalogue_participationchange_step",
            )
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.old} → {self.new}"

    @property
    def what(self) -> str:
        """What changed, in words."""
        return str(CHANGE_LABELS.get(self.field, self.field))

    @property
    def old_label(self) -> str:
        """The value before, as a state's name where it is a state."""
        return self._label(self.old)

    @property
    def new_label(self) -> str:
        """The value after, as a state's name where it is a state."""
        return self._label(self.new)

    def _label(self, value: str) -> str:
        if self.field == "state" and value in ParticipationState.values:
            return str(ParticipationState(value).label)
        return value


CHANGE_LABELS = {
    "state": _("State"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "go_live_on": _("Planned first day of use"),
    "wants_seat": _("Seat wanted"),
    "seat": _("Seat"),
    "decision": _("Decision"),
    "document": _("Document"),
    "contact": _("Contact"),
    "agreement": _("Agreement"),
    "acceptance": _("Acceptance"),
    "onboarding": _("Introduction"),
    "legal_basis": _("Legal basis"),
    "data_protection": _("Personal data"),
    "membership_applied_on": _("Application for membership"),
    "membership": _("Member of the association"),
    "sub_processor": _("Changed sub-processor"),
    "municipality_withdraws_on": _("The municipality withdraws the termination"),
    "office_withdraws_on": _("The office withdraws the termination"),
    "data_returned_on": _("Data returned"),
    "deletion_certified_on": _("Deletion certified"),
    "accounts_closed_on": _("Accounts closed"),
    "settled_on": _("Settled"),
}
"""What the log calls each thing that changes."""


triggers.guard("catalogue_participationchange")


class SeatChoice(TimeStamped):
    """The municipality takes its seat on the service's council, from a day to a last day.

    `ordinary` and `substitute` are whom it has appointed, with the appointing decision and its
    document; a seat without a person counts all the same.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="seat_choices"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ordinary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ordinary member"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("substitute"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    appointed_by = models.CharField(_("appointing body or delegate"), max_length=120, blank=True)
    appointed_on = models.DateField(_("date of the appointing decision"), null=True, blank=True)
    registry_number = models.CharField(_("registry number"), max_length=60, blank=True)
    document = models.ForeignKey(
        "catalogue.JoiningDocument",
        verbose_name=_("the appointing decision as a document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SeatChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("chosen seat")
        verbose_name_plural = _("chosen seats")
        ordering = ("starts_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="catalogue_seatchoice_period",
            ),
            models.UniqueConstraint(
                fields=("participation",),
                condition=Q(ends_on__isnull=True),
                name="catalogue_seatchoice_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ordinary__isnull=True)
                | Q(substitute__isnull=True)
                | ~Q(ordinary=F("substitute")),
                name="catalogue_seatchoice_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.starts_on}"


class ParticipationMessage(models.Model):
    """A question or an answer between the municipality and the office, kept on the record."""

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="messages"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"))
    written_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("message on a participation")
        verbose_name_plural = _("messages on participations")
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.written_at:%Y-%m-%d}"
