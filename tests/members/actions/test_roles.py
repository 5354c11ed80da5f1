"""Roles are given and taken by those who may."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from core.models import AuditEntry
from members.actions.roles import end_role, give_role
from members.models import RepresentativeRole
from members.rules import has_office_role, has_role
from members.states import MEMBER_ROLES, OFFICE_ROLES
from tests.factories.members import RepresentativeFactory, UserFactory, give

ALLOWED_MEMBER = {"own:coordinator", "administrator"}
EVERYONE = [
    "nobody",
    *(f"{place}:{role}" for place in ("own", "other") for role in sorted(MEMBER_ROLES)),
    *sorted(OFFICE_ROLES),
]


@pytest.mark.parametrize("who", EVERYONE)
def test_give_role_of_the_organisation(world, who):
    newcomer = RepresentativeFactory(organisation=world.own)
    if who in ALLOWED_MEMBER:
        given = give_role(by=world[who], representative=newcomer, role="reader")
        assert (given.role, given.starts_on) == ("reader", timezone.localdate())
    else:
        with pytest.raises(PermissionDenied):
            give_role(by=world[who], representative=newcomer, role="reader")
        assert newcomer.roles.count() == 0


@pytest.mark.parametrize("who", EVERYONE)
def test_give_role_of_the_office(world, who):
    newcomer = RepresentativeFactory(organisation=world.office)
    if who == "administrator":
        assert give_role(by=world[who], representative=newcomer, role="editor").role == "editor"
    else:
        with pytest.raises(PermissionDenied):
            give_role(by=world[who], representative=newcomer, role="editor")
        assert newcomer.roles.count() == 0


@pytest.mark.parametrize("who", EVERYONE)
def test_end_role_of_the_organisation(world, who):
    role = RepresentativeRole.objects.get(representative=world.representative("own:signatory"))
    if who in ALLOWED_MEMBER:
        end_role(by=world[who], role=role)
        assert not has_role(world["own:signatory"], world.own, "signatory")
    else:
        with pytest.raises(PermissionDenied):
            end_role(by=world[who], role=role)
        assert has_role(world["own:signatory"], world.own, "signatory")


def test_the_coordinator_of_the_office_gives_no_office_role(world):
    coordinator = UserFactory()
    give(coordinator, world.office, "coordinator")
    newcomer = RepresentativeFactory(organisation=world.office)
    with pytest.raises(PermissionDenied):
        give_role(by=coordinator, representative=newcomer, role="administrator")


def test_office_role_brings_and_takes_the_cms_group(world):
    newcomer = RepresentativeFactory(organisation=world.office)
    role = give_role(by=SYSTEM, representative=newcomer, role="editor")
    assert [g.name for g in newcomer.user.groups.all()] == ["Editors"]
    end_role(by=SYSTEM, role=role)
    assert list(newcomer.user.groups.all()) == []


def test_auditor_has_no_place_in_the_cms(world):
    newcomer = RepresentativeFactory(organisation=world.office)
    give_role(by=SYSTEM, representative=newcomer, role="auditor")
    assert list(newcomer.user.groups.all()) == []


def test_office_role_in_a_municipality_is_refused(world):
    newcomer = RepresentativeFactory(organisation=world.own)
    with pytest.raises(RuleBroken) as refusal:
        give_role(by=SYSTEM, representative=newcomer, role="editor")
    assert refusal.value.field == "role"


def test_role_held_already_is_refused(world):
    with pytest.raises(RuleBroken):
        give_role(by=SYSTEM, representative=world.representative("own:reader"), role="reader")


def test_unknown_role_is_refused(world):
    with pytest.raises(RuleBroken):
        give_role(by=SYSTEM, representative=world.representative("own:reader"), role="king")


def test_role_counts_within_its_period_alone(world):
    newcomer = RepresentativeFactory(organisation=world.own)
    today = timezone.localdate()
    give_role(
        by=SYSTEM,
        representative=newcomer,
        role="signatory",
        starts_on=today + timedelta(days=1),
        ends_on=today + timedelta(days=2),
    )
    standing = RepresentativeRole.objects.standing
    held = [standing(newcomer.user, today + timedelta(days=n)).holds("signatory") for n in range(4)]
    assert held == [False, True, True, False]


def test_role_outside_the_representation_is_refused(world):
    newcomer = RepresentativeFactory(
        organisation=world.own, starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31)
    )
    with pytest.raises(RuleBroken):
        give_role(by=SYSTEM, representative=newcomer, role="reader")


def test_role_ended_at_once_does_not_count_today_but_did_yesterday(world):
    role = RepresentativeRole.objects.get(representative=world.representative("editor"))
    end_role(by=world["administrator"], role=role)
    user = world["editor"]
    assert not has_office_role(user, "editor")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert RepresentativeRole.objects.standing(user, yesterday).holds("editor")


def test_role_ended_at_once_can_be_given_again_the_same_day(world):
    representative = world.representative("own:reader")
    end_role(by=SYSTEM, role=representative.roles.get())
    give_role(by=SYSTEM, representative=representative, role="reader")
    assert has_role(world["own:reader"], world.own, "reader")


def test_role_ended_twice_is_refused(world):
    role = RepresentativeRole.objects.get(representative=world.representative("own:reader"))
    end_role(by=SYSTEM, role=role)
    with pytest.raises(RuleBroken):
        end_role(by=SYSTEM, role=role)


def test_last_administrator_stays(world):
    role = RepresentativeRole.objects.get(representative=world.representative("administrator"))
    with pytest.raises(RuleBroken):
        end_role(by=world["administrator"], role=role)
    give(UserFactory(), world.office, "administrator")
    end_role(by=world["administrator"], role=role)
    assert not has_office_role(world["administrator"], "administrator")


def test_roles_are_logged(world):
    representative = world.representative("own:reader")
    coordinator = world["own:coordinator"]
    role = give_role(by=coordinator, representative=representative, role="signatory")
    end_role(by=coordinator, role=role)
    ended, given = AuditEntry.objects.all()[:2]
    assert (given.event, given.actor_id, given.acting_for_id, given.subject_id) == (
        "role_given",
        coordinator.pk,
        world.own.pk,
        representative.user_id,
    )
    assert given.new["role"] == "signatory"
    assert (ended.event, ended.old["role"], ended.new["at_once"]) == (
        "role_ended",
        "signatory",
        True,
    )
