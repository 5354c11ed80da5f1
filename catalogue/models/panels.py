"""The editor's form for a service, in tabs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)

from catalogue.completeness import assess
from catalogue.states import FactField
from core.page_forms import AddressedPageForm


class CompletenessPanel(Panel):
    """How much is told of the service, and what readers still miss."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one service."""

        template_name = "catalogue/cms/completeness_panel.html"

        def is_shown(self) -> bool:
            """Show the panel once the service exists: before that everything is missing."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the score and the names of what is missing."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            result = assess(self.instance.told_facts())
            missing = [FactField(name).label for name in result.missing]
            return context | {"score": result.score, "missing": missing}


CONTENT = [
    CompletenessPanel(heading=_("Completeness")),
    TitleFieldPanel("title"),
    FieldPanel("short_description"),
    FieldPanel("need"),
    FieldPanel("long_description"),
    InlinePanel("features", label=_("feature"), heading=_("Features")),
    FieldPanel("body"),
    FieldPanel("target_groups"),
    FieldPanel("areas", widget=forms.CheckboxSelectMultiple),
    FieldPanel("image"),
]
FACTS = [
    MultiFieldPanel(
        [
            FieldPanel("lifecycle", read_only=True),
            FieldPanel("lifecycle_on", read_only=True),
            FieldPanel("lifecycle_citation", read_only=True),
        ],
        heading=_("Stage"),
        help_text=_("Changed with “Change stage” in the page's menu, with day and source."),
    ),
    MultiFieldPanel(
        [FieldPanel("owned_by"), FieldPanel("owner_text"), FieldPanel("origin")],
        heading=_("Owner and origin"),
    ),
    InlinePanel("donors", label=_("donor"), heading=_("Donors")),
    MultiFieldPanel(
        [FieldPanel("contact_function"), FieldPanel("contact_email"), FieldPanel("website")],
        heading=_("Contact"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("licence"),
            FieldPanel("source_repository"),
            FieldPanel("technology"),
            FieldPanel("standards"),
            FieldPanel("hosting"),
            FieldPanel("languages"),
        ],
        heading=_("Technology"),
    ),
    MultiFieldPanel([FieldPanel("ai_use"), FieldPanel("ai_note")], heading=_("Use of AI")),
    FieldPanel("cost_text"),
    InlinePanel("contracts", label=_("contract"), heading=_("Suppliers and contracts")),
    InlinePanel("relations", label=_("relation"), heading=_("Integrations and dependencies")),
    InlinePanel("roadmap", label=_("step"), heading=_("Roadmap and releases")),
]
SECURITY = [
    MultiFieldPanel(
        [FieldPanel("personal_data"), FieldPanel("personal_data_note")],
        heading=_("Personal data"),
    ),
    FieldRowPanel(
        [FieldPanel("confidentiality"), FieldPanel("integrity"), FieldPanel("availability")],
        heading=_("Information class (KLASSA)"),
        help_text=_("From 0, none or negligible, to 4, extremely serious."),
    ),
    MultiFieldPanel(
        [FieldPanel("accessibility"), FieldPanel("accessibility_url")],
        heading=_("Accessibility"),
    ),
]
USERS = [
    FieldPanel("open_for_new_members"),
    FieldPanel("stated_user_count"),
    FieldPanel("stated_user_text"),
    InlinePanel(
        "stated_uses",
        label=_("user"),
        heading=_("Users named by a source"),
        help_text=_("No right, seat or cost follows from a stated use."),
    ),
]
DOCUMENTS = [InlinePanel("documents", label=_("document"), heading=_("Documents"))]
SOURCES = [
    InlinePanel("sources", label=_("source"), heading=_("Sources")),
    MultiFieldPanel(
        [FieldPanel("is_example"), FieldPanel("example_fields")],
        heading=_("Made-up content"),
        help_text=_("Shown with the mark “Example” at each fact."),
    ),
]


def service_tabs(rest: list[Any]) -> TabbedInterface:
    """Return the tabs of the form; `rest` holds Wagtail's own panels for address and publishing."""
    return TabbedInterface(
        [
            ObjectList(CONTENT, heading=_("Content")),
            ObjectList(FACTS, heading=_("Facts")),
            ObjectList(SECURITY, heading=_("Personal data and security")),
            ObjectList(USERS, heading=_("Users")),
            ObjectList(DOCUMENTS, heading=_("Documents")),
            ObjectList(SOURCES, heading=_("Sources")),
            ObjectList(rest, heading=_("Address and publishing")),
        ],
        base_form_class=AddressedPageForm,
    )
