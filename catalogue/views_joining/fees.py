"""What membership of the association costs: the published table, and a municipality's own fee."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalogue.fees import (
    FEE_CLASSES,
    OTHER_ORGANISATION,
    FeeClass,
    entry_contribution,
    fee_class,
    first_year_fee,
)
from catalogue.forms_joining.costs import FeeForm
from catalogue.views_joining.access import show_form
from core.formatting import thousands
from members.models import Municipality


@dataclass(frozen=True)
class Row:
    """A line of the published table; amounts in öre."""

    inhabitants: str
    row: FeeClass


def table() -> list[Row]:
    """Return the published table, the smallest municipalities first and others last."""
    rows = []
    for place, row in enumerate(FEE_CLASSES):
        if place + 1 == len(FEE_CLASSES):
            text = _("%(low)s or more") % {"low": thousands(row.lower_bound)}
        elif place == 0:
            text = _("fewer than %(high)s") % {"high": thousands(FEE_CLASSES[1].lower_bound)}
        else:
            high = FEE_CLASSES[place + 1].lower_bound - 1
            text = f"{thousands(row.lower_bound)}–{thousands(high)}"
        rows.append(Row(text, row))
    return [*rows, Row(_("Other organisations"), OTHER_ORGANISATION)]


@require_GET
def membership_fees(request: HttpRequest) -> HttpResponse:
    """Show the table; `?kommun=&manad=&igen=` gives what a municipality pays."""
    form = FeeForm(request.GET if "kommun" in request.GET else None)
    context: dict[str, Any] = {
        "rows": table(),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Membership fees"), "url": request.path},
        ],
    }
    if form.is_valid():
        context |= _answer(form.cleaned_data)
    return show_form(request, "catalogue/joining/fees.html", form, context)


def _answer(data: dict[str, Any]) -> dict[str, Any]:
    municipality = Municipality.objects.get(code=data["kommun"])
    found = fee_class(municipality.population)
    first = first_year_fee(found.annual_fee, data["manad"])
    once = entry_contribution(found, returning=data["igen"])
    return {
        "municipality": municipality,
        "found": found,
        "first_year": first,
        "once": once,
        "first_bill": first + once,
    }
