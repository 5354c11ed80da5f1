"""Cost models from draft to issued rows: the sums of rules.md 2.3, frozen once issued."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation

from catalogue.actions import costs
from catalogue.actions.costs import CostPlan, PartPlan
from catalogue.cost_lists import list_of, loaded, takings_of
from catalogue.cost_sharing import CostInputError
from catalogue.cost_what_if import Asked, calculate, forecast
from catalogue.cost_years import vat_of
from catalogue.models import CostModel, CostRow, Participation, Population
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
        Population.objects.create(
            municipality=municipality,
            counted_on=municipality.population_on,
            inhabitants=population,
            source="SCB",
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
        **({"population_on": date(2025, 9, 30), "population_source": "SCB"} | more),
    )


BY_POPULATION = ("population", 10_000)


def what_if(model):
    """Return a model with its figures, and who takes part in its year."""
    found = loaded(CostModel.objects.filter(pk=model.pk))[0]
    return found, takings_of([model.service_id], model.year).get(model.service_id, [])


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
    computed = list_of(model)
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


def test_a_later_population_changes_nothing_adopted(story, joined):
    row = joined(10_000)
    joined(10_000)
    model = adopted(story)
    municipality = row.organisation.municipality
    municipality.population, municipality.population_on = 90_000, date(2026, 9, 30)
    municipality.save()
    assert amounts(model)[0] == [12_500_000, 12_500_000]
    costs.issue_year(by=story.handler, model=model)
    assert set(CostRow.objects.values_list("amount", flat=True)) == {12_500_000}
    newer = costs.draft_cost_model(
        by=story.handler,
        service=story.service,
        year=YEAR + 1,
        plan=plan(25_000_000, BY_POPULATION, population_on=date(2026, 9, 30)),
    )
    # Only one municipality has been counted on the later day.
    other = Participation.objects.exclude(pk=row.pk).get().organisation.name
    assert list_of(newer).fault == f"{other} has no figure for “By inhabitants”."


def test_a_reference_date_without_figures_is_refused(story, joined):
    joined(10_000)
    with pytest.raises(RuleBroken, match="There are figures of: 30 September 2025"):
        adopted(story, 1, BY_POPULATION, population_on=date(2024, 1, 1))


def test_two_newcomers_share_with_those_who_came_no_later(story, joined):
    joined(10_000)
    joined(10_000, starts_on=date(YEAR, 7, 1))
    joined(10_000, starts_on=date(YEAR, 10, 15))
    # July: half of 30 000 000 for six months; October: a third for three.
    assert amounts(adopted(story, 30_000_000)) == ([30_000_000], [7_500_000, 2_500_000])


def test_each_newcomers_amount_goes_back_to_those_who_came_before(story, joined):
    first = joined(10_000)
    july = joined(10_000, starts_on=date(YEAR, 7, 1))
    october = joined(10_000, starts_on=date(YEAR, 10, 15))
    costs.issue_year(by=story.handler, model=adopted(story, 30_000_000))
    costs.issue_year(by=story.handler, model=adopted(story, 30_000_000, year=YEAR + 1))
    given_back = CostRow.objects.filter(kind="credit").order_by("origin", "organisation")
    # 7 500 000 from July to the first; 2 500 000 from October over 30 000 000 and 7 500 000.
    assert list(given_back.values_list("origin__organisation", "organisation", "amount")) == [
        (july.organisation_id, first.organisation_id, -7_500_000),
        (october.organisation_id, first.organisation_id, -2_000_000),
        (october.organisation_id, july.organisation_id, -500_000),
    ]


def test_a_newcomer_issued_after_the_next_year_is_still_credited(story, joined):
    joined(10_000)
    model = adopted(story, 30_000_000)
    costs.issue_year(by=story.handler, model=model)
    after = adopted(story, 30_000_000, year=YEAR + 1)
    costs.issue_year(by=story.handler, model=after)
    joined(10_000, starts_on=date(YEAR, 12, 1))
    costs.issue_year(by=story.handler, model=model)
    kinds = [row.kind for row in costs.issue_year(by=story.handler, model=after)]
    assert sorted(kinds) == ["credit", "newcomer"]


def test_a_services_first_year_is_borne_by_the_first_month(story, joined):
    joined(10_000, starts_on=date(YEAR, 3, 1))
    joined(10_000, starts_on=date(YEAR, 3, 20))
    joined(20_000, starts_on=date(YEAR, 7, 1))
    assert amounts(adopted(story, 24_000_000)) == ([12_000_000, 12_000_000], [6_000_000])


def test_who_comes_after_the_issue_is_a_newcomer_whatever_its_first_day(story, joined):
    joined(10_000)
    model = adopted(story, 24_000_000)
    costs.issue_year(by=story.handler, model=model)
    joined(10_000, starts_on=date(YEAR - 1, 1, 1))
    late = costs.issue_year(by=story.handler, model=model)
    assert [(row.kind, row.amount) for row in late] == [("newcomer", 12_000_000)]


def test_who_leaves_and_comes_back_in_a_year_is_one_payer(story, joined):
    row = joined(10_000, ends_on=date(YEAR, 3, 31))
    for state in ("winding-up", "ended"):
        Participation.objects.filter(pk=row.pk).update(state=state)
    Participation.objects.create(
        service=story.service,
        organisation=row.organisation,
        state="production",
        starts_on=date(YEAR, 9, 1),
        production_on=date(YEAR, 9, 1),
        state_since=timezone.now(),
        previous=row,
    )
    assert amounts(adopted(story, 24_000_000)) == ([24_000_000], [])


def test_a_charge_once_a_year_whatever_version(story, joined):
    joined(10_000)
    row = costs.issue_year(by=story.handler, model=adopted(story))[0]
    row.pk, row.model = (
        None,
        costs.draft_cost_model(
            by=story.handler, service=story.service, year=YEAR + 1, plan=plan(1, BY_POPULATION)
        ),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_own_figures_are_given_in_a_draft_and_not_after(story, joined):
    first, second = joined(10_000), joined(10_000)
    model = costs.draft_cost_model(
        by=story.handler, service=story.service, year=YEAR, plan=plan(9_999, ("usage", 10_000))
    )
    figures = {
        first.organisation_id: costs.Figures(usage=1),
        second.organisation_id: costs.Figures(usage=2),
    }
    costs.set_figures(by=story.handler, model=model, figures=figures)
    costs.adopt_cost_model(
        by=story.handler, model=model, adopted_on=date(2026, 11, 1), reference="§ 4"
    )
    assert amounts(model)[0] == [3_333, 6_666]
    with pytest.raises(RuleBroken, match="make a new version"):
        costs.set_figures(by=story.handler, model=model, figures={})


def test_only_an_adopted_model_has_an_outcome(story, joined):
    joined(10_000)
    draft = costs.draft_cost_model(
        by=story.handler, service=story.service, year=YEAR, plan=plan(100, BY_POPULATION)
    )
    with pytest.raises(RuleBroken, match="Only an adopted"):
        costs.set_outcome(by=story.handler, model=draft, outcome=90)
    model = adopted(story, 100)
    assert costs.set_outcome(by=story.handler, model=model, outcome=90).difference == -10


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
    model, rows = what_if(adopted(story, 30_000_000))
    found = calculate(model, rows, story.world.own, 2)
    assert (found.is_member, found.members, found.line.amount) == (False, 3, 10_000_000)
    assert [(p.members, p.amount) for p in found.points] == [
        (3, 10_000_000),
        (4, 7_500_000),
        (5, 6_000_000),
    ]


def test_the_visitor_says_other_figures(story, joined):
    joined(10_000)
    model, rows = what_if(adopted(story, 30_000_000))
    asked = Asked(population=20_000)
    assert calculate(model, rows, story.world.own, 0, asked).line.amount == 20_000_000


def test_a_missing_usage_is_a_fault_until_the_visitor_says_it(story, joined):
    first = joined(10_000)
    model = costs.draft_cost_model(
        by=story.handler, service=story.service, year=YEAR, plan=plan(300, ("usage", 10_000))
    )
    own = {first.organisation_id: costs.Figures(usage=2)}
    costs.set_figures(by=story.handler, model=model, figures=own)
    found, rows = what_if(model)
    with pytest.raises(CostInputError):
        calculate(found, rows, story.world.own, 0)
    assert calculate(found, rows, story.world.own, 0, Asked(usage=1)).line.amount == 100


def test_the_curve_ends_where_fixed_amounts_are_more_than_the_cost(story, joined):
    joined(10_000)
    model, rows = what_if(adopted(story, 1_000, ("fixed", 0, 250), BY_POPULATION))
    found = calculate(model, rows, story.world.own, 10)
    assert [point.members for point in found.points] == [2, 3, 4]


def test_a_cost_of_fixed_amounts_alone_follows_the_members(story, joined):
    joined(10_000)
    model, rows = what_if(adopted(story, 250, ("fixed", 0, 250)))
    found = calculate(model, rows, story.world.own, 2)
    assert [point.amount for point in found.points] == [250, 250, 250]


def test_the_forecast_of_one_who_joins_and_one_who_leaves(story, joined):
    joined(10_000)
    gone = joined(10_000)
    model, rows = what_if(adopted(story, 30_000_000))
    lines = forecast(model, rows, joining=[story.world.own], leaving=[gone.organisation_id])
    assert [(line.now, line.then, line.change) for line in lines] == [
        (15_000_000, 15_000_000, 0),
        (15_000_000, None, -15_000_000),
        (None, 15_000_000, 15_000_000),
    ]
