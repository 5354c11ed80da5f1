"""What a leaving municipality still owes: issued rows, and the years not yet invoiced."""

from datetime import date

import pytest
from django.utils import timezone

from catalogue.actions import costs
from catalogue.cost_lists import list_of
from catalogue.models import Termination
from catalogue.owed import Owed, owed_since
from tests.catalogue.joining.test_costs import adopted, joined  # noqa: F401 - a fixture
from tests.catalogue.joining.test_office_views import browser  # noqa: F401 - a fixture

THIS = timezone.localdate().year
NEXT = THIS + 1


@pytest.fixture
def leaving(story, joined):  # noqa: F811
    """A participation that was terminated this year and ends with the next; another stays."""
    joined(10_000)
    row = joined(30_000, ends_on=date(NEXT, 12, 31))
    notice = Termination.objects.create(
        participation=row, received_on=date(THIS, 1, 15), ends_on=row.ends_on
    )
    return row, notice


def test_years_not_invoiced_are_told_as_the_cost_lists_say(story, leaving):
    row, notice = leaving
    this, coming = adopted(story, 8_000_000, year=THIS), adopted(story, 4_000_001, year=NEXT)
    own = [line.amount for line in list_of(coming).lines if line.payer.participation_id == row.pk]
    assert owed_since(row, notice) == [
        Owed(THIS, "Ännu inte fakturerat", 6_000_000, issued=False),
        Owed(NEXT, "Ännu inte fakturerat", *own, issued=False),
    ]
    costs.issue_year(by=story.handler, model=this)
    issued, forecast = owed_since(row, notice)
    assert (issued.year, issued.amount, issued.issued) == (THIS, 6_000_000, True)
    assert forecast == Owed(NEXT, "Ännu inte fakturerat", *own, issued=False)
    costs.issue_year(by=story.handler, model=coming)
    assert [(owed.amount, owed.issued) for owed in owed_since(row, notice)] == [
        (6_000_000, True),
        (*own, True),
    ]


def test_a_year_without_an_adopted_cost_has_no_amount(story, leaving):
    assert [(owed.year, owed.amount) for owed in owed_since(*leaving)] == [
        (THIS, None),
        (NEXT, None),
    ]


def test_nothing_is_to_come_once_it_is_settled(story, leaving):
    row, notice = leaving
    adopted(story, 8_000_000, year=THIS)
    notice.settled_on = date(NEXT, 12, 31)
    assert owed_since(row, notice) == []


def test_the_record_shows_the_forecast(story, client, browser, leaving):  # noqa: F811
    row, __ = leaving
    adopted(story, 8_000_000, year=THIS)
    page = browser("auditor").get(f"/anslutningar/{row.pk}/").text
    assert 'Ännu inte fakturerat <span class="small muted">prognos</span>' in page
    assert "60\u00a0000\u00a0kr" in page
