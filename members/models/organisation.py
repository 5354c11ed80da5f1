"""Organisations, the municipalities among them, and membership of the association."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from members.org_number import normalise
from members.querysets import MembershipQuerySet, MunicipalityQuerySet, OrganisationQuerySet
from members.states import MunicipalityGroup, OrganisationKind


def validate_org_number(value: str) -> None:
    """Raise ValidationError unless the value is a normalised organisation number."""
    try:
        normal = normalise(value)
    except ValueError as error:
        raise ValidationError(
            _("This is not an organisation number: check the digits."), code="org_number"
        ) from error
    if normal != value:
        raise ValidationError(_("Write the number as 212000-0142."), code="org_number")


class Organisation(TimeStamped):
    """A body that may own, use, supply or govern a service."""

    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=200)
    org_number = models.CharField(
        _("organisation number"),
        max_length=11,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_org_number],
    )
    website = models.URLField(_("website"), blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="members_organisation_kind"
            ),
            models.UniqueConstraint(fields=("kind", "name"), name="members_organisation_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_colleagues_url(self) -> str:
        """Return the address where the people of the organisation are kept in order."""
        if self.kind == OrganisationKind.MUNICIPALITY and hasattr(self, "municipality"):
            return reverse("members:colleague_list", args=[self.municipality.code])
        return reverse("members:organisation_colleague_list", args=[self.pk])


class Municipality(models.Model):
    """A Swedish municipality: what SCB and SKR say of an organisation of that kind."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="municipality"
    )
    code = models.CharField(_("municipality code (SCB)"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=100, db_index=True)
    county_code = models.CharField(_("county code"), max_length=2, db_index=True)
    county = models.CharField(_("county"), max_length=60)
    population = models.PositiveIntegerField(_("inhabitants"))
    population_on = models.DateField(_("reference date of the population"))
    population_source = models.CharField(_("source of the population"), max_length=100)
    group = models.CharField(
        _("SKR group"), max_length=2, choices=MunicipalityGroup.choices, db_index=True
    )
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4)
    tile_x = models.PositiveSmallIntegerField(_("column on the tile map"))
    tile_y = models.PositiveSmallIntegerField(_("row on the tile map"))

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("tile_x", "tile_y"), name="members_tile_unique"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{4}$"), name="members_municipality_code"
            ),
            models.CheckConstraint(
                condition=Q(group__in=MunicipalityGroup.values), name="members_municipality_group"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the municipality's page."""
        return f"/kommuner/{self.code}/"


class Membership(TimeStamped):
    """An organisation's membership of the association during a period, last day inclusive."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    fee_class = models.PositiveSmallIntegerField(
        _("fee class"),
        null=True,
        blank=True,
        help_text=_("1 to 7 by number of inhabitants; empty for other organisations."),
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("starts_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="members_membership_period",
            ),
            models.CheckConstraint(
                condition=Q(fee_class__isnull=True) | Q(fee_class__range=(1, 7)),
                name="members_membership_fee_class",
            ),
            models.UniqueConstraint(
                fields=("organisation",),
                condition=Q(ends_on__isnull=True),
                name="members_membership_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.starts_on}"
