"""The catalogue and its services."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from catalogue.models.fields import FactListField
from catalogue.models.panels import service_tabs
from catalogue.querysets import TOLD_IN_ROWS, ServicePageQuerySet
from catalogue.states import (
    STAGE_OF,
    AccessibilityStatus,
    AIUse,
    FactField,
    Lifecycle,
    PersonalData,
    Stage,
)
from core.blocks import ProseBlock
from core.models import ViewPage
from members.models import Organisation

ServicePageManager = PageManager.from_queryset(ServicePageQuerySet)
KLASSA_LEVELS = [(level, str(level)) for level in range(5)]


class CataloguePage(ViewPage):
    """The list of all services, at /tjanster/."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    view_path = "catalogue.views.catalogue_list"
    show_in_menus_default = True
    menu_label = _("Services")
    menu_order = 10
    fixed_slug = "tjanster"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["catalogue.ServicePage"]
    max_count = 1

    content_panels = [*ViewPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("catalogue")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a service by its slug in one query, with its owner.

        Wagtail asks for the page and then for the service; all pages below are services.
        """
        if len(path_components) != 1:
            return super().route(request, path_components)
        services = ServicePage.objects.child_of(self).select_related("owned_by", "image")
        services = services.prefetch_related("image__renditions")
        service = services.filter(slug=path_components[0]).first()
        if service is None:
            raise Http404
        service._cached_parent_obj = self  # noqa: SLF001 - as in Wagtail's own route()
        return service.route(request, [])


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
        _("personal data"),
        max_length=10,
        choices=PersonalData.choices,
        default=PersonalData.UNKNOWN,
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

    edit_handler = service_tabs([*ViewPage.promote_panels, *ViewPage.settings_panels])

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

    def with_content_json(self, content: dict[str, Any]) -> "ServicePage":
        """Return a version of this service, with the lifecycle as it is today.

        The lifecycle belongs to the service and not to one version of its text: neither a draft
        nor an old version that is taken up again brings an old stage back.
        """
        version: ServicePage = super().with_content_json(content)
        version.lifecycle = self.lifecycle
        version.lifecycle_on = self.lifecycle_on
        version.lifecycle_citation = self.lifecycle_citation
        return version

    @property
    def owner_name(self) -> str:
        """The owner's name, registered or not."""
        return self.owned_by.name if self.owned_by_id else self.owner_text

    def told_facts(self) -> dict[str, bool]:
        """Return of each fact whether something is told of it.

        Rows are looked up one kind at a time, unless the queryset's `with_told_rows` has done so.
        """
        # An unknown answer is none, and a lifecycle without day or source is only a start value.
        answers = {
            FactField.OWNED_BY: bool(self.owned_by_id or self.owner_text),
            FactField.STATED_USES: self.stated_user_count is not None or self._tells("stated_uses"),
            FactField.CONFIDENTIALITY: None
            not in (self.confidentiality, self.integrity, self.availability),
            FactField.PERSONAL_DATA: self.personal_data != PersonalData.UNKNOWN,
            FactField.ACCESSIBILITY: self.accessibility != AccessibilityStatus.UNKNOWN,
            FactField.AI_USE: self.ai_use != AIUse.UNKNOWN,
            FactField.LIFECYCLE: bool(self.lifecycle_on or self.lifecycle_citation),
        }
        others = {name: self._tells(name) for name in FactField.values if name not in answers}
        return {str(name): told for name, told in (answers | others).items()}

    def _tells(self, name: str) -> bool:
        if name == FactField.AREAS or name in TOLD_IN_ROWS:
            looked_up = getattr(self, f"has_{name}", None)
            return bool(getattr(self, name).all()) if looked_up is None else bool(looked_up)
        value = getattr(self, name, None)
        return value is not None and value != ""
