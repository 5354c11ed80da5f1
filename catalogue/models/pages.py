"""The catalogue and its services."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from catalogue.models.fields import FactListField
from catalogue.querysets import ServicePageQuerySet
from catalogue.states import STAGE_OF, AccessibilityStatus, AIUse, Lifecycle, PersonalData, Stage
from core.blocks import ProseBlock
from core.models import ViewPage
from members.models import Organisation

ServicePageManager = PageManager.from_queryset(ServicePageQuerySet)
KLASSA_LEVELS = [(level, str(level)) for level in range(5)]


class CataloguePage(ViewPage):
    """The list of all services, at /tjanster/."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    view_path = "catalogue.views.catalogue_list"
    fixed_slug = "tjanster"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["catalogue.ServicePage"]
    max_count = 1

    class Meta:
        verbose_name = _("catalogue")


class ServicePage(ViewPage):
    """A digital service that municipalities own, develop or plan together."""

    short_description = models.CharField(
        _("short description"),
        max_length=150,
        help_text=_("One sentence: what it is and for whom. 150 characters at most."),
    )
    long_description = RichTextField(
        _("what you get"), blank=True, features=["bold", "italic", "ol", "ul", "link"]
    )
    body = StreamField(ProseBlock(), verbose_name=_("more to read"), blank=True)
    need = models.TextField(_("the need it answers"), blank=True)
    target_groups = models.CharField(_("target groups"), max_length=250, blank=True)
    areas = ParentalManyToManyField(
        "catalogue.Area", verbose_name=_("areas"), blank=True, related_name="services"
    )
    lifecycle = models.CharField(
        _("lifecycle"), max_length=12, choices=Lifecycle.choices, default=Lifecycle.NEED
    )
    lifecycle_on = models.DateField(_("since"), null=True, blank=True)
    lifecycle_citation = models.CharField(_("source of the lifecycle"), max_length=300, blank=True)
    owned_by = models.ForeignKey(
        Organisation,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_services",
    )
    owner_text = models.CharField(_("owner, when not registered"), max_length=120, blank=True)
    origin = models.CharField(_("origin"), max_length=250, blank=True)
    stated_user_count = models.PositiveSmallIntegerField(
        _("number of users as a source states it"), null=True, blank=True
    )
    stated_user_text = models.CharField(
        _("users in words, as a source states them"), max_length=200, blank=True
    )
    open_for_new_members = models.BooleanField(_("open for new members"), default=False)
    contact_function = models.CharField(_("contact (function)"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True, max_length=500)
    licence = models.CharField(
        _("licence (SPDX)"), max_length=60, blank=True, help_text=_("For instance EUPL-1.2.")
    )
    source_repository = models.URLField(_("source code"), blank=True, max_length=500)
    technology = models.CharField(_("technology"), max_length=250, blank=True)
    standards = models.CharField(
        _("standards"), max_length=250, blank=True, help_text=_("For instance SS 12000.")
    )
    personal_data = models.CharField(
        _("personal data"), max_length=10, choices=PersonalData.choices, default=PersonalData.UNKNOWN
    )
    personal_data_note = models.TextField(_("legal note on personal data"), blank=True)
    confidentiality = models.PositiveSmallIntegerField(
        _("confidentiality (K)"), choices=KLASSA_LEVELS, null=True, blank=True
    )
    integrity = models.PositiveSmallIntegerField(
        _("integrity (R)"), choices=KLASSA_LEVELS, null=True, blank=True
    )
    availability = models.PositiveSmallIntegerField(
        _("availability (T)"), choices=KLASSA_LEVELS, null=True, blank=True
    )
    accessibility = models.CharField(
        _("accessibility"),
        max_length=10,
        choices=AccessibilityStatus.choices,
        default=AccessibilityStatus.UNKNOWN,
    )
    accessibility_url = models.URLField(_("accessibility statement"), blank=True, max_length=500)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    hosting = models.CharField(_("hosting"), max_length=250, blank=True)
    ai_use = models.CharField(
        _("use of AI"), max_length=10, choices=AIUse.choices, default=AIUse.UNKNOWN
    )
    ai_note = models.TextField(_("how AI is used"), blank=True)
    cost_text = models.TextField(_("costs in words"), blank=True)
    image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_example = models.BooleanField(_("example"), default=False)
    example_fields = FactListField(_("facts that are made up"), default=list, blank=True)

    objects = ServicePageManager()

    view_path = "catalogue.views.service_detail"
    parent_page_types = ["catalogue.CataloguePage"]
    subpage_types: list[str] = []

    search_fields = [
        *ViewPage.search_fields,
        index.SearchField("short_description", boost=3),
        index.SearchField("long_description"),
        index.SearchField("need"),
        index.SearchField("target_groups"),
        index.FilterField("lifecycle"),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.CheckConstraint(
                condition=Q(lifecycle__in=Lifecycle.values), name="catalogue_servicepage_lifecycle"
            ),
            models.CheckConstraint(
                condition=(Q(confidentiality__isnull=True) | Q(confidentiality__lte=4))
                & (Q(integrity__isnull=True) | Q(integrity__lte=4))
                & (Q(availability__isnull=True) | Q(availability__lte=4)),
                name="catalogue_servicepage_klassa",
            ),
        ]
        indexes = [
            models.Index(fields=["lifecycle"], name="catalogue_service_lifecycle"),
            models.Index(fields=["personal_data"], name="catalogue_service_personal"),
        ]

    @property
    def stage(self) -> Stage:
        """The stage, of five, that is shown for the lifecycle code."""
        return STAGE_OF[Lifecycle(self.lifecycle)]

    @property
    def owner_name(self) -> str:
        """The owner's name, registered or not."""
        return self.owned_by.name if self.owned_by_id else self.owner_text
