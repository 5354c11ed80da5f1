"""The office's pages, costs, the portfolio and the takeover: rights, answers, constant queries."""

import io
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.actions.reminders import remind_of_days
from catalogue.actions.takeover import import_takeovers
from catalogue.joining_slots import own_participations
from catalogue.models import Participation, SubProcessor, SubProcessorChange
from members.models import Municipality
from notifications.models import Notification
from tests.catalogue.joining.test_costs import adopted, joined  # noqa: F401 - a fixture
from tests.factories.members import MunicipalityFactory

OK, FOUND, REFUSED, MISSING, WRONG = 200, 302, 403, 404, 422
YEAR = timezone.localdate().year
OFFICE_PAGES = [
    "/kansli/anslutningar/",
    "/kansli/anslutningar/inforanden/",
    "/kansli/anslutningar/spridning/",
    "/kansli/avtal/",
    "/kansli/kostnader/",
]
HANDLER_PAGES = ["/kansli/anslutningar/ta-over/", "/kansli/underbitraden/", "/kansli/kostnader/ny/"]


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


@pytest.mark.parametrize("address", [*OFFICE_PAGES, *HANDLER_PAGES])
@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("service_manager", 2),
        ("administrator", 2),
        ("auditor", 1),
        ("own:coordinator", 0),
        ("nobody", 0),
    ],
)
def test_who_opens_the_offices_pages(story, browser, address, who, pages):
    needed = 1 if address in OFFICE_PAGES else 2
    expected = OK if pages >= needed else REFUSED
    assert browser(who).get(address).status_code == expected


def test_the_anonymous_is_led_to_login(story, client):
    for address in [
        *OFFICE_PAGES,
        *HANDLER_PAGES,
        "/anslutningar/",
        "/anslutningar/kostnader/",
        "/kommuner/0182/portfolj/",
        "/kansli/avtal/kontrasignera/",
    ]:
        answer = client.get(address)
        assert (address, answer.status_code) == (address, FOUND)
        assert answer["Location"].startswith("/konto/login/")


def municipality():
    """Return a municipality whose code is none of the world's."""
    return MunicipalityFactory(code=f"{9_000 + Municipality.objects.count()}")


def fill(story, number):
    for __ in range(number):
        row = Participation.objects.create(
            service=story.service,
            organisation=municipality().organisation,
            state="onboarding",
            starts_on=date(YEAR, 1, 1),
            state_since=timezone.now(),
        )
        row.onboarding.create(position=1, title="Steg", side="office", due_on=date(YEAR, 2, 1))
        row.agreements.create(
            counterparty=story.world.office,
            kind="accession",
            number=1,
            state="signed",
            title="Avtal",
            template_version="1",
            content={},
            dated_on=date(YEAR, 1, 1),
            pdf="x.pdf",
            sha256="0" * 64,
            sent_at=timezone.now(),
            signed_at=timezone.now(),
            expires_on=timezone.localdate() + timedelta(days=20),
        )


@pytest.mark.parametrize("address", OFFICE_PAGES)
def test_a_list_costs_the_same_however_long(story, browser, address):
    fill(story, 20)
    adopted(story, year=YEAR)
    client = browser("service_manager")
    client.get(address)
    before = queries(client, address)
    fill(story, 30)
    assert queries(client, address) == before


def test_participations_are_found_by_words_and_state(story, browser):
    story.interested()
    client = browser("service_manager")
    assert "Nacka" in client.get("/kansli/anslutningar/?q=nack+provisum&tillstand=interest").text
    assert (
        'href="/anslutningar/'
        not in client.get("/kansli/anslutningar/?q=lund").text.split("<main")[1]
    )
    assert client.get("/kansli/anslutningar/?tillstand=x").status_code == WRONG


def test_the_register_finds_what_expires(story, browser):
    fill(story, 1)
    client = browser("service_manager")
    assert "Avtal" in client.get("/kansli/avtal/?q=avtal&inom=90&tillstand=signed").text
    assert client.get("/kansli/avtal/?inom=7").status_code == WRONG


def test_a_service_open_to_all_has_a_button_to_join(story, client):
    assert "/tjanster/provisum/anslut/" in client.get("/tjanster/provisum/").text
    story.service.open_for_new_members = False
    story.service.save()
    assert "/tjanster/provisum/anslut/" not in client.get("/tjanster/provisum/").text


def test_joinings_in_every_state_are_for_the_municipality_and_the_office_alone(story, client):
    row = story.interested()
    municipality = story.world.own.municipality
    assert own_participations(municipality, AnonymousUser()) is None
    assert own_participations(municipality, story.world["other:coordinator"]) is None
    for person in (story.runner, story.handler):
        shown = own_participations(municipality, person)
        assert [found.pk for found in shown[1]["rows"]] == [row.pk]


# --- Takeover ---------------------------------------------------------------------------------
GOOD = (
    "kommunkod;tjanst;tillstand;startdag;kalla;i_drift;sista_dag;plats\n"
    "0182;provisum;i drift;2019-01-01;Avtal 2018;2019-03-01;;ja\n"
    "1281;provisum;uppsagd;2019-01-01;Avtal 2018;;2027-12-31;nej\n"
)


def test_a_trial_changes_nothing_and_tells_what_would_happen(story):
    result = import_takeovers(by=story.handler, content=GOOD.encode())
    assert (result.taken, result.errors, Participation.objects.count()) == (2, [], 0)


