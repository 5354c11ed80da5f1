"""What each organisation pays each service in a year: as issued where issued, else as computed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple, overload

from django.db.models import Count, Sum

from catalogue.models import CostModel, CostRow
from catalogue.year_splits import Amounts, YearSplit, names, splits_of_year


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


class Sums(NamedTuple):
    """What some costs come to, in öre without VAT and its VAT."""

    amount: int = 0
    vat: int = 0

    @property
    def total(self) -> int:
        """The amount with VAT."""
        return self.amount + self.vat


@dataclass
class ServiceYear:
    """A service's year: what is issued, as sums, and what is only computed, by organisation."""

    service_id: int
    service: str
    model_id: int
    is_example: bool
    issued_payers: int = 0
    issued_sums: Sums = field(default_factory=Sums)
    computed: Amounts = field(default_factory=dict)

    @property
    def payers(self) -> int:
        """How many pay."""
        return self.issued_payers + len(self.computed)

    @property
    def issued(self) -> bool:
        """Whether everything that is known of is issued."""
        return not self.computed

    @cached_property
    def sums(self) -> Sums:
        """What the service's payers pay together."""
        amounts = self.computed.values()
        return Sums(
            self.issued_sums.amount + sum(amount for amount, __ in amounts),
            self.issued_sums.vat + sum(vat for __, vat in amounts),
        )


class YearCosts(Sequence[YearCost]):
    """A year's costs over all services, by service and name: tens of thousands of rows.

    Sums and numbers are known without a row being made; rows are made for the pages that are
    asked for. A constant number of queries, and one for a page.
    """

    def __init__(self, year: int) -> None:
        self.year = year
        self._organisations = names()
        self.services = self._services()

    def _services(self) -> list[ServiceYear]:
        rows = CostRow.objects.filter(year=self.year).order_by().distinct()
        pairs = list(rows.values_list("model", "organisation"))
        models = CostModel.objects.filter(pk__in={model for model, __ in pairs})
        service_of = dict(models.values_list("pk", "service"))
        known: dict[int, set[int]] = defaultdict(set)
        for model, organisation in pairs:
            known[service_of[model]].add(organisation)
        self.issued_to = set().union(*known.values())
        found: dict[int, ServiceYear] = {}
        for service, title, model, example, payers, amount, vat in _issued_sums(self.year):
            row = found.setdefault(service, ServiceYear(service, title, model, example))
            row.issued_payers += payers
            row.issued_sums = Sums(row.issued_sums.amount + amount, row.issued_sums.vat + vat)
        for split in splits_of_year(self.year, known, self._organisations):
            if split.amounts:
                row = found.setdefault(split.service_id, _service_of(split))
                row.computed = split.amounts
        return sorted(found.values(), key=lambda row: (row.service, row.service_id))

    @cached_property
    def sums(self) -> Sums:
        """What everyone pays every service."""
        rows = [row.sums for row in self.services]
        return Sums(sum(row.amount for row in rows), sum(row.vat for row in rows))

    @cached_property
    def organisation_ids(self) -> set[int]:
        """Everyone who pays anything."""
        return self.issued_to.union(*(row.computed for row in self.services))

    def of(self, organisation_id: int) -> list[YearCost]:
        """Return what one organisation pays, by service."""
        computed = self._computed(self.services, {organisation_id})
        return _sorted([*_issued(self.year, organisation_id), *computed])

    def __len__(self) -> int:
        return sum(row.payers for row in self.services)

    def __iter__(self) -> Iterator[YearCost]:
        issued: dict[int, list[YearCost]] = defaultdict(list)
        for cost in _issued(self.year, None):
            issued[cost.service_id].append(cost)
        for __, rows in groupby(self.services, key=lambda row: row.service):
            services = list(rows)
            own = [cost for row in services for cost in issued.pop(row.service_id, ())]
            yield from _sorted([*own, *self._computed(services)])

    @overload
    def __getitem__(self, place: int) -> YearCost: ...
    @overload
    def __getitem__(self, place: slice) -> list[YearCost]: ...
    def __getitem__(self, place: int | slice) -> YearCost | list[YearCost]:
        """Return some rows that stand after each other; only their services' rows are made."""
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, __ = place.indices(len(self))
        asked: list[ServiceYear] = []
        before, first = 0, None
        # Services of one title stand mixed, by the payers' names.
        for __, rows in groupby(self.services, key=lambda row: row.service):
            services = list(rows)
            number = sum(row.payers for row in services)
            if before + number > start and before < stop:
                first = before if first is None else first
                asked += services
            before += number
        if first is None:
            return []
        issued = _issued(self.year, None, [row.service_id for row in asked])
        found = _sorted([*issued, *self._computed(asked)])
        return found[start - first : stop - first]

    def _computed(
        self, services: Iterable[ServiceYear], only: set[int] | None = None
    ) -> Iterator[YearCost]:
        for row in services:
            for organisation in row.computed if only is None else only & row.computed.keys():
                yield YearCost(
                    row.service_id,
                    row.service,
                    organisation,
                    self._organisations[organisation][0],
                    *row.computed[organisation],
                    issued=False,
                    model_id=row.model_id,
                    is_example=row.is_example,
                )


