"""The year's amounts over all services are those of each service's cost list, to the öre."""

import random
from datetime import date

import pytest

from catalogue.actions import costs
from catalogue.actions.costs import Figures
from catalogue.cost_lists import list_of
from catalogue.cost_sharing import CostInputError, split_amounts, split_cost
from catalogue.models import CostModel, CostRow, Participation
from catalogue.year_costs import YearCosts, sums_of, year_costs
from tests.catalogue.joining.test_costs import YEAR, joined, plan  # noqa: F401 - a fixture
from tests.catalogue.test_cost_properties import random_cost
from tests.factories.catalogue import make_service
from tests.factories.members import MunicipalityFactory

PAYERS = 6
FIRST = date(YEAR, 1, 1)
PLANS = (
    (("population", 10_000),),
    (("equal", 3_333), ("population", 6_667)),
    (("fixed", 0, 12_345), ("equal", 4_000), ("population", 6_000)),
    (("points", 7_000), ("usage", 3_000)),
    (("fixed", 0, 700),),
    (("fixed", 0, 90_000_000), ("equal", 10_000)),
)
CLASSES = [(0, 1), (7_000, 2), (50_000, 5)]
DAYS = (date(2025, 1, 1), FIRST, date(YEAR, 1, 15), date(YEAR, 4, 1), date(YEAR, 4, 30))


def adopt(story, service, total, parts, chance):
    model = costs.draft_cost_model(
        by=story.handler,
        service=service,
        year=YEAR,
        plan=plan(total, *parts, point_classes=CLASSES),
    )
    payers = service.participations.values_list("organisation", flat=True)
    own = {pk: Figures(usage=chance.randint(0, 900) + 1) for pk in payers}
    if any(part[0] == "usage" for part in parts):
        costs.set_figures(by=story.handler, model=model, figures=own)
    return costs.adopt_cost_model(
        by=story.handler, model=model, adopted_on=date(YEAR - 1, 11, 1), reference="§ 4"
    )


@pytest.fixture
def year(story, joined):  # noqa: F811
    """Services of every kind of cost and payers who came on every kind of day, half issued."""
    chance = random.Random(20_261_129)
    catalogue = story.service.get_parent().specific
    for number, parts in enumerate(PLANS * 2):
        # Two services of a title: their rows stand mixed.
        service = make_service(catalogue, title=f"Tjänst {number // 2}", slug=f"t-{number}")
        story.service = service
        days = DAYS[:2] if number % len(PLANS) >= len(PLANS) - 2 else DAYS
        first = date(YEAR, 3, 1) if number == 1 else None
        for _ in range(PAYERS):
            joined(chance.randint(2_000, 90_000), starts_on=first or chance.choice(days))
        total = 700 * PAYERS if parts == PLANS[4] else 600_000_000 + chance.randint(0, 999)
        adopt(story, service, total, parts, chance)
        if number % 2:
            costs.issue_year(by=story.handler, model=CostModel.objects.latest("pk"))
            row = joined(chance.randint(2_000, 90_000), starts_on=date(YEAR, 6, 2))
            if number % 4 == 1:
                correct(story, service)
            assert row.service_id == service.pk
    return chance


def correct(story, service):
    row = CostRow.objects.filter(model__service=service).earliest("pk")
    costs.correct_row(by=story.handler, row=row, amount=-17, reason="Fel")


def row_by_row() -> dict[tuple[int, int], tuple[int, int, bool]]:
    """Return amount, VAT and whether it is issued, from each service's own list."""
    found: dict[tuple[int, int], tuple[int, int, bool]] = {}
    for row in CostRow.objects.select_related("model"):
        key = (row.model.service_id, row.organisation_id)
        amount, vat, __ = found.get(key, (0, 0, True))
        found[key] = (amount + row.amount, vat + row.vat, True)
    for model in CostModel.objects.adopted().filter(year=YEAR):
        for line in list_of(model).everyone:
            key = (model.service_id, line.payer.organisation_id)
            found.setdefault(key, (line.amount, line.vat, False))
    return found


def as_table(rows):
    return {(c.service_id, c.organisation_id): (c.amount, c.vat, c.issued) for c in rows}


def test_every_amount_is_that_of_the_services_own_list(year):
    expected = row_by_row()
    rows = year_costs(YEAR)
    assert as_table(rows) == expected
    assert len(rows) == len(expected) > len(PLANS) * PAYERS
    assert {issued for __, __, issued in expected.values()} == {True, False}
    assert rows == sorted(rows, key=lambda c: (c.service, c.organisation, c.service_id))


def test_the_sums_and_the_pages_are_those_of_the_rows(year):
    found, rows = YearCosts(YEAR), year_costs(YEAR)
    assert len(found) == len(rows)
    assert found.sums == sums_of(rows)
    assert found.organisation_ids == {cost.organisation_id for cost in rows}
    for service in found.services:
        own = [cost for cost in rows if cost.service_id == service.service_id]
        assert (service.payers, service.sums) == (len(own), sums_of(own))
        assert service.issued is all(cost.issued for cost in own)
    pages = [found[start : start + 7] for start in range(0, len(found), 7)]
    assert [cost for page in pages for cost in page] == rows
    assert (found[3], found[len(rows) :]) == (rows[3], [])


def test_one_organisation_pays_what_the_list_of_all_says(year):
    rows = year_costs(YEAR)
    for row in Participation.objects.filter(service__slug__in=["t-0", "t-2", "t-6", "t-7"]):
        own = [cost for cost in rows if cost.organisation_id == row.organisation_id]
        assert year_costs(YEAR, organisation_id=row.organisation_id) == own
        assert YearCosts(YEAR).of(row.organisation_id) == own


def test_a_cost_that_cannot_be_split_is_on_no_list(story, joined):  # noqa: F811
    joined(10_000)
    adopt(story, story.service, 300, PLANS[3], random.Random(1))
    newcomer = joined(10_000, starts_on=date(YEAR, 5, 1))
    assert list_of(CostModel.objects.get()).fault
    assert year_costs(YEAR) == []
    # Who was there knows its share all the same; the newcomer's lacks a figure.
    assert year_costs(YEAR, organisation_id=newcomer.organisation_id) == []


def test_a_years_costs_take_a_constant_number_of_queries(
    year,
    story,
    joined,  # noqa: F811
    django_assert_num_queries,
):
    one = MunicipalityFactory().organisation_id
    with django_assert_num_queries(13):
        list(YearCosts(YEAR))
    with django_assert_num_queries(3):
        year_costs(YEAR, organisation_id=one)
    for __ in range(20):
        joined(10_000)
    with django_assert_num_queries(13):
        list(YearCosts(YEAR))


def test_amounts_alone_are_those_of_the_split_and_so_are_the_faults():
    chance = random.Random(11)
    for _ in range(2_000):
        total, parts, members = random_cost(chance)
        ordered = sorted(members, key=lambda member: member.code)
        if chance.random() < 0.1:
            ordered[0] = ordered[0]._replace(population=None, usage=None)
        assert result(split_amounts, total, parts, ordered) == result(
            lambda *cost: tuple(row.amount for row in split_cost(*cost)), total, parts, ordered
        )
    assert result(split_amounts, 1, [], []) == "parts: must not be empty"


def result(split, *cost):
    try:
        return split(*cost)
    except CostInputError as error:
        return str(error)
