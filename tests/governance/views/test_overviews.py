"""Decisions over time, what waits to be carried out, and the year's figures."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions.minutes import announcing, follow_up
from governance.actions.minutes.annual_report import annual_report
from governance.models import Decision, FollowUp, FollowUpReport
from governance.views.overviews import Period, periods
from tests.factories.governance import make_body
from tests.factories.minutes import adjusted, hold

pytestmark = pytest.mark.django_db
OVER_TIME, FOLLOW_UPS = "/beslut/over-tid/", "/beslut/uppfoljning/"


@pytest.fixture
def held(root):
    return adjusted(make_body(3))


def followed_up(held, title: str, due: date) -> FollowUp:
    row = follow_up.assign_follow_up(
        by=SYSTEM, decision=held.decision(title), owner=held.body.ordinary[0].name,
        due_on=timezone.localdate(),
    )  # fmt: skip
    row.due_on = due
    row.save()
    return row


def test_decisions_are_counted_by_quarter_and_outcome(client, held):
    page = client.get(OVER_TIME)
    found = page.context["periods"]
    total = Decision.objects.of_paragraphs().count()
    assert [(period.label, period.total) for period in found] == [
        ("2026 k1", total), ("2026 k2", 0), ("2026 k3", 0), ("2026 k4", 0),
    ]  # fmt: skip
    assert "2026 k1" in page.content.decode()
    slug = held.meeting.council.slug
    assert client.get(OVER_TIME, {"organ": slug}).context["periods"] == found
    assert client.get(OVER_TIME, {"organ": "annat"}).context["chosen"] == ""


def test_what_is_not_adjusted_is_not_counted(client, root):
    hold(make_body(3))
    page = client.get(OVER_TIME)
    assert page.context["periods"] == []
    assert page.status_code == 200


def test_many_years_are_counted_by_year_with_the_empty_ones():
    cells = [(2020, 1, "carried", 2), (2023, 4, "rejected", 1), (2023, 2, "postponed", 3)]
    assert periods(cells) == [
        Period("2020", [2, 0, 0]),
        Period("2021"),
        Period("2022"),
        Period("2023", [0, 1, 3]),
    ]


def test_few_years_are_counted_by_quarter():
    cells = [(2025, 4, "carried", 2), (2026, 2, "rejected", 1)]
    found = {period.label: period.numbers for period in periods(cells) if period.total}
    assert found == {"2025 k4": [2, 0, 0], "2026 k2": [0, 1, 0]}
    assert len(periods(cells)) == 8


def test_what_waits_is_listed_by_its_last_day_and_can_be_narrowed(client, held):
    today = timezone.localdate()
    late = followed_up(held, "Budget", today - timedelta(days=1))
    ahead = followed_up(held, "Plan", today + timedelta(days=30))

    assert list(client.get(FOLLOW_UPS).context["page"]) == [late, ahead]
    assert list(client.get(FOLLOW_UPS, {"forsenat": "1"}).context["page"]) == [late]
    slug = held.meeting.council.slug
    assert list(client.get(FOLLOW_UPS, {"organ": slug}).context["page"]) == [late, ahead]


def test_what_waits_is_for_the_body_before_adjustment(client, root):
    held = hold(make_body(3))
    followed_up(held, "Budget", timezone.localdate())
    assert list(client.get(FOLLOW_UPS).context["page"]) == []
    client.force_login(held.body.ordinary[0])
    assert len(client.get(FOLLOW_UPS).context["page"]) == 1


def test_the_lists_cost_the_same_however_long_they_are(client, held, django_assert_max_num_queries):
    followed_up(held, "Budget", timezone.localdate())
    client.get(FOLLOW_UPS)
    with django_assert_max_num_queries(8):
        client.get(FOLLOW_UPS)
    followed_up(held, "Plan", timezone.localdate())
    with django_assert_max_num_queries(8):
        client.get(FOLLOW_UPS)
    with django_assert_max_num_queries(8):
        client.get(OVER_TIME)


def test_a_past_year_says_what_was_undone_when_it_ended(held):
    task = followed_up(held, "Budget", date(2025, 12, 1))
    council = held.meeting.council
    year = held.decision("Budget").item.paragraph_year
    report = FollowUpReport.objects.create(
        follow_up=task, text="Klart", state="done", reported_at=timezone.now()
    )
    assert FollowUp.objects.undone_on(timezone.localdate()).count() == 0
    before = report.reported_at.date() - timedelta(days=2)
    (row,) = FollowUp.objects.undone_on(before)
    assert row.state_then == "not_begun"
    assert annual_report(council, year, held.body.secretary).undone == []


def test_attendance_before_adjustment_is_for_the_body_alone(client, root):
    held = hold(make_body(3))
    council = held.meeting.council
    address = reverse("governance:annual_report", args=[council.slug, held.meeting.held_on.year])
    assert client.get(address).context["report"].attendance == []
    client.force_login(held.body.ordinary[0])
    assert len(client.get(address).context["report"].attendance) == 3


def test_a_rectification_is_told_wherever_the_decision_is_shown(client, held):
    item = held.item("Budget")
    announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=item, stood="1 000", shall_stand="10 000",
        reason="Skrivfel", decided_by="Ordföranden", decided_on=date(2026, 3, 1),
    )  # fmt: skip
    slug, year = held.meeting.council.slug, item.paragraph_year
    for address in (
        "/beslut/",
        held.decision("Budget").get_absolute_url(),
        f"/forvaltningsrad/{slug}/",
        f"/forvaltningsrad/{slug}/arsrapport/{year}/",
    ):
        text = client.get(address).content.decode()
        assert text.count(">Rättat</span>") == 1, address
