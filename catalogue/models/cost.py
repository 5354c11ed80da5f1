"""What a service costs a year, how it is split, and what was issued."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.cost_sharing import CostMember
from catalogue.querysets_costs import CostModelQuerySet, CostRowQuerySet, PopulationQuerySet
from catalogue.record_states import ContactRole, CostRowKind, CostState, PartBy, VatCategory
from core.models import TimeStamped
from members.models import Municipality, Organisation


class Population(models.Model):
    """A municipality's inhabitants on a reference date, as the source says; kept for ever.

    A cost model names a date, so a later count never changes a split that is already adopted.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="populations"
    )
    counted_on = models.DateField(_("reference date of the population"))
    inhabitants = models.PositiveIntegerField(_("inhabitants"))
    source = models.CharField(_("source of the population"), max_length=100)

    objects = PopulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("population on a date")
        verbose_name_plural = _("populations on dates")
        ordering = ("-counted_on", "municipality")
        constraints = [
            models.UniqueConstraint(
                fields=("counted_on", "municipality"), name="catalogue_population_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.counted_on}: {self.inhabitants}"


class CostModel(TimeStamped):
    """How one year's cost of one service is split, as a numbered version.

    `total` is öre without VAT. One version per service and year is adopted; a newer adopted
    version replaces it, and issued rows keep pointing to the version they came from.
    """

    service = models.ForeignKey(
        "catalogue.ServicePage", on_delete=models.PROTECT, related_name="cost_models"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=CostState.choices, default=CostState.DRAFT
    )
    total = models.BigIntegerField(_("cost of the year (öre)"))
    outcome = models.BigIntegerField(_("outcome of the year (öre)"), null=True, blank=True)
    vat_category = models.CharField(
        _("VAT category"), max_length=1, choices=VatCategory.choices, default=VatCategory.STANDARD
    )
    vat_rate = models.PositiveSmallIntegerField(
        _("VAT rate (hundredths of a percent)"), default=2500
    )
    population_on = models.DateField(_("reference date of the population"))
    population_source = models.CharField(_("source of the population"), max_length=100)
    point_classes = models.JSONField(
        _("class points: list of lower bound and points"), default=list, blank=True
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_reference = models.CharField(_("decision"), max_length=200, blank=True)
    adopted_url = models.CharField(_("address of the decision"), max_length=300, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_example = models.BooleanField(_("example"), default=False)

    # Laid here by `cost_lists.loaded`: inhabitants by organisation on `population_on`, the
    # organisations that got a share when the year was issued, and members without figures of
    # their own, which models of the same date share.
    populations: dict[int, int]
    bearers: frozenset[int]
    members: dict[int, CostMember]

    objects = CostModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost model")
        verbose_name_plural = _("cost models")
        ordering = ("-year", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=("service", "year", "version"), name="catalogue_costmodel_version"
            ),
            models.UniqueConstraint(
                fields=("service", "year"),
                condition=Q(state=CostState.ADOPTED),
                name="catalogue_costmodel_one_adopted",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0) & (Q(outcome__isnull=True) | Q(outcome__gte=0)),
                name="catalogue_costmodel_amounts",
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__lte=10_000)
                & (Q(vat_category=VatCategory.STANDARD) | Q(vat_rate=0)),
                name="catalogue_costmodel_vat",
            ),
            models.CheckConstraint(
                condition=Q(state=CostState.DRAFT)
                | (Q(adopted_on__isnull=False) & ~Q(adopted_reference="")),
                name="catalogue_costmodel_adopted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.year} ({self.version})"

    @property
    def difference(self) -> int | None:
        """How much more (less: negative) than the budget the year came to, in öre."""
        return None if self.outcome is None else self.outcome - self.total

    @property
    def vat_percent(self) -> str:
        """The VAT rate in percent, as it is written."""
        return _percent(self.vat_rate)


class CostModelPart(models.Model):
    """A part of a cost model: a fixed amount from each, or a share of the rest by a figure."""

    model = models.ForeignKey(CostModel, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(_("order"))
    by = models.CharField(_("by"), max_length=10, choices=PartBy.choices)
    share = models.PositiveSmallIntegerField(_("share (hundredths of a percent)"), default=0)
    amount = models.BigIntegerField(_("amount from each (öre)"), default=0)

    class Meta:
        verbose_name = _("part of a cost model")
        verbose_name_plural = _("parts of cost models")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=("model", "position"), name="catalogue_costmodelpart_position"
            ),
            models.CheckConstraint(
                condition=Q(by=PartBy.FIXED, share=0, amount__gte=0)
                | (~Q(by=PartBy.FIXED) & Q(amount=0) & Q(share__lte=10_000)),
                name="catalogue_costmodelpart_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_by_display()}"

    @property
    def percent(self) -> str:
        """The share in percent, as it is written."""
        return _percent(self.share)


def _percent(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


class CostFigure(models.Model):
    """A figure of one organisation that a cost model uses beside inhabitants: usage or points."""

    model = models.ForeignKey(CostModel, on_delete=models.CASCADE, related_name="figures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    usage = models.PositiveIntegerField(_("usage"), null=True, blank=True)
    points = models.PositiveIntegerField(_("points"), null=True, blank=True)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)

    class Meta:
        verbose_name = _("figure of a cost model")
        verbose_name_plural = _("figures of cost models")
        constraints = [
            models.UniqueConstraint(
                fields=("model", "organisation"), name="catalogue_costfigure_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model_id}: {self.organisation_id}"


class CostRow(models.Model):
    """What one organisation pays for one service one year, as issued; never changed or deleted.

    `amount` and `vat` are öre; a correction or a credit is a row of its own with its reason.
    `basis` keeps what the amount was computed from: inhabitants, points, usage, months, parts,
    and the reference date and source of the population. `origin` is the row that a correction
    corrects, or the newcomer's row that a credit gives back.
    """

    model = models.ForeignKey(CostModel, on_delete=models.PROTECT, related_name="rows")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cost_rows"
    )
    participation = models.ForeignKey(
        "catalogue.Participation", null=True, on_delete=models.PROTECT, related_name="cost_rows"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=CostRowKind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.BigIntegerField(_("amount without VAT (öre)"))
    vat_category = models.CharField(_("VAT category"), max_length=1, choices=VatCategory.choices)
    vat_rate = models.PositiveSmallIntegerField(_("VAT rate (hundredths of a percent)"))
    vat = models.BigIntegerField(_("VAT (öre)"))
    basis = models.JSONField(_("computed from"), default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    origin = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="consequences"
    )
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CostRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost row")
        verbose_name_plural = _("cost rows")
        ordering = ("year", "organisation", "pk")
        indexes = [
            models.Index(fields=["organisation", "year"], name="catalogue_costrow_org_year"),
            # A whole year is summed by model: from the index alone, in the order it is asked for.
            models.Index(
                fields=["year", "model", "organisation", "amount", "vat"],
                name="catalogue_costrow_year",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("model", "organisation", "kind"),
                condition=Q(kind__in=[CostRowKind.SHARE, CostRowKind.NEWCOMER]),
                name="catalogue_costrow_once",
            ),
            # Whatever version of the model: a participation is charged once for a year.
            models.UniqueConstraint(
                fields=("participation", "year"),
                condition=Q(kind__in=[CostRowKind.SHARE, CostRowKind.NEWCOMER]),
                name="catalogue_costrow_one_charge",
            ),
            models.UniqueConstraint(
                fields=("origin", "organisation"),
                condition=Q(kind=CostRowKind.CREDIT),
                name="catalogue_costrow_one_credit",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[CostRowKind.CREDIT, CostRowKind.CORRECTION])
                | Q(origin__isnull=False),
                name="catalogue_costrow_origin",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[CostRowKind.CORRECTION, CostRowKind.SETTLEMENT])
                | ~Q(reason=""),
                name="catalogue_costrow_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[CostRowKind.SHARE, CostRowKind.NEWCOMER]) | Q(amount__gte=0),
                name="catalogue_costrow_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}: {self.amount}"

    @property
    def item_name(self) -> str:
        """What is invoiced, as the line of an invoice names it."""
        return f"{self.model.service.title} {self.year}"

    @property
    def invoice_contact(self) -> Any:
        """Who takes the invoices of the participation; None when nobody is named."""
        contacts = self.participation.contacts.all() if self.participation else []
        return next((one for one in contacts if one.role == ContactRole.INVOICE), None)
