"""What joining shows on pages of the catalogue, the office and the municipality."""

from typing import Any

import rules
from django.urls import reverse
from django.utils import timezone

from catalogue.models import CostModel, Participation
from members.rules import is_office
from members.standing import standing_of

Shown = tuple[str, dict[str, Any]] | None


def join_button(page: Any, user: Any) -> Shown:
    """Show the button "Join" on a service that takes new members."""
    if not page.open_for_new_members or not page.pk:
        return None
    return "catalogue/joining/_join_button.html", {
        "url": reverse("catalogue:join", args=[page.slug])
    }


def calculator(page: Any, user: Any) -> Shown:
    """Show the cost calculator on a service with an adopted cost model."""
    if not page.pk or not _has_model(page):
        return None
    return "catalogue/joining/_calculator_slot.html", {"page": page}


def _has_model(page: Any) -> bool:
    """Return whether a cost model of the service is adopted; asked once for a page."""
    found = getattr(page, "has_cost_model", None)
    if found is None:
        found = CostModel.objects.adopted().filter(service=page.pk).exists()
        page.has_cost_model = found
    return bool(found)


def calculator_link(page: Any, user: Any) -> Shown:
    """Show where the cost can be calculated, beside the button "Join"."""
    shown = calculator(page, user)
    return ("catalogue/joining/_calculator_link.html", {}) if shown else None


def office_links(_obj: Any, user: Any) -> Shown:
    """Show where the office works with joinings, agreements and costs."""
    if not is_office(user):
        return None
    return "catalogue/joining/_office_links.html", {
        "handles": rules.has_perm("catalogue.handle_participation", user),
        "year": timezone.localdate().year,
        "countersigns": rules.has_perm("catalogue.countersign", user),
    }


def own_participations(municipality: Any, user: Any) -> Shown:
    """Show the municipality's own people and the office every joining, and the portfolio.

    What everyone may know stands among the services of the page.
    """
    standing = standing_of(user)
    if not standing.is_office and municipality.pk not in standing.organisation_ids:
        return None
    rows = (
        Participation.objects.records_of(user)
        .filter(organisation=municipality.pk)
        .open()
        .select_related("service", "organisation")
        .order_by("service__title")
    )
    return "catalogue/joining/_municipality.html", {
        "rows": list(rows),
        "portfolio_url": reverse("catalogue:portfolio", args=[municipality.code]),
    }
