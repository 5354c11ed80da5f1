"""The planned first day of use, and what becomes of a change of sub-processor."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from catalogue.actions import onboarding, sub_processors
from catalogue.actions.sub_processors import Arrival
from catalogue.models import Participation, SubProcessor, SubProcessorChange
from catalogue.portfolio import portfolio_of
from core.exceptions import RuleBroken
from members.models import Municipality
from notifications.models import Notification
from tests.clients import TwoStepClient

WRONG, FOUND = 422, 302
COMES = Arrival("Moln AB (exempel)", "Lagring", "Sverige")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def browser(story):
    def as_(who):
        client = TwoStepClient()
        client.force_login(story.world[who])
        return client

    return as_


def told(kind):
    rows = Notification.objects.filter(kind=kind)
    return sorted(rows.values_list("user__email", flat=True))


# --- The planned first day of use --------------------------------------------------------------
def test_the_office_plans_the_day_and_both_sides_see_it(story, browser):
    row = story.onboarding()
    day = timezone.localdate() + timedelta(days=40)
    office = browser("service_manager")
    address = f"/anslutningar/{row.pk}/gor/driftstart/"
    assert office.post(address, {"go_live_on": day.isoformat()}).status_code == FOUND
    row.refresh_from_db()
    assert row.go_live_on == day
    assert row.changes.get(field="go_live_on").new == str(day)
    assert told("joining-go-live") == [
        "business_owner@own.exempel.invalid",
        "coordinator@own.exempel.invalid",
    ]
    own = browser("own:coordinator")
    assert "Planerad driftstart" in own.get(row.get_absolute_url()).content.decode()
    board = office.get("/kansli/anslutningar/inforanden/").content.decode()
    assert "Driftstart planerad:" in board
    assert 'class="goal"' in board
    municipality = Municipality.objects.get(organisation=story.world.own)
    deadlines = {(d.text, d.on, d.late) for d in portfolio_of(municipality).deadlines}
    assert ("Planerad driftstart", day, False) in deadlines
    calendar = own.get(f"/kommuner/{municipality.code}/portfolj.ics").content.decode()
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in calendar
    onboarding.plan_go_live(by=story.handler, participation=row, go_live_on=None)
    row.refresh_from_db()
    assert row.go_live_on is None


def test_a_plan_that_has_passed_is_late_until_it_comes_true(story):
    row = story.onboarding()
    day = timezone.localdate() - timedelta(days=1)
    Participation.objects.filter(pk=row.pk).update(go_live_on=day)
    municipality = Municipality.objects.get(organisation=story.world.own)
    assert any(d.late and d.on == day for d in portfolio_of(municipality).deadlines)
    Participation.objects.filter(pk=row.pk).update(production_on=timezone.localdate())
    assert not any(d.on == day for d in portfolio_of(municipality).deadlines)


def test_a_day_that_cannot_be_is_refused_at_the_field(story, browser):
    row = story.onboarding()
    address = f"/anslutningar/{row.pk}/gor/driftstart/"
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = browser("service_manager").post(address, {"go_live_on": yesterday.isoformat()})
    assert answer.status_code == WRONG
    page = answer.content.decode()
    assert "Dagen har passerat." in page
    assert yesterday.isoformat() in page
    Participation.objects.filter(pk=row.pk).update(starts_on=timezone.localdate() + timedelta(9))
    with pytest.raises(RuleBroken, match="innan avtalet gäller"):
        onboarding.plan_go_live(
            by=story.handler, participation=row, go_live_on=timezone.localdate()
        )


def test_only_the_office_plans_and_only_ahead_of_use(story):
    row = story.in_use()
    day = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RuleBroken, match="before the service is in use"):
        onboarding.plan_go_live(by=story.handler, participation=row, go_live_on=day)
    with pytest.raises(PermissionDenied):
        onboarding.plan_go_live(by=story.runner, participation=row, go_live_on=day)


# --- What becomes of a change of sub-processor -------------------------------------------------
@pytest.fixture
def old(story):
    return sub_processors.register_sub_processor(
        by=story.handler,
        service=story.service,
        name="Drift AB (exempel)",
        task="Drift",
        country="Sverige",
        starts_on=timezone.localdate() - timedelta(days=100),
    )


@pytest.fixture
def change(story, old):
    story.in_use()
    today = timezone.localdate()
    return sub_processors.announce_change(
        by=story.handler,
        service=story.service,
        text="Lagringen flyttar.",
        object_by=today + timedelta(days=30),
        takes_effect_on=today + timedelta(days=60),
    )


def time_is_out(change):
    today = timezone.localdate()
    SubProcessorChange.objects.filter(pk=change.pk).update(
        announced_on=today - timedelta(days=40),
        object_by=today - timedelta(days=1),
        takes_effect_on=today,
    )
    change.refresh_from_db()


def answer(story, change, value, reason=""):
    row = Participation.objects.get()
    sub_processors.answer_change(
        by=story.runner, participation=row, change=change, answer=value, reason=reason
    )


def test_what_is_carried_through_is_in_the_register(story, change, old):
    answer(story, change, "accepts")
    sub_processors.decide_change(
        by=story.handler, change=change, outcome="carried", comes=COMES, leaves=old
    )
    old.refresh_from_db()
    change.refresh_from_db()
    assert old.ends_on == change.takes_effect_on - timedelta(days=1)
    new = SubProcessor.objects.get(name=COMES.name)
    assert (new.task, new.country, new.starts_on, new.ends_on) == (
        "Lagring",
        "Sverige",
        change.takes_effect_on,
        None,
    )
    assert (change.outcome, change.decided_on) == ("carried", timezone.localdate())
    assert told("joining-sub-processor-decided") == [
        "business_owner@own.exempel.invalid",
        "coordinator@own.exempel.invalid",
    ]


def test_there_is_time_to_object_until_everyone_has_answered_or_the_day_is_out(story, change, old):
    def decide():
        sub_processors.decide_change(by=story.handler, change=change, outcome="carried", leaves=old)

    with pytest.raises(RuleBroken, match="still time to object"):
        decide()
    time_is_out(change)
    decide()
    with pytest.raises(RuleBroken, match="already done"):
        decide()


def test_an_objection_has_a_notice_of_its_own_and_must_be_weighed(story, change, old):
    answer(story, change, "objects", "Vi behöver se var uppgifterna lagras.")
    assert told("joining-objection")
    assert not told("joining-message")
    with pytest.raises(RuleBroken, match="Somebody objects"):
        sub_processors.decide_change(by=story.handler, change=change, outcome="carried", leaves=old)
    sub_processors.decide_change(
        by=story.handler, change=change, outcome="dropped", reason="Invändningen godtas."
    )
    old.refresh_from_db()
    assert old.ends_on is None
    assert SubProcessor.objects.count() == 1
    with pytest.raises(RuleBroken, match="time to object is over"):
        answer(story, change, "accepts")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"outcome": "carried"}, "Say who comes"),
        ({"outcome": "dropped"}, "Give the reason"),
        ({"outcome": "later"}, "Choose one of the listed"),
    ],
)
def test_a_decision_that_says_nothing_is_refused(story, change, given, message):
    answer(story, change, "accepts")
    with pytest.raises(RuleBroken, match=message):
        sub_processors.decide_change(by=story.handler, change=change, **given)
    change.refresh_from_db()
    assert change.outcome == ""


def test_who_has_left_or_serves_another_service_cannot_leave(story, change, old):
    answer(story, change, "accepts")
    SubProcessor.objects.filter(pk=old.pk).update(ends_on=timezone.localdate())
    with pytest.raises(RuleBroken, match="in force"):
        sub_processors.decide_change(by=story.handler, change=change, outcome="carried", leaves=old)


def test_the_page_decides_and_keeps_what_was_typed(story, change, old, browser):
    answer(story, change, "accepts")
    office = browser("service_manager")
    address = f"/kansli/underbitraden/{change.pk}/besluta/"
    half = office.post(address, {"outcome": "carried", "name": "Halvt AB"})
    assert half.status_code == WRONG
    assert "Halvt AB" in half.content.decode()
    data = {
        "outcome": "carried",
        "name": COMES.name,
        "task": COMES.task,
        "country": COMES.country,
        "leaves": old.pk,
    }
    assert office.post(address, data).status_code == FOUND
    page = office.get("/kansli/underbitraden/").content.decode()
    assert "Genomförd" in page
    own = browser("own:coordinator")
    record = own.get(Participation.objects.get().get_absolute_url()).content.decode()
    assert "Genomförd" in record
    with pytest.raises(PermissionDenied):
        sub_processors.decide_change(by=story.runner, change=change, outcome="dropped", reason="x")
