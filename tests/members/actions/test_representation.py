"""A person begins and ceases to act for an organisation."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core import events
from core.actions import SYSTEM
from core.exceptions import RuleBroken
from members.actions.invitations import invite
from members.actions.representation import end_representation, start_representation
from members.events import RepresentationEnded
from members.models import Invitation, Representative, RepresentativeRole, User
from members.rules import acts_for
from tests.factories.members import UserFactory, give
from tests.members.actions.test_roles import EVERYONE

ALLOWED = {"own:coordinator", "administrator"}


@pytest.fixture
def heard():
    facts = []
    with events.subscribed(RepresentationEnded, facts.append):
        yield facts


@pytest.mark.parametrize("who", EVERYONE)
def test_start_representation(world, who):
    user = UserFactory()
    if who in ALLOWED:
        started = start_representation(by=world[who], user=user, organisation=world.own)
        assert (started.starts_on, started.ends_on) == (timezone.localdate(), None)
    else:
        with pytest.raises(PermissionDenied):
            start_representation(by=world[who], user=user, organisation=world.own)
        assert not Representative.objects.filter(user=user).exists()


@pytest.mark.parametrize("who", EVERYONE)
def test_end_representation(world, who, heard):
    leaving = world.representative("own:reader")
    if who in ALLOWED:
        end_representation(by=world[who], representative=leaving)
        assert not acts_for(world["own:reader"], world.own)
    else:
        with pytest.raises(PermissionDenied):
            end_representation(by=world[who], representative=leaving)
        assert acts_for(world["own:reader"], world.own)
        assert heard == []


def test_coordinator_cannot_end_a_colleague_of_the_office(world):
    coordinator = UserFactory()
    give(coordinator, world.office, "coordinator")
    with pytest.raises(PermissionDenied):
        end_representation(by=coordinator, representative=world.representative("editor"))
    assert acts_for(world["editor"], world.office)


def test_the_fact_is_published_with_ids_and_date(world, heard):
    leaving = world.representative("own:reader")
    end_representation(by=SYSTEM, representative=leaving)
    assert heard == [
        RepresentationEnded(leaving.pk, leaving.user_id, world.own.pk, timezone.localdate())
    ]


def test_a_coming_end_is_published_when_it_is_decided(world, heard):
    leaving = world.representative("own:reader")
    last = timezone.localdate() + timedelta(days=30)
    end_representation(by=SYSTEM, representative=leaving, on=last)
    assert heard == [RepresentationEnded(leaving.pk, leaving.user_id, world.own.pk, last)]
    standing = RepresentativeRole.objects.standing
    held = [bool(standing(leaving.user, last + timedelta(days=n)).held) for n in (0, 1)]
    assert held == [True, False]


def test_an_end_known_from_the_start_is_published(world, heard):
    last = timezone.localdate() + timedelta(days=30)
    started = start_representation(
        by=SYSTEM, user=world["nobody"], organisation=world.own, ends_on=last
    )
    assert heard == [RepresentationEnded(started.pk, started.user_id, world.own.pk, last)]


def test_a_failing_subscriber_undoes_the_end(world):
    def fail(fact):
        raise ValueError

    with (
        events.subscribed(RepresentationEnded, fail),
        pytest.raises(ValueError, match="^$"),
    ):
        end_representation(by=SYSTEM, representative=world.representative("own:reader"))
    assert acts_for(world["own:reader"], world.own)


def test_sessions_die_at_once_when_nothing_is_left(world, client):
    client.force_login(world["own:reader"])
    assert client.get("/min-sida/mina-uppgifter/").status_code == 200
    end_representation(by=SYSTEM, representative=world.representative("own:reader"))
    assert client.get("/min-sida/mina-uppgifter/").status_code == 302


def test_sessions_live_while_another_role_is_left(world, client):
    give(world.people["own:reader"], world.other, "reader")
    client.force_login(world["own:reader"])
    leaving = Representative.objects.get(user=world.people["own:reader"], organisation=world.own)
    end_representation(by=SYSTEM, representative=leaving)
    assert client.get("/min-sida/mina-uppgifter/").status_code == 200


def test_history_keeps_the_name(world):
    leaving = world.representative("own:reader")
    name = str(leaving.user)
    end_representation(by=SYSTEM, representative=leaving)
    kept = Representative.objects.select_related("user__name").get(pk=leaving.pk)
    assert (str(kept.user), kept.roles.count()) == (name, 1)


def test_open_invitations_of_the_person_are_revoked(world):
    user = world["own:reader"]
    invite(by=SYSTEM, email=user.email, organisation=world.own, roles=["signatory"])
    invite(by=SYSTEM, email=user.email, organisation=world.other, roles=["signatory"])
    end_representation(by=SYSTEM, representative=world.representative("own:reader"))
    assert [i.organisation for i in Invitation.objects.waiting()] == [world.other]


def test_a_role_that_begins_after_the_last_day_ends_with_it(world):
    leaving = world.representative("own:reader")
    today = timezone.localdate()
    later = RepresentativeRole.objects.create(
        representative=leaving, role="signatory", starts_on=today + timedelta(days=9)
    )
    end_representation(by=SYSTEM, representative=leaving, on=today + timedelta(days=3))
    later.refresh_from_db()
    assert later.ended_at is not None
    assert not RepresentativeRole.objects.standing(leaving.user, later.starts_on).held


def test_ended_twice_is_refused(world):
    leaving = world.representative("own:reader")
    end_representation(by=SYSTEM, representative=leaving)
    with pytest.raises(RuleBroken):
        end_representation(by=SYSTEM, representative=leaving)


def test_a_day_that_has_passed_is_refused(world):
    leaving = world.representative("own:reader")
    with pytest.raises(RuleBroken) as refusal:
        end_representation(by=SYSTEM, representative=leaving, on=date(2024, 1, 1))
    assert refusal.value.field == "ends_on"


def test_the_same_person_and_organisation_twice_is_refused(world):
    with pytest.raises(RuleBroken):
        start_representation(by=SYSTEM, user=world["own:reader"], organisation=world.own)


def test_a_person_can_return_the_day_it_ended(world):
    user = world["own:reader"]
    end_representation(by=SYSTEM, representative=world.representative("own:reader"))
    start_representation(by=SYSTEM, user=user, organisation=world.own)
    assert Representative.objects.on().filter(user=user).count() == 1


def test_raising_the_generation_changes_what_a_session_is_checked_against(world):
    user = world["own:reader"]
    before = user.get_session_auth_hash()
    User.objects.filter(pk=user.pk).update(session_generation=1)
    assert world["own:reader"].get_session_auth_hash() != before
