"""An adopted cost model stands in the database itself, whoever writes; a draft may change."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from catalogue.actions import costs
from catalogue.models import CostFigure, CostModel, CostModelPart
from tests.catalogue.joining.test_costs import BY_POPULATION, YEAR, adopted, joined, plan

__all__ = ["joined"]
FIXED = {
    "year": YEAR + 5,
    "version": 9,
    "total": 1,
    "vat_rate": 600,
    "vat_category": "E",
    "population_on": date(2024, 12, 31),
    "population_source": "someone",
    "point_classes": [[0, 1]],
    "adopted_on": date(2020, 1, 1),
    "adopted_reference": "§ 1",
    "adopted_url": "https://exempel.invalid/",
}


def refused(write) -> bool:
    """Return whether the database refuses a write."""
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return True
    return False


@pytest.fixture
def draft(story, joined):
    joined(6_832)
    return costs.draft_cost_model(
        by=story.handler, service=story.service, year=YEAR, plan=plan(30_000, BY_POPULATION)
    )


@pytest.fixture
def model(story, joined):
    """An adopted model with a figure of its own."""
    row = joined(6_832)
    draft = costs.draft_cost_model(
        by=story.handler, service=story.service, year=YEAR, plan=plan(30_000, BY_POPULATION)
    )
    figures = {row.organisation_id: costs.Figures(population=7_000)}
    costs.set_figures(by=story.handler, model=draft, figures=figures)
    return costs.adopt_cost_model(
        by=story.handler, model=draft, adopted_on=date(2026, 11, 1), reference="Styrelsen § 4"
    )


@pytest.mark.parametrize("column", sorted(FIXED))
def test_what_is_adopted_stands(model, column):
    values = {column: FIXED[column]}
    if column == "vat_category":
        values["vat_rate"] = 0
    rows = CostModel.objects.filter(pk=model.pk)
    assert refused(lambda: rows.update(**values))
    model.refresh_from_db()
    assert getattr(model, column) != FIXED[column]


@pytest.mark.parametrize("column", sorted(set(FIXED) - {"adopted_on", "vat_category"}))
def test_a_draft_may_change(draft, column):
    rows = CostModel.objects.filter(pk=draft.pk)
    assert not refused(lambda: rows.update(**{column: FIXED[column]}))


def test_figures_and_parts_of_an_adopted_model_stand(model):
    figure, part = CostFigure.objects.get(), CostModelPart.objects.get()
    figures = CostFigure.objects.filter(pk=figure.pk)
    assert refused(lambda: figures.update(population=1))
    assert refused(figures.delete)
    figure.pk = None
    assert refused(lambda: CostFigure.objects.bulk_create([figure]))
    part.pk, part.position = None, 2
    assert refused(lambda: CostModelPart.objects.bulk_create([part]))
    assert CostFigure.objects.get().population == 7_000


def test_figures_and_parts_of_a_draft_may_change(draft, joined):
    organisation = joined(14_120).organisation
    figures = CostFigure.objects.filter(model=draft)
    assert not refused(
        lambda: CostFigure.objects.create(model=draft, organisation=organisation, population=5)
    )
    assert not refused(lambda: figures.update(population=1))
    assert not refused(figures.delete)
    part = CostModelPart(model=draft, position=2, by="equal")
    assert not refused(lambda: CostModelPart.objects.bulk_create([part]))


def test_an_adopted_model_is_only_ever_replaced(story, model):
    rows = CostModel.objects.filter(pk=model.pk)
    assert refused(lambda: rows.update(state="draft"))
    assert refused(rows.delete)
    assert not refused(lambda: rows.update(outcome=31_000))
    newer = adopted(story, 60_000)
    model.refresh_from_db()
    assert (model.state, newer.state) == ("replaced", "adopted")
    assert refused(lambda: rows.update(state="adopted"))
