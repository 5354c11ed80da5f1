"""The calculator on a service's page: a GET form, an answer, a curve and its table."""

from typing import Any

from django import template
from django.utils import timezone

from catalogue.cost_lists import Calculation, adopted_model, calculate, participations_of
from catalogue.forms_joining.costs import CalculatorForm
from members.models import Organisation

register = template.Library()

WIDTH, HEIGHT = 320, 140
LEFT, TOP, RIGHT, BOTTOM = 8, 8, 8, 20
FEWEST_POINTS = 2
DEFAULT_MORE = 10


@register.inclusion_tag("catalogue/joining/_calculator.html", takes_context=True)
def cost_calculator(context: Any, page: Any) -> dict[str, Any]:
    """Draw the calculator of a service, when a cost model of it is adopted."""
    request = context.get("request")
    model = adopted_model(page.pk, timezone.localdate().year)
    if model is None or request is None:
        return {"model": None}
    asked = "kommun" in request.GET
    form = CalculatorForm(request.GET if asked else None)
    values: dict[str, Any] = {
        "model": model,
        "page": page,
        "form": form,
        "parts": model.parts.all(),
    }
    if asked and form.is_valid():
        values |= _answer(page, model, form.cleaned_data)
    return values


def _answer(page: Any, model: Any, data: dict[str, Any]) -> dict[str, Any]:
    rows = participations_of([page.pk], model.year).get(page.pk, [])
    organisation = Organisation.objects.select_related("municipality").get(
        municipality__code=data["kommun"]
    )
    more = data["fler"]
    found = calculate(model, rows, organisation, DEFAULT_MORE if more is None else more)
    if not isinstance(found, Calculation):
        return {"fault": found}
    last = found.points[-1] if more else None
    return {"found": found, "organisation": organisation, "last": last, "curve": curve(found)}


def curve(found: Calculation) -> dict[str, Any] | None:
    """Return the curve as SVG coordinates: number of members to the right, cost upwards."""
    if len(found.points) < FEWEST_POINTS:
        return None
    highest = max(point.amount for point in found.points) or 1
    across = (WIDTH - LEFT - RIGHT) / (len(found.points) - 1)
    upward = HEIGHT - TOP - BOTTOM
    dots = [
        (round(LEFT + across * place, 1), round(TOP + upward * (1 - point.amount / highest), 1))
        for place, point in enumerate(found.points)
    ]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "base": HEIGHT - BOTTOM,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "text_y": HEIGHT - 4,
        "line": " ".join(f"{x},{y}" for x, y in dots),
        "dots": [{"x": str(x), "y": str(y)} for x, y in dots],
        "first": found.points[0],
        "last": found.points[-1],
    }
