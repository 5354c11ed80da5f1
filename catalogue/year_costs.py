"""What each organisation pays each service in a year: as issued where issued, else as computed."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Sum

from catalogue.cost_lists import costs_of_year
from catalogue.models import CostModel, CostRow


class YearCost(NamedTuple):
    """What an organisation pays a service a year, in öre without VAT and its VAT.

    `issued`: rows of the year have been issued, and this is what they come to.
    """

    service_id: int
    service: str
    organisation_id: int
    organisation: str
    amount: int
    vat: int
    issued: bool
    model_id: int
    is_example: bool = False

    @property
    def total(self) -> int:
        """The amount with VAT."""
        return self.amount + self.vat


def year_costs(year: int, *, organisation_id: int | None = None) -> list[YearCost]:
    """Return who pays what in a year, by service and name; for one organisation, or for all.

    A constant number of queries. What is issued is never computed again (rules.md 2.3).
    """
    issued = list(_issued(year, organisation_id))
    # A service whose year is issued is settled for everyone, newcomers not yet issued excepted.
    known = {(cost.service_id, cost.organisation_id) for cost in issued}
    settled = {cost.service_id for cost in issued} if organisation_id is not None else set()
    open_lists = costs_of_year(year, organisation_id=organisation_id, without=settled)
    computed = [
        YearCost(
            costs.model.service_id,
            costs.model.service.title,
            line.payer.organisation_id,
            line.payer.name,
            line.amount,
            line.vat,
            issued=False,
            model_id=costs.model.pk,
            is_example=costs.model.is_example,
        )
        for costs in open_lists
        for line in costs.everyone
        if (costs.model.service_id, line.payer.organisation_id) not in known
        and organisation_id in (None, line.payer.organisation_id)
    ]
    return sorted(
        [*issued, *computed], key=lambda cost: (cost.service, cost.organisation, cost.service_id)
    )


def _issued(year: int, organisation_id: int | None) -> Iterable[YearCost]:
    rows = CostRow.objects.filter(year=year)
    if organisation_id is not None:
        rows = rows.filter(organisation=organisation_id)
    sums = (
        rows.order_by()
        .values_list(
            "model__service",
            "model__service__title",
            "organisation",
            "organisation__name",
            "model",
            "model__is_example",
        )
        .annotate(amount=Sum("amount"), tax=Sum("vat"))
    )
    for *named, model, example, amount, tax in sums:
        yield YearCost(*named, amount, tax, issued=True, model_id=model, is_example=example)


def issued_by_year(years: Iterable[int], organisation_id: int) -> dict[int, dict[str, int]]:
    """Return what an organisation's issued rows came to: year → service → öre; one query."""
    found: dict[int, dict[str, int]] = {year: {} for year in years}
    rows = CostRow.objects.filter(organisation=organisation_id, year__in=list(found)).order_by()
    sums = rows.values_list("year", "model__service__title").annotate(amount=Sum("amount"))
    for year, title, amount in sums:
        found[year][title] = amount
    return found


def totals_by_year(years: Iterable[int]) -> dict[int, int]:
    """Return what the adopted models of each year come to together, in öre; one query."""
    wanted = list(years)
    rows = CostModel.objects.adopted().filter(year__in=wanted).order_by()
    sums: dict[int, Any] = defaultdict(int, rows.values_list("year").annotate(whole=Sum("total")))
    return {year: sums[year] for year in wanted}


def sums(costs: Iterable[YearCost]) -> dict[str, int]:
    """Return what some costs come to: amount, VAT, and both."""
    found = list(costs)
    amount, vat = sum(cost.amount for cost in found), sum(cost.vat for cost in found)
    return {"amount": amount, "vat": vat, "total": amount + vat}
