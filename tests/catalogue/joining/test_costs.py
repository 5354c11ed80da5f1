"""Cost models from draft to issued rows: the sums of rules.md 2.3, frozen once issued."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation

from catalogue.actions import costs
from catalogue.actions.costs import CostPlan, PartPlan
from catalogue.cost_lists import calculate, cost_list, costs_of_year, for_lists, participations_of
from catalogue.cost_years import credits_for, newcomer_share, points_of, vat_of
from catalogue.models import CostModel, CostRow, Participation
from core.exceptions import RuleBroken
from tests.factories.members import MunicipalityFactory

YEAR = 2027


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def joined(story):
    """Three municipalities with the inhabitants of vector C4."""

    def join(population, starts_on=date(2025, 1, 1), ends_on=None):
        municipality = MunicipalityFactory(
            population=population, code=f"{9_000 + Participation.objects.count()}"
        )
        return Participation.objects.create(
            service=story.service,
            organisation=municipality.organisation,
            state="terminated" if ends_on else "production",
            starts_on=starts_on,
            terminated_from="production" if ends_on else "",
            production_on=starts_on,
            ends_on=ends_on,
            state_since=timezone.now(),
        )

    return join


def plan(total, *parts, **more):
    return CostPlan(
        total=total,
        parts=[PartPlan(*part) for part in parts],
        population_on=date(2025, 9, 30),
        population_source="SCB",
        **more,
    )


BY_POPULATION = ("population", 10_000)


def adopted(story, total=25_000_000, *parts, year=YEAR, **more):
    model = costs.draft_cost_model(
        by=story.handler,
        service=story.service,
        year=year,
        plan=plan(total, *(parts or [BY_POPULATION]), **more),
    )
    return costs.adopt_cost_model(
        by=story.handler, model=model, adopted_on=date(2026, 11, 1), reference="Styrelsen § 4"
    )


def amounts(model):
    loaded = for_lists(CostModel.objects.filter(pk=model.pk)).get()
    rows = participations_of([model.service_id], model.year).get(model.service_id, [])
    computed = cost_list(loaded, rows)
    return [line.amount for line in computed.lines], [line.amount for line in computed.newcomers]


def test_c4_by_population(story, joined):
    for population in (6_832, 14_120, 61_348):
        joined(population)
    assert amounts(adopted(story)) == ([2_075_334, 4_289_186, 18_635_480], [])


def test_c5_fixed_and_the_rest_by_population(story, joined):
    for population in (6_832, 14_120, 61_348):
        joined(population)
    model = adopted(story, 25_000_000, ("fixed", 0, 1_000_000), BY_POPULATION)
    assert amounts(model)[0] == [2_826_294, 4_774_484, 17_399_222]


def test_c6_by_class_points(story, joined):
    for population in (6_832, 14_120, 61_348):
        joined(population)
    model = adopted(
        story,
        25_000_000,
        ("points", 10_000),
        point_classes=[(0, 1), (7_000, 2), (50_000, 5)],
    )
    assert amounts(model)[0] == [3_125_000, 6_250_000, 15_625_000]


def test_c13_who_leaves_pays_no_more(story, joined):
    joined(6_832)
    joined(14_120)
    joined(61_348, ends_on=date(2026, 12, 31))
    assert len(amounts(adopted(story, year=2026))[0]) == 3
    assert sum(amounts(adopted(story))[0]) == 25_000_000
    assert len(amounts(CostModel.objects.get(year=YEAR))[0]) == 2


def test_a_newcomer_pays_months_of_a_re_split_and_the_others_stand(story, joined):
    joined(10_000)
    joined(10_000)
    joined(10_000, starts_on=date(YEAR, 7, 15))
    assert amounts(adopted(story, 30_000_000)) == ([15_000_000, 15_000_000], [5_000_000])


def test_the_newcomers_amount_is_credited_next_year(story, joined):
    joined(10_000)
    joined(20_000)
    joined(30_000, starts_on=date(YEAR, 7, 15))
    first = adopted(story, 30_000_000)
    costs.issue_year(by=story.handler, model=first)
    second = adopted(story, 30_000_000, year=YEAR + 1)
    costs.issue_year(by=story.handler, model=second)
    credit = list(
        CostRow.objects.filter(kind="credit")
        .order_by("organisation")
        .values_list("amount", flat=True)
    )
    assert credit == [-2_500_000, -5_000_000]
    newcomer = CostRow.objects.get(kind="newcomer")
    assert newcomer.amount == -sum(credit)
    costs.issue_year(by=story.handler, model=second)
    assert CostRow.objects.filter(kind="credit").count() == 2


def test_issued_rows_sum_to_the_total_and_carry_vat_and_basis(story, joined):
    joined(6_832)
    joined(14_120)
    model = adopted(story, 10_000_001)
    rows = costs.issue_year(by=story.handler, model=model)
    assert sum(row.amount for row in rows) == 10_000_001
    assert [row.vat for row in rows] == [vat_of(row.amount, 2500) for row in rows]
    assert rows[0].basis["population"] == 6_832
    assert rows[0].basis["population_source"] == "SCB"


def test_a_second_issue_issues_only_what_is_new(story, joined):
    joined(10_000)
    model = adopted(story)
    assert len(costs.issue_year(by=story.handler, model=model)) == 1
    joined(10_000, starts_on=date(YEAR, 3, 1))
    assert [row.kind for row in costs.issue_year(by=story.handler, model=model)] == ["newcomer"]
    assert costs.issue_year(by=story.handler, model=model) == []


def test_an_issued_year_is_frozen(story, joined):
    joined(10_000)
    model = adopted(story)
    row = costs.issue_year(by=story.handler, model=model)[0]
    with pytest.raises(RuleBroken, match="corrections are new rows"):
        costs.draft_cost_model(
            by=story.handler, service=story.service, year=YEAR, plan=plan(1, BY_POPULATION)
        )
    for change in (lambda: CostRow.objects.update(amount=1), CostRow.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    fixed = costs.correct_row(by=story.handler, row=row, amount=-100, reason="Fel underlag")
    assert (fixed.kind, fixed.amount, fixed.vat, fixed.basis) == (
        "correction",
        -100,
        -25,
        {"corrects": row.pk},
    )
    with pytest.raises(RuleBroken, match="reason"):
        costs.correct_row(by=story.handler, row=row, amount=-100, reason=" ")


def test_a_later_population_changes_nothing_issued(story, joined):
    row = joined(10_000)
    joined(10_000)
    model = adopted(story)
    costs.issue_year(by=story.handler, model=model)
    row.organisation.municipality.population = 90_000
    row.organisation.municipality.save()
    assert costs.issue_year(by=story.handler, model=model) == []
    assert set(CostRow.objects.values_list("amount", flat=True)) == {12_500_000}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], "at least one part"),
        ([("population", 9_999)], "100 percent"),
        ([("population", 5_000), ("equal", 5_001)], "100 percent"),
        ([("weight", 10_000)], "at least one part"),
    ],
)
def test_parts_must_make_up_the_whole(story, parts, words):
    with pytest.raises(RuleBroken, match=words):
        costs.draft_cost_model(
            by=story.handler, service=story.service, year=YEAR, plan=plan(1, *parts)
        )


def test_what_cannot_be_split_is_not_adopted(story, joined):
    joined(10_000)
    with pytest.raises(RuleBroken, match="cannot be split"):
        adopted(story, 100, ("usage", 10_000))


def test_one_adopted_version_a_year(story):
    first, second = adopted(story), adopted(story, 1)
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == ("replaced", "adopted", 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        CostModel.objects.filter(pk=first.pk).update(state="adopted")


def test_only_the_office_handles_costs(story, joined):
    joined(10_000)
    model = adopted(story)
    for who in ("own:coordinator", "own:finance_contact", "auditor", "nobody"):
        by = story.world[who]
        with pytest.raises(PermissionDenied):
            costs.draft_cost_model(
                by=by, service=story.service, year=YEAR, plan=plan(1, BY_POPULATION)
            )
        with pytest.raises(PermissionDenied):
            costs.issue_year(by=by, model=model)


def test_the_calculator_gives_the_share_and_the_curve(story, joined):
    joined(10_000)
    joined(10_000)
    model = for_lists(CostModel.objects.filter(pk=adopted(story, 30_000_000).pk)).get()
    rows = participations_of([story.service.pk], YEAR)[story.service.pk]
    found = calculate(model, rows, story.world.own, 2)
    assert (found.is_member, found.members, found.line.amount) == (False, 3, 10_000_000)
    assert [(p.members, p.amount) for p in found.points] == [
        (3, 10_000_000),
        (4, 7_500_000),
        (5, 6_000_000),
    ]


def test_a_years_costs_take_a_constant_number_of_queries(story, joined, django_assert_num_queries):
    joined(10_000)
    adopted(story)
    with django_assert_num_queries(4):
        costs_of_year(YEAR)
    for __ in range(20):
        joined(10_000)
    with django_assert_num_queries(4):
        costs_of_year(YEAR)


@pytest.mark.parametrize(
    ("amount", "rate", "vat"),
    [(10_000, 2500, 2500), (1, 2500, 0), (2, 2500, 1), (-2, 2500, -1), (999, 0, 0)],
)
def test_vat_is_rounded_half_away_from_zero(amount, rate, vat):
    assert vat_of(amount, rate) == vat


@pytest.mark.parametrize(("population", "points"), [(6_999, 1), (7_000, 2), (50_000, 5), (0, 1)])
def test_class_points_take_the_lower_bound(population, points):
    assert points_of(population, [(50_000, 5), (0, 1), (7_000, 2)]) == points


def test_no_class_no_points():
    assert points_of(5, [(10, 1)]) is None


@pytest.mark.parametrize(
    ("day", "share"),
    [(date(2027, 1, 31), 1_200), (date(2027, 7, 1), 600), (date(2027, 12, 31), 100)],
)
def test_newcomer_share_counts_the_month_of_entry(day, share):
    assert newcomer_share(1_200, day) == share


def test_credits_sum_exactly():
    assert credits_for(100, [1, 1, 1]) == (34, 33, 33)
    assert credits_for(3, [0, 0]) == (2, 1)
