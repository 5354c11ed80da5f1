"""The calculator on a service's page: a GET form, an answer, a curve and its table."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.charts import curve
from catalogue.cost_lists import adopted_model, parts_of, takings_of
from catalogue.cost_sharing import CostInputError, Figure, FixedPart, Part
from catalogue.cost_what_if import Asked, Calculation, calculate
from catalogue.forms_joining.costs import CalculatorForm
from core.formatting import kr
from members.models import Organisation
from members.standing import standing_of

register = template.Library()

FEWEST_POINTS = 2
DEFAULT_MORE = 10
ORE = 100


@register.inclusion_tag("catalogue/joining/_calculator.html", takes_context=True)
def cost_calculator(context: Any, page: Any) -> dict[str, Any]:
    """Draw the calculator of a service, when a cost model of it is adopted."""
    request = context.get("request")
    model = adopted_model(page.pk, timezone.localdate().year)
    if model is None or request is None:
        return {"model": None}
    parts = parts_of(model)
    wants_usage = any(getattr(part, "by", None) is Figure.USAGE for part in parts)
    asked = "kommun" in request.GET
    form = CalculatorForm(
        request.GET if asked else None,
        wants_usage=wants_usage,
        municipalities=getattr(page, "municipalities", None),
        initial={"kommun": _own_code(request.user)},
    )
    # The view answers 422 when what was asked is wrong.
    page.calculator_form = form
    values: dict[str, Any] = {
        "model": model,
        "page": page,
        "form": form,
        "parts": model.parts.all(),
        "address": page.url,
    }
    if asked and form.is_valid():
        values |= _answer(page, model, parts, form.cleaned_data)
    return values


def _own_code(user: Any) -> str:
    """Return the code of a municipality that the person acts for, to begin with."""
    ids = standing_of(user).organisation_ids
    if not ids:
        return ""
    rows = Organisation.objects.filter(pk__in=ids, municipality__isnull=False)
    return rows.values_list("municipality__code", flat=True).order_by("pk").first() or ""


def _answer(page: Any, model: Any, parts: list[Part], data: dict[str, Any]) -> dict[str, Any]:
    takings = takings_of([page.pk], model.year).get(page.pk, [])
    organisation = Organisation.objects.select_related("municipality").get(
        municipality__code=data["kommun"]
    )
    more = DEFAULT_MORE if data["fler"] is None else data["fler"]
    asked = Asked(population=data["invanare"], usage=data.get("anvandning"))
    try:
        found = calculate(model, takings, organisation, more, asked)
    except CostInputError:
        return {"fault": True}
    return {
        "found": found,
        "organisation": organisation,
        "rows": _rows(found, parts),
        "last": found.points[-1] if data["fler"] else None,
        "cut": len(found.points) <= more,
        "curve": _curve(found),
    }


def _rows(found: Calculation, parts: list[Part]) -> list[tuple[str, int]]:
    """Return what each part comes to, named by what it is shared by."""
    return [
        (_name(part, found), amount) for part, amount in zip(parts, found.line.by_part, strict=True)
    ]


def _name(part: Part, found: Calculation) -> str:
    if isinstance(part, FixedPart):
        return _("Fixed amount")
    names = {
        Figure.EQUAL: _("Equal shares between %(members)d"),
        Figure.POPULATION: _("By inhabitants"),
        Figure.POINTS: _("By class points (%(points)s)"),
        Figure.USAGE: _("By usage (%(usage)s)"),
    }
    member = found.payer.member
    return names[part.by] % {
        "members": found.members,
        "points": member.points,
        "usage": member.usage,
    }


def _curve(found: Calculation) -> Any:
    """Return the curve: number of members to the right, cost a year upwards."""
    if len(found.points) < FEWEST_POINTS:
        return None
    return curve(
        [point.amount for point in found.points],
        [str(point.members) for point in found.points],
        [kr((2 * point.amount + ORE) // (2 * ORE) * ORE) for point in found.points],
    )
