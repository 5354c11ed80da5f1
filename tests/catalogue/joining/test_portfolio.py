"""The portfolio: who reads it, what it says, its workbook and calendar, constant queries."""

import io
from datetime import date, timedelta

import icalendar
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.actions import costs
from catalogue.landscape import landscape_of
from catalogue.models import Area, Participation, StatedUse
from catalogue.portfolio import portfolio_of, used_by_similar
from core.actions import SYSTEM
from governance.actions.seats import give_seat
from governance.models import Meeting
from tests.catalogue.joining.test_costs import adopted, joined  # noqa: F401 - a fixture
from tests.factories.catalogue import make_service
from tests.factories.governance import make_body, make_meeting
from tests.factories.members import MunicipalityFactory

OK, MISSING = 200, 404
YEAR = timezone.localdate().year


@pytest.fixture
def browser(client, story):
    def as_(who):
        client.force_login(story.world[who])
        return client

    return as_


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == OK
    return len(found)


def take_part(organisation, service, **more):
    values = {
        "state": "production",
        "starts_on": date(2025, 1, 1),
        "production_on": date(2025, 1, 1),
        "state_since": timezone.now(),
    }
    return Participation.objects.create(
        service=service, organisation=organisation, **(values | more)
    )


NOT_AGREED = {"state": "dialogue", "starts_on": None, "production_on": None}
PORTFOLIO = [
    "/kommuner/0182/portfolj/",
    "/kommuner/0182/portfolj/?utskrift=1",
    "/kommuner/0182/portfolj.xlsx",
    "/kommuner/0182/portfolj.ics",
]


@pytest.mark.parametrize("address", PORTFOLIO)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("own:reader", OK),
        ("service_manager", OK),
        ("auditor", OK),
        ("other:coordinator", MISSING),
        ("nobody", MISSING),
    ],
)
def test_who_reads_a_portfolio(story, browser, address, who, status):
    row = story.in_use()
    story.terminate(row)
    assert browser(who).get(address).status_code == status


def test_the_portfolio_says_what_is_missing_and_what_comes(story, browser):
    row = story.onboarding()
    row.agreements.filter(kind="accession").update(
        expires_on=timezone.localdate() + timedelta(days=10)
    )
    page = browser("own:reader").get("/kommuner/0182/portfolj/")
    assert page.text.count(f'href="/anslutningar/{row.pk}/"') >= 2
    assert browser("own:reader").get("/kommuner/9999/portfolj/").status_code == MISSING


def test_the_portfolio_costs_the_same_however_many_services(story, browser, root):
    catalogue = story.service.get_parent().specific

    def more(number):
        for place in range(number):
            name = f"Tjänst {Participation.objects.count()}-{place}"
            service = make_service(catalogue, title=name)
            Participation.objects.create(
                service=service,
                organisation=story.world.own,
                state="production",
                starts_on=date(2025, 1, 1),
                production_on=date(2025, 1, 1),
                state_since=timezone.now(),
            )

    more(3)
    client = browser("own:reader")
    client.get(PORTFOLIO[0])
    before = queries(client, PORTFOLIO[0])
    more(20)
    assert queries(client, PORTFOLIO[0]) == before


def test_the_days_to_come_and_the_day_of_notice(story):
    row = take_part(story.world.own, story.service, notice_months=12)
    found = portfolio_of(story.world.own.municipality, today=date(2026, 3, 15))
    # Received 2026-03-15 with twelve months ends 2027-12-31 (rules.md 2.4); to end then, the
    # notice must be received on the last day of 2026.
    assert found.rows[0].earliest_end == date(2027, 12, 31)
    assert [(day.on, day.participation.pk) for day in found.deadlines] == [
        (date(2026, 12, 31), row.pk)
    ]


def test_a_step_that_is_late_says_so(story):
    row = story.onboarding()
    row.onboarding.update(due_on=timezone.localdate() - timedelta(days=1))
    late = [day for day in portfolio_of(story.world.own.municipality).deadlines if day.late]
    assert len(late) == row.onboarding.count()


def test_this_year_as_issued_next_year_as_computed(story, joined):  # noqa: F811
    joined(10_000)
    take_part(story.world.own, story.service)
    population = story.world.own.municipality.population
    model = adopted(story, 20_000_000, year=YEAR)
    rows = costs.issue_year(by=story.handler, model=model)
    own = next(row for row in rows if row.organisation_id == story.world.own.pk)
    costs.correct_row(by=story.handler, row=own, amount=-100, reason="Fel")
    adopted(story, 40_000_000, year=YEAR + 1)
    found = portfolio_of(story.world.own.municipality)
    assert (found.rows[0].this_year.amount, found.rows[0].this_year.issued) == (9_999_900, True)
    assert (found.rows[0].next_year.amount, found.rows[0].next_year.issued) == (20_000_000, False)
    assert (found.this_year, found.next_year) == (9_999_900, 20_000_000)
    assert found.per_inhabitant == (2 * 9_999_900 + population) // (2 * population)


