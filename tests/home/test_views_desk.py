"""Min sida and the municipality's own desk."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from core import agenda
from core.actions import SYSTEM
from core.agenda import Task, tasks_for
from home.context_processors import has_userbar
from members.actions.invitations import invite
from members.desk import DESK_QUERIES, TASK_QUERIES, fill_municipality, list_tasks
from members.models import Invitation, Municipality, RepresentativeRole
from tests.factories.members import give


def test_tasks_come_in_order_of_date(monkeypatch):
    monkeypatch.setattr(agenda, "_sources", [])
    later, sooner, some_day = (
        Task("senare", "/", "x", date(2026, 2, 1)),
        Task("snart", "/", "x", date(2026, 1, 1)),
        Task("någon dag", "/", "x"),
    )
    agenda.register(lambda _user: [later, some_day], queries=0)
    agenda.register(lambda _user: [sooner], queries=1)
    assert tasks_for(None) == [sooner, later, some_day]
    assert agenda.budget() == 1


def test_anonymous_is_led_to_login(client, db):
    assert client.get("/min-sida/").status_code == 302


def test_whoever_has_no_assignment_is_told(client, world):
    client.force_login(world["nobody"])
    page = client.get("/min-sida/").content.decode()
    assert "Inget väntar på dig" in page
    assert "Du har inget uppdrag" in page


def test_roles_and_ways_on_are_shown(client, world):
    client.force_login(world["administrator"])
    page = client.get("/min-sida/").content.decode()
    assert "Administratör" in page
    assert 'href="/kansli/"' in page
    assert 'href="/cms/"' in page
    client.force_login(world["own:reader"])
    page = client.get("/min-sida/").content.decode()
    assert "Läsare" in page
    assert 'href="/kommuner/0182/kollegor/"' in page
    assert 'href="/kansli/"' not in page


def test_a_coordinator_has_the_gaps_and_expired_invitations_as_tasks(world):
    RepresentativeRole.objects.filter(
        representative__organisation=world.own, role="technical_contact"
    ).update(ends_on="2020-02-01")
    for organisation in (world.own, world.other):
        invite(by=SYSTEM, email="a@exempel.invalid", organisation=organisation, roles=["reader"])
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    expired, gap = tasks_for(world["own:coordinator"])
    assert (expired.source, expired.due_on) == (
        "members.invitation_expired",
        timezone.localdate() - timedelta(days=1),
    )
    assert (gap.title, gap.url) == ("Nacka saknar: teknisk kontakt", "/kommuner/0182/kollegor/")
    assert tasks_for(world["own:reader"]) == []


def test_tasks_keep_their_budget(world, django_assert_num_queries):
    give(world.people["own:coordinator"], world.other, "coordinator")
    user = world["own:coordinator"]
    user.standing  # noqa: B018 - read beforehand, as the middleware does
    with django_assert_num_queries(TASK_QUERIES):
        list_tasks(user)


@pytest.mark.parametrize("who", ["own:reader", "own:coordinator", "auditor"])
def test_the_desk_is_shown_to_those_concerned(world, who, django_assert_max_num_queries):
    municipality = Municipality.objects.select_related("organisation").get(code="0182")
    user = world[who]
    user.standing  # noqa: B018 - read beforehand, as the middleware does
    with django_assert_max_num_queries(DESK_QUERIES):
        template, context = fill_municipality(municipality, user)
    assert template == "members/municipality_desk.html"
    assert len(context["desk"].colleagues) == 8


@pytest.mark.parametrize("who", ["nobody", "other:coordinator"])
def test_the_desk_is_hidden_from_others(world, who):
    municipality = Municipality.objects.get(code="0182")
    assert fill_municipality(municipality, world[who]) is None


def test_two_roles_cost_at_most_three_queries_more_than_anonymous(client, world):
    """Session, account and standing; unread notifications are the fourth, for who shows them."""
    give(world.people["own:reader"], world.other, "reader")
    address = "/personuppgifter/register/"
    client.get(address)
    with CaptureQueriesContext(connection) as anonymous:
        client.get(address)
    client.force_login(world["own:reader"])
    with CaptureQueriesContext(connection) as signed_in:
        client.get(address)
    assert len(signed_in) <= len(anonymous) + 4


@pytest.mark.parametrize(
    ("address", "who", "expected"),
    [
        ("/", "administrator", True),
        ("/om/", "editor", True),
        ("/min-sida/", "administrator", False),
        ("/kansli/logg/", "administrator", False),
        ("/", "own:coordinator", False),
    ],
)
def test_the_userbar_is_for_pages_that_can_be_edited(rf, world, address, who, expected):
    request = rf.get(address)
    request.user, request.resolver_match = world[who], resolve(address)
    assert has_userbar(request) is expected


def test_a_preview_keeps_the_userbar(rf, world):
    request = rf.get("/")
    request.user = world["editor"]
    assert has_userbar(request)