def test_joinings_in_force_are_taken_over_as_they_are(story, browser):
    result = import_takeovers(by=story.handler, content=GOOD.encode(), dry_run=False)
    assert (result.taken, result.errors) == (2, [])
    first = Participation.objects.get(organisation=story.world.own)
    assert (first.state, first.taken_over, first.takeover_source, first.wants_seat) == (
        "production",
        True,
        "Avtal 2018",
        True,
    )
    assert first.seat_choices.get().starts_on == date(2019, 1, 1)
    second = Participation.objects.get(organisation=story.world.other)
    assert (second.state, second.ends_on) == ("terminated", date(2027, 12, 31))
    page = browser("own:coordinator").get(first.get_absolute_url())
    assert "luckor" in page.text


@pytest.mark.parametrize(
    ("line", "errors"),
    [
        ("9999;provisum;i drift;2019-01-01;Avtal;;;", [(2, "kommunkod")]),
        ("0182;okand;i drift;2019-01-01;Avtal;;;", [(2, "tjanst")]),
        ("0182;provisum;vilande;2019-01-01;Avtal;;;", [(2, "tillstand")]),
        ("0182;provisum;i drift;2019-13-01;Avtal;;;", [(2, "startdag")]),
        ("0182;provisum;i drift;;;;;kanske", [(2, "kalla"), (2, "plats"), (2, "startdag")]),
        ("0182;provisum;uppsagd;2019-01-01;Avtal;;;", [(2, "sista_dag")]),
        ("0182;provisum;i drift;2019-01-01;Avtal;2018-01-01;;", [(2, "i_drift")]),
        ("0182;provisum;i drift;2999-01-01;Avtal;;;", [(2, "startdag")]),
        (
            "0182;provisum;i drift;2019-01-01;A;;;\n0182;provisum;i drift;2019-01-01;A;;;",
            [(3, "kommunkod")],
        ),
    ],
)
def test_a_wrong_row_names_line_and_column_and_stops_everything(story, line, errors):
    content = GOOD.splitlines()[0] + "\n" + line
    result = import_takeovers(by=story.handler, content=content.encode(), dry_run=False)
    assert [(at, column) for at, column, __ in result.errors] == errors
    assert not Participation.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"kommunkod;fel\n", b"\xef\xbb\xbf"])
def test_a_file_that_is_no_such_list(story, content):
    assert import_takeovers(by=story.handler, content=content).errors


def test_takeover_by_http(story, browser):
    client = browser("service_manager")

    def send(content, **more):
        file = io.BytesIO(content)
        file.name = "lista.csv"
        return client.post("/kansli/anslutningar/ta-over/", {"file": file, **more})

    assert send(GOOD.encode()).status_code == OK
    assert send(b"fel").status_code == WRONG
    assert not Participation.objects.exists()
    assert send(GOOD.encode(), for_real="on").status_code == FOUND
    assert Participation.objects.count() == 2


# --- Sub-processors, reminders ----------------------------------------------------------------
def test_a_change_is_announced_to_every_joined_municipality(story, browser):
    story.in_use()
    client = browser("service_manager")
    assert (
        client.post(
            "/kansli/underbitraden/",
            {
                "nytt-service": story.service.pk,
                "nytt-name": "Drift AB (exempel)",
                "nytt-task": "Drift",
                "nytt-country": "Sverige",
                "nytt-starts_on": "2026-01-01",
            },
        ).status_code
        == FOUND
    )
    assert SubProcessor.objects.get().country == "Sverige"
    today = timezone.localdate()
    data = {
        "what": "change",
        "andring-service": story.service.pk,
        "andring-text": "Nytt",
        "andring-object_by": today,
        "andring-takes_effect_on": today,
    }
    assert client.post("/kansli/underbitraden/", data).status_code == WRONG
    later = {
        "andring-object_by": today + timedelta(days=30),
        "andring-takes_effect_on": today + timedelta(days=30),
    }
    assert client.post("/kansli/underbitraden/", data | later).status_code == FOUND
    assert SubProcessorChange.objects.get().answers.count() == 1
    assert set(
        Notification.objects.filter(kind="joining-sub-processor").values_list(
            "user__email", flat=True
        )
    ) == {"coordinator@own.exempel.invalid", "business_owner@own.exempel.invalid"}


def test_reminders_come_once_at_each_stage(story):
    row = story.terminated()
    last = row.ends_on

    def told():
        return Notification.objects.filter(
            kind="joining-deadline",
            user=story.world["own:coordinator"],
            dedupe_key__startswith="end-",
        ).count()

    remind_of_days(today=last - timedelta(days=91))
    assert told() == 0
    for days, expected in ((90, 1), (89, 1), (29, 2), (7, 3), (0, 3)):
        remind_of_days(today=last - timedelta(days=days))
        assert told() == expected, days


def test_what_is_left_after_the_last_day_is_reminded_of(story):
    row = story.winding_up()
    last = row.ends_on

    def told():
        rows = Notification.objects.filter(
            user=story.world["own:coordinator"], dedupe_key__startswith="left-"
        )
        return [key.split("-")[1] for key in rows.values_list("dedupe_key", flat=True)]

    remind_of_days(today=last)
    assert told() == []
    remind_of_days(today=last + timedelta(days=1))
    remind_of_days(today=last + timedelta(days=29))
    assert told() == ["data_returned_on"]
    remind_of_days(today=last + timedelta(days=31))
    assert len(told()) == 2
    story.wind_up(row)
    remind_of_days(today=last + timedelta(days=90))
    assert len(told()) == 2