def test_a_service_left_during_the_year_still_costs(story):
    take_part(story.world.own, story.service, state="production")
    model = adopted(story, 20_000_000, year=YEAR)
    costs.issue_year(by=story.handler, model=model)
    left = {"ends_on": date(YEAR, 1, 31), "terminated_from": "production"}
    for state in ("terminated", "winding-up", "ended"):
        Participation.objects.update(state=state, **left)
    found = portfolio_of(story.world.own.municipality)
    assert (found.rows, found.this_year) == ([], 20_000_000)


def test_what_similar_municipalities_use(story):
    own = story.world.own.municipality
    like = MunicipalityFactory(group=own.group, population=own.population)
    MunicipalityFactory(group="C7" if own.group != "C7" else "C8")
    row = take_part(like.organisation, story.service, **NOT_AGREED)
    # What is not agreed is nobody else's business, the office's portfolio page included.
    assert used_by_similar(portfolio_of(own), story.handler) == []
    row.delete()
    take_part(like.organisation, story.service)
    found = used_by_similar(portfolio_of(own), story.world["own:reader"])
    assert [(item.service.pk, item.names) for item in found] == [(story.service.pk, [like.name])]


def test_the_landscape_tells_joined_stated_and_offered_apart(story):
    area = Area.objects.create(name="Omsorg", slug="omsorg")
    below = Area.objects.create(name="Hemtjänst", slug="hemtjanst", parent=area)
    catalogue = story.service.get_parent().specific
    services = [
        make_service(catalogue, title=title, lifecycle="production")
        for title in ("Andra", "Tredje")
    ]
    for page, where in ((story.service, area), (services[0], below), (services[1], area)):
        page.areas.add(where)
        page.save()
    take_part(story.world.own, story.service)
    StatedUse.objects.create(service=services[0], organisation=story.world.own, citation="Källa")
    found = landscape_of(portfolio_of(story.world.own.municipality), story.world["own:reader"])
    assert [
        (row.name, [p.title for p in row.joined], [p.title for p in row.stated]) for row in found
    ] == [("Omsorg", ["Provisum"], ["Andra"])]
    assert [page.title for page in found[0].others] == ["Tredje"]
    assert [tile.kind for tile in found[0].tiles] == ["on", "lan", "off"]


def test_the_workbook_holds_everything(story, browser):
    story.in_use()
    answer = browser("own:reader").get("/kommuner/0182/portfolj.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(book.sheetnames) == 9
    assert book.worksheets[0]["A2"].value == "Provisum"
    assert book.worksheets[1].max_row == 3  # two agreements
    assert book.worksheets[2].max_row == 5  # four contacts


def test_the_calendar_can_be_read(story, browser):
    row = story.onboarding()
    text = browser("own:reader").get("/kommuner/0182/portfolj.ics").content
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    days = portfolio_of(story.world.own.municipality).deadlines
    assert [event["dtstart"].dt for event in events] == [day.on for day in days]
    assert len({event["uid"] for event in events}) == len(events)
    assert str(events[0]["url"]).endswith(f"/anslutningar/{row.pk}/")


def test_the_printed_page_has_no_links_into_the_record(story, browser):
    row = story.in_use()
    page = browser("own:reader").get("/kommuner/0182/portfolj/?utskrift=1").text
    main = page.split("<main")[1]
    assert f"/anslutningar/{row.pk}/" not in main
    assert "Provisum" in main


def test_the_portfolio_shows_the_seats_and_the_coming_meetings(story, browser):
    client = browser("own:coordinator")
    assert "Platser i förvaltningsråd" not in client.get("/kommuner/0182/portfolj/").text
    body = make_body(1, service=story.service)
    give_seat(
        by=SYSTEM,
        council=body.council,
        organisation=story.world.own,
        starts_on=date(2025, 1, 1),
    )
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=20))
    assert meeting.get_absolute_url() not in client.get("/kommuner/0182/portfolj/").text
    Meeting.objects.filter(pk=meeting.pk).update(state="summoned")
    page = client.get("/kommuner/0182/portfolj/").text
    assert body.council.get_absolute_url() in page
    assert meeting.get_absolute_url() in page
