"""What is told of a service in rows of their own: features, donors, documents, sources ..."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from catalogue.states import ContractKind, FactField, Lifecycle, RelationKind, RoadmapStatus
from core.models import SiteDocument
from members.models import Organisation

SERVICE = "catalogue.ServicePage"


class ServiceFeature(Orderable):
    """One thing that a service does, in a sentence."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="features")
    text = models.CharField(_("feature"), max_length=200)

    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("feature")
        verbose_name_plural = _("features")

    def __str__(self) -> str:
        return self.text


class ServiceDonor(Orderable):
    """Who gave the ownership of a service to the association, when, and where it is written."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="donors")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("donor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("name, when the donor is not registered"), max_length=120, blank=True)
    given_on = models.DateField(_("date of the gift"), null=True, blank=True)
    citation = models.CharField(_("source"), max_length=300)

    panels = [
        FieldPanel("organisation"),
        FieldPanel("name"),
        FieldPanel("given_on"),
        FieldPanel("citation"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("donor")
        verbose_name_plural = _("donors")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name=""),
                name="catalogue_servicedonor_named",
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The donor's name, registered or not."""
        return self.organisation.name if self.organisation_id else self.name


class ServiceDocument(Orderable):
    """A document of a service: agreement, DPA, SLA, classification, plan."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        SiteDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=("service", "document"), name="catalogue_servicedocument_unique"
            )
        ]

    def __str__(self) -> str:
        return str(self.document_id)


class ServiceContract(Orderable):
    """A supplier and what its contract covers, with first and last day."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="contracts")
    supplier = models.ForeignKey(
        Organisation,
        verbose_name=_("supplier"),
        on_delete=models.PROTECT,
        related_name="service_contracts",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ContractKind.choices)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    panels = [
        FieldPanel("supplier"),
        FieldPanel("kind"),
        FieldPanel("starts_on"),
        FieldPanel("ends_on"),
        FieldPanel("is_example"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("supplier contract")
        verbose_name_plural = _("supplier contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="catalogue_servicecontract_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.supplier_id}"


class ServiceRelation(Orderable):
    """A service integrates with or depends on another service or a named system."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind.choices)
    other = models.ForeignKey(
        SERVICE,
        verbose_name=_("service in the catalogue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="related_from",
    )
    system = models.CharField(_("system outside the catalogue"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels = [
        FieldPanel("kind"),
        PageChooserPanel("other", SERVICE),
        FieldPanel("system"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("integration or dependency")
        verbose_name_plural = _("integrations and dependencies")
        constraints = [
            models.CheckConstraint(
                condition=(Q(other__isnull=True) & ~Q(system=""))
                | (Q(other__isnull=False) & Q(system="")),
                name="catalogue_servicerelation_one_target",
            )
        ]

    def __str__(self) -> str:
        return self.system or str(self.other_id)


class ServiceRoadmapItem(Orderable):
    """A planned, ongoing or released step in a service's development."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="roadmap")
    title = models.CharField(_("title"), max_length=120)
    version = models.CharField(_("version"), max_length=30, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=RoadmapStatus.choices)
    due_on = models.DateField(_("date"), null=True, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    panels = [
        FieldPanel("title"),
        FieldPanel("version"),
        FieldPanel("status"),
        FieldPanel("due_on"),
        FieldPanel("is_example"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("step of the roadmap")
        verbose_name_plural = _("roadmap and releases")

    def __str__(self) -> str:
        return self.title


class FactSource(Orderable):
    """Where a fact of a service comes from; shown at the fact as its source."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="sources")
    field = models.CharField(_("fact"), max_length=40, choices=FactField.choices)
    citation = models.CharField(_("source"), max_length=300)
    url = models.URLField(_("address"), blank=True, max_length=500)
    read_on = models.DateField(_("read on"), null=True, blank=True)

    panels = [
        FieldPanel("field"),
        FieldPanel("citation"),
        FieldPanel("url"),
        FieldPanel("read_on"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(
                fields=("service", "field", "citation"), name="catalogue_factsource_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.citation}"


class LifecycleChange(models.Model):
    """A service passed to another part of its life: from what, to what, on which day, by whom."""

    service = models.ForeignKey(SERVICE, on_delete=models.CASCADE, related_name="lifecycle_changes")
    old = models.CharField(_("before"), max_length=12, choices=Lifecycle.choices, blank=True)
    new = models.CharField(_("after"), max_length=12, choices=Lifecycle.choices)
    changed_on = models.DateField(_("date"))
    citation = models.CharField(_("source"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        "members.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("lifecycle change")
        verbose_name_plural = _("lifecycle changes")
        ordering = ("changed_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="catalogue_lifecyclechange_differs"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.old} → {self.new}"
