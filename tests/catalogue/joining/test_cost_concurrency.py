"""Two people at the office at once: one split holds, and nobody is charged twice."""

from datetime import date

import pytest
from django.utils import timezone

from catalogue.actions import costs, membership_fees
from catalogue.models import CostModel, CostRow, FeeRow, Participation
from members.models import Membership
from tests.catalogue.joining.test_concurrency import at_once, story  # noqa: F401 - a fixture
from tests.catalogue.joining.test_costs import BY_POPULATION, YEAR, plan
from tests.factories.members import MunicipalityFactory

pytestmark = pytest.mark.django_db(transaction=True)
PAYERS = 3


@pytest.fixture
def drafts(story):  # noqa: F811
    """Return two drafts of the same year, with three that pay."""
    for number in range(PAYERS):
        Participation.objects.create(
            service=story.service,
            organisation=MunicipalityFactory(code=f"900{number}").organisation,
            state="production",
            starts_on=date(2025, 1, 1),
            production_on=date(2025, 1, 1),
            state_since=timezone.now(),
        )
    return [
        costs.draft_cost_model(
            by=story.handler, service=story.service, year=YEAR, plan=plan(total, BY_POPULATION)
        )
        for total in (30_000, 60_000)
    ]


def adopt(by, model):
    return costs.adopt_cost_model(by=by, model=model, adopted_on=date(2026, 11, 1), reference="§ 4")


def test_adopting_at_once_lets_one_hold(story, drafts):  # noqa: F811
    by, waiting = story.handler, iter([*drafts, *drafts])
    found = at_once(lambda: adopt(by, next(waiting)))
    assert found.count("done") == 2
    assert CostModel.objects.adopted().count() == 1


def test_issuing_at_once_charges_each_once(story, drafts):  # noqa: F811
    by, model = story.handler, adopt(story.handler, drafts[0])
    at_once(lambda: costs.issue_year(by=by, model=model))
    assert CostRow.objects.count() == PAYERS
    assert sum(CostRow.objects.values_list("amount", flat=True)) == 30_000


def test_issuing_and_adopting_another_never_cross(story, drafts):  # noqa: F811
    by, first = story.handler, adopt(story.handler, drafts[0])
    deeds = iter(
        [
            lambda: costs.issue_year(by=by, model=first),
            lambda: adopt(by, drafts[1]),
        ]
        * 2
    )

    def do_next():
        next(deeds)()

    at_once(do_next)
    holds = CostModel.objects.adopted().get()
    # Either the year was issued and the other refused, or the other holds and nothing is issued.
    assert set(CostRow.objects.values_list("model", flat=True)) <= {holds.pk}
    assert CostRow.objects.count() in (0, PAYERS)


def test_issuing_fees_at_once_charges_each_member_once(story):  # noqa: F811
    by = story.handler
    members = Membership.objects.count()
    found = at_once(lambda: membership_fees.issue_fees(by=by, year=YEAR))
    assert found.count("done") == 1
    assert FeeRow.objects.filter(kind="annual").count() == members > 0
