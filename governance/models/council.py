"""Bodies that decide, and the rules each has adopted."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import ServicePage
from core.audiences import Audience
from core.models import TimeStamped
from governance.choices import BodyKind
from governance.house_rules import with_changes
from governance.profiles import PROFILES, Profile, ProfileName
from governance.querysets import CouncilQuerySet, EarlierMinutesQuerySet, SettingsQuerySet
from governance.weights import WeightTable
from members.models import Organisation


class Council(TimeStamped):
    """A body that decides: the governing council of a service, a committee, an assembly.

    The kind is its rule profile; what its arbetsordning changes are versions of CouncilSettings.
    A dissolved body is kept. A working group has a parent and decides nothing for it.
    """

    public_id = models.UUIDField(_("identity in the ledger"), default=uuid.uuid4, unique=True)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(
        _("rule profile"), max_length=16, choices=BodyKind.choices, default=BodyKind.COUNCIL
    )
    service = models.ForeignKey(
        ServicePage,
        verbose_name=_("service"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("body it works under"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="working_groups",
    )
    mandate = models.TextField(_("mandate"), help_text=_("What the body decides on."))
    registry_code = models.CharField(
        _("series of registry numbers"),
        max_length=20,
        unique=True,
        help_text=_("Shown first in the registry number, for instance FR-BIB."),
    )
    minutes_audience = models.CharField(
        _("who may read adjusted minutes"),
        max_length=12,
        choices=[
            (Audience.PUBLIC, Audience.PUBLIC.label),
            (Audience.MEMBER, Audience.MEMBER.label),
        ],
        default=Audience.PUBLIC,
    )
    open_meetings = models.BooleanField(_("meetings are open to an audience"), default=False)
    dissolved_on = models.DateField(_("dissolved"), null=True, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values), name="governance_council_kind"
            ),
            models.CheckConstraint(
                condition=Q(minutes_audience__in=[Audience.PUBLIC, Audience.MEMBER]),
                name="governance_council_minutes_audience",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="governance_council_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the body's page."""
        return reverse("governance:council_detail", args=[self.slug])

    @property
    def profile(self) -> Profile:
        """The profile that the body starts from."""
        return PROFILES[ProfileName(self.kind)]

    @property
    def paragraph_code(self) -> str:
        """The number series of the body's §§."""
        return f"§ {self.public_id}"


class CouncilSettings(TimeStamped):
    """A version of the body's arbetsordning: what it changes in the profile, from a day on.

    `changes` holds setting → value (governance.house_rules). A meeting keeps the settings that
    were in force at its summons.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="settings")
    valid_from = models.DateField(_("in force from"))
    changes = models.JSONField(_("changed settings"), default=dict, blank=True)
    adopted_reference = models.CharField(
        _("decision that adopted it"),
        max_length=250,
        help_text=_("Who decided, when and the number of the decision."),
    )
    document = models.ForeignKey(
        "governance.ShelfVersion",
        verbose_name=_("the adopted text"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the rules of procedure")
        verbose_name_plural = _("versions of the rules of procedure")
        ordering = ("-valid_from",)
        constraints = [
            models.UniqueConstraint(
                fields=("council", "valid_from"), name="governance_settings_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: {self.valid_from}"

    def profile(self) -> Profile:
        """Return the profile with this version's changes."""
        return with_changes(self.council.profile, self.changes)


class WeightTableVersion(TimeStamped):
    """A version of what the seats weigh; copied to the roll when a meeting opens (rules.md 1.4)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="weight_tables")
    table = models.CharField(
        _("table"),
        max_length=16,
        choices=[
            (WeightTable.ONE.value, _("One vote each")),
            (WeightTable.FEE_CLASS.value, _("Fee class")),
            (WeightTable.TEN_THOUSANDS.value, _("One vote for every begun 10,000 inhabitants")),
            (WeightTable.INHABITANTS.value, _("Number of inhabitants")),
        ],
    )
    valid_from = models.DateField(_("in force from"))
    population_on = models.DateField(_("reference date of the population"), null=True, blank=True)
    adopted_reference = models.CharField(_("decision that adopted it"), max_length=250)

    objects = SettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("weight table")
        verbose_name_plural = _("weight tables")
        ordering = ("-valid_from",)
        constraints = [
            models.UniqueConstraint(
                fields=("council", "valid_from"), name="governance_weighttable_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: {self.table} {self.valid_from}"


class WeightRow(models.Model):
    """What one organisation weighs in a version of the table."""

    version = models.ForeignKey(WeightTableVersion, on_delete=models.CASCADE, related_name="rows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveIntegerField(_("weight"))

    class Meta:
        verbose_name = _("weight")
        verbose_name_plural = _("weights")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "organisation"), name="governance_weightrow_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.weight}"


def earlier_minutes_path(instance: Any, filename: str) -> str:
    """Return where earlier minutes are stored; the name says nothing of their content."""
    return f"governance/{instance.council_id}/earlier/{uuid.uuid4().hex}.pdf"


class EarlierMinutes(TimeStamped):
    """Minutes from before the product, filed as PDF; they stand outside the ledger."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="earlier_minutes")
    held_on = models.DateField(_("date of the meeting"))
    paragraphs = models.CharField(
        _("paragraphs"), max_length=40, blank=True, help_text=_("For instance §§ 1-12.")
    )
    source = models.CharField(_("source"), max_length=250)
    file = models.FileField(_("file (PDF)"), upload_to=earlier_minutes_path)
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience.choices, default=Audience.COUNCIL
    )

    objects = EarlierMinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier minutes")
        verbose_name_plural = _("earlier minutes")
        ordering = ("-held_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="governance_earlierminutes_audience"
            )
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: {self.held_on}"
