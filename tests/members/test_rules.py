"""Who may do what: every permission against every role."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actions import SYSTEM, require
from members.models import Membership, Representative, User
from members.rules import (
    acts_for,
    has_office_role,
    has_role,
    is_auditor,
    is_insider,
    is_member,
    is_office,
)
from members.standing import NOBODY, standing_of
from members.states import MEMBER_ROLES, OFFICE_ROLES
from tests.factories.members import OrganisationFactory, UserFactory, give

OWN = {f"own:{role}" for role in MEMBER_ROLES}
OTHER = {f"other:{role}" for role in MEMBER_ROLES}
OFFICE = {str(role) for role in OFFICE_ROLES}
EVERYONE = sorted({"anonymous", "nobody"} | OWN | OTHER | OFFICE)

# permission -> (object, who may)
MATRIX = {
    "members.view_colleagues": ("own", OWN | OFFICE),
    "members.manage_colleagues": ("own", {"own:coordinator", "administrator"}),
    "members.give_member_role": ("own", {"own:coordinator", "administrator"}),
    "members.give_office_role": ("office", {"administrator"}),
    "members.invite_colleague": ("own", {"own:coordinator", "administrator"}),
    "members.view_office": (None, OFFICE),
    "members.view_person": (None, OFFICE),
    "members.view_log": (None, OFFICE),
    "members.view_log_address": (None, {"administrator", "auditor"}),
    "members.register_organisation": (None, {"administrator"}),
    "members.manage_memberships": (None, {"administrator"}),
    "members.anonymise_person": ("own:reader", {"administrator"}),
    "members.use_cms": (None, OFFICE - {"auditor"}),
    "members.import_municipalities": (None, {"administrator"}),
    "members.change_language": ("own:reader", {"own:reader"}),
    "members.export_person": ("own:reader", {"own:reader", "administrator"}),
}


def test_the_matrix_knows_every_permission():
    declared = {name for name in rules.permissions.permissions if name.startswith("members.")}
    assert declared == set(MATRIX)


@pytest.mark.parametrize("permission", sorted(MATRIX))
def test_permission(world, permission):
    about, allowed = MATRIX[permission]
    obj = {None: None, "own": world.own, "office": world.office}.get(about, about)
    obj = world[about] if about == "own:reader" else obj
    users = {who: AnonymousUser() if who == "anonymous" else world[who] for who in EVERYONE}
    answers = {who for who, user in users.items() if rules.has_perm(permission, user, obj)}
    assert answers == allowed


def test_require_names_an_unknown_permission():
    with pytest.raises(KeyError):
        require(AnonymousUser(), "members.fly")
    require(SYSTEM, "members.fly")


def test_a_role_in_one_organisation_says_nothing_of_another(world):
    user = world["own:coordinator"]
    assert has_role(user, world.own, "coordinator")
    assert has_role(user, world.own.pk, "coordinator")
    assert not has_role(user, world.other, "coordinator")
    assert not has_role(user, world.own, "signatory")
    assert acts_for(user, world.own)
    assert not acts_for(user, world.other)
    assert not acts_for(user, None)


def test_has_office_role_asks_for_roles_of_the_office_alone(world):
    assert has_office_role(world["editor"], "editor", "secretary")
    assert not has_office_role(world["editor"], "secretary")
    assert not has_office_role(world["own:coordinator"], "coordinator")


def test_member_is_whoever_acts_for_a_member(world):
    supplier = UserFactory()
    give(supplier, OrganisationFactory(kind="supplier"), "reader")
    assert is_member(world["own:reader"])
    assert not is_member(supplier)
    assert not is_member(world["nobody"])
    assert not is_member(world["editor"])
    assert is_insider(world["editor"])
    assert not is_insider(supplier)


def test_nobody_is_a_member_after_the_membership(world):
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(organisation=world.own).update(ends_on=yesterday)
    assert not is_member(world["own:reader"])
    assert is_member(world["other:reader"])
    assert acts_for(world["own:reader"], world.own)


def test_a_closed_account_has_no_standing(world):
    User.objects.filter(pk=world["administrator"].pk).update(is_active=False)
    assert standing_of(world["administrator"]) is NOBODY
    assert not is_office(world["administrator"])


def test_a_user_of_another_kind_has_no_standing():
    assert standing_of(None) is NOBODY
    assert standing_of(SimpleNamespace(is_authenticated=False)) is NOBODY


def test_an_ended_representation_takes_its_roles_with_it(world):
    Representative.objects.filter(user=world.people["auditor"]).update(ends_on="2020-02-01")
    assert not is_auditor(world["auditor"])


def test_standing_costs_one_query_however_often_it_is_asked(world):
    give(world.people["own:reader"], world.other, "signatory")
    user = world["own:reader"]
    with CaptureQueriesContext(connection) as queries:
        assert [p.name for p in user.standing.parties] == ["Lund", "Nacka"]
        assert [p.code for p in user.standing.parties] == ["1281", "0182"]
        assert has_role(user, world.other, "signatory")
        assert not is_office(user)
        assert user.standing.roles_in(world.own.pk) == {"reader"}
    assert len(queries) == 1