def _service_of(split: YearSplit) -> ServiceYear:
    return ServiceYear(split.service_id, split.service, split.model_id, split.is_example)


def _sorted(costs: Iterable[YearCost]) -> list[YearCost]:
    return sorted(costs, key=lambda cost: (cost.service, cost.organisation, cost.service_id))


def year_costs(
    year: int, *, organisation_id: int | None = None, service_id: int | None = None
) -> list[YearCost]:
    """Return who pays what in a year, by service and name; for one organisation, or for all.

    `service_id` narrows an organisation's costs to a service. A constant number of queries. What
    is issued is never computed again (rules.md 2.3).
    """
    if organisation_id is None:
        return list(YearCosts(year))
    services = None if service_id is None else [service_id]
    issued = list(_issued(year, organisation_id, services))
    # A service whose year is issued to the organisation is settled for it.
    settled = {cost.service_id for cost in issued}
    organisations = names()
    splits = splits_of_year(
        year,
        {},
        organisations,
        organisation_id=organisation_id,
        service_ids=services,
        without=settled,
    )
    name = organisations[organisation_id][0] if organisation_id in organisations else ""
    computed = [
        YearCost(
            split.service_id,
            split.service,
            organisation_id,
            name,
            *split.amounts[organisation_id],
            issued=False,
            model_id=split.model_id,
            is_example=split.is_example,
        )
        for split in splits
        if organisation_id in split.amounts
    ]
    return _sorted([*issued, *computed])


def _issued_sums(year: int) -> Iterable[tuple[Any, ...]]:
    """Return service, title, model, example, payers, amount and VAT of what is issued."""
    rows = CostRow.objects.filter(year=year).order_by().values_list("model")
    sums = rows.annotate(
        payers=Count("organisation", distinct=True), amount=Sum("amount"), tax=Sum("vat")
    )
    found = {model: (payers, amount, tax) for model, payers, amount, tax in sums}
    models = CostModel.objects.filter(pk__in=found).order_by("pk")
    for service, title, pk, example in models.values_list(
        "service", "service__title", "pk", "is_example"
    ):
        yield service, title, pk, example, *found[pk]


def _issued(
    year: int, organisation_id: int | None, service_ids: Iterable[int] | None = None
) -> Iterable[YearCost]:
    rows = CostRow.objects.filter(year=year)
    if organisation_id is not None:
        rows = rows.filter(organisation=organisation_id)
    if service_ids is not None:
        rows = rows.filter(model__service__in=list(service_ids))
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


def sums_of(costs: Iterable[YearCost]) -> Sums:
    """Return what some costs come to: amount, VAT, and both."""
    found = list(costs)
    return Sums(sum(cost.amount for cost in found), sum(cost.vat for cost in found))
