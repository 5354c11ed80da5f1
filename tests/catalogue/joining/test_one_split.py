"""The same split serves the command, the list, the page, the forecast and the issued rows."""

from datetime import date

from catalogue.actions import costs
from catalogue.actions.costs import Figures
from catalogue.cost_input import split_cost_json
from catalogue.cost_lists import list_of
from catalogue.cost_what_if import calculate, forecast
from tests.catalogue.joining.test_costs import YEAR, joined, plan, what_if  # noqa: F401 - a fixture


def test_vector_c8_everywhere(story, joined):  # noqa: F811
    rows = [joined(population) for population in (6_832, 14_120, 61_348)]
    model = costs.draft_cost_model(
        by=story.handler,
        service=story.service,
        year=YEAR,
        plan=plan(33_333_333, ("equal", 4_000), ("population", 4_000), ("usage", 2_000)),
    )
    usage = dict(zip((row.organisation_id for row in rows), (1200, 0, 345), strict=True))
    own = {key: Figures(usage=number) for key, number in usage.items()}
    costs.set_figures(by=story.handler, model=model, figures=own)
    costs.adopt_cost_model(
        by=story.handler, model=model, adopted_on=date(2026, 11, 1), reference="§ 4"
    )
    expected = [10_729_284, 6_732_010, 15_872_039]
    command = split_cost_json(
        {
            "total": 33_333_333,
            "parts": [
                {"share": 4_000, "by": "equal"},
                {"share": 4_000, "by": "population"},
                {"share": 2_000, "by": "usage"},
            ],
            "members": [
                {
                    "code": row.organisation.municipality.code,
                    "population": row.organisation.municipality.population,
                    "usage": usage[row.organisation_id],
                }
                for row in rows
            ],
        }
    )
    assert [row["amount"] for row in command["members"]] == expected
    assert [line.amount for line in list_of(model).lines] == expected
    loaded, takings = what_if(model)
    pages = [calculate(loaded, takings, row.organisation, 0).line.amount for row in rows]
    assert pages == expected
    assert [line.now for line in forecast(loaded, takings, joining=[], leaving=[])] == expected
    issued = costs.issue_year(by=story.handler, model=model)
    assert [row.amount for row in issued] == expected
