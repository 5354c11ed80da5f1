"""The catalogue in the CMS: areas, change of stage, and how complete the services are."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from catalogue.models import AgreementTemplate, Area, OnboardingTemplateStep, ServicePage
from catalogue.states import Lifecycle
from catalogue.views import change_stage, completeness_report


class AreaViewSet(SnippetViewSet):
    """The tree of areas: main areas and the areas under them."""

    model = Area
    icon = "tag"
    menu_label = _("Areas")
    add_to_admin_menu = True
    list_display = ["name", "parent", "position"]
    list_filter = ["parent"]
    ordering = ("parent__position", "position", "name")
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent", widget=forms.Select),
        FieldPanel("position"),
    ]


class AgreementTemplateViewSet(SnippetViewSet):
    """The texts of the agreements, in versions: what is sent is copied, and never changes."""

    model = AgreementTemplate
    icon = "doc-full"
    menu_label = _("Agreement templates")
    add_to_admin_menu = True
    list_display = ["title", "kind", "service", "version_name"]
    list_filter = ["kind", "service"]


class OnboardingTemplateStepViewSet(SnippetViewSet):
    """The checklists of introductions; a participation gets its own copy when it is signed."""

    model = OnboardingTemplateStep
    icon = "list-ul"
    menu_label = _("Checklists")
    add_to_admin_menu = True
    list_display = ["title", "service", "side", "offset_days", "position"]
    list_filter = ["service", "side"]
    ordering = ("service", "position")


register_snippet(AreaViewSet)
register_snippet(AgreementTemplateViewSet)
register_snippet(OnboardingTemplateStepViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Mount the catalogue's own screens under /cms/."""
    return [
        path("tjanster/<int:page_id>/skede/", change_stage, name="catalogue_change_stage"),
        path("reports/tjanster/", completeness_report, name="catalogue_completeness"),
    ]


@hooks.register("register_page_header_buttons")
def stage_button(page: Any, user: Any, view_name: str, **_kwargs: Any) -> Iterator[Button]:
    """Offer the change of stage in a service's menu to whoever may make it."""
    specific = page.specific_deferred
    if isinstance(specific, ServicePage) and user.has_perm("catalogue.change_lifecycle", specific):
        yield Button(
            _("Change stage"),
            reverse("catalogue_change_stage", args=[page.pk]),
            icon_name="history",
            priority=60,
        )


@hooks.register("register_reports_menu_item")
def completeness_menu_item() -> MenuItem:
    """List the report beside Wagtail's own."""
    return MenuItem(
        _("Completeness of services"),
        reverse("catalogue_completeness"),
        name="catalogue-completeness",
        icon_name="list-ul",
        order=200,
    )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Name the change of stage in Wagtail's log."""

    @actions.register_action("catalogue.change_lifecycle")
    class ChangeLifecycleFormatter(LogFormatter):
        """Says from which stage to which."""

        label = _("Change stage")

        def format_message(self, log_entry: Any) -> str:
            """Return the change in words."""
            message = _("Changed the stage from “%(old)s” to “%(new)s”")
            return message % {
                name: Lifecycle(log_entry.data[name]).label for name in ("old", "new")
            }
