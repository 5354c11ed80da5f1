"""Colleagues of an organisation: who sees, who changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions import SYSTEM
from members.actions.invitations import invite
from members.models import Invitation, Representative
from members.rules import acts_for, has_role
from members.states import MEMBER_ROLES
from tests.factories.members import UserFactory, give

DESK = "/kommuner/0182/kollegor/"
OFFICE = ("administrator", "auditor", "editor", "secretary", "service_manager")
OWN = tuple(f"own:{role}" for role in sorted(MEMBER_ROLES))
OTHERS = ("nobody", *(f"other:{role}" for role in sorted(MEMBER_ROLES)))


@pytest.mark.parametrize("who", [*OWN, *OFFICE])
def test_colleagues_and_the_office_see_the_desk(client, world, who):
    client.force_login(world[who])
    response = client.get(DESK)
    assert response.status_code == 200
    page = response.content.decode()
    assert "reader@own.exempel.invalid" in page
    assert "other.exempel.invalid" not in page
    assert ("Bjud in en kollega" in page) == (who in {"own:coordinator", "administrator"})


@pytest.mark.parametrize("who", OTHERS)
def test_others_do_not_learn_of_it(client, world, who):
    client.force_login(world[who])
    assert client.get(DESK).status_code == 404


def test_anonymous_is_led_to_login(client, world):
    response = client.get(DESK)
    assert (response.status_code, response["Location"]) == (302, f"/konto/login/?next={DESK}")


def test_unknown_organisations_are_not_found(client, world):
    client.force_login(world["administrator"])
    for address in (
        "/kommuner/9999/kollegor/",
        "/kommuner/x/kollegor/",
        "/organisationer/0/kollegor/",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["own:reader", "own:signatory", "auditor", "editor"])
@pytest.mark.parametrize("page", ["bjud-in/", "{pk}/", "{pk}/avsluta/"])
def test_who_may_look_may_not_change(client, world, who, page):
    client.force_login(world[who])
    address = DESK + page.format(pk=world.representative("own:coordinator").pk)
    assert client.get(address).status_code == 403
    assert (
        client.post(address, {"roles": ["reader"], "email": "ny@exempel.invalid"}).status_code
        == 403
    )
    assert has_role(world["own:coordinator"], world.own, "coordinator")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("page", ["", "avsluta/"])
def test_a_colleague_of_another_organisation_is_not_found(client, world, page):
    client.force_login(world["own:coordinator"])
    foreign = world.representative("other:reader")
    for address in (f"{DESK}{foreign.pk}/{page}", f"/kommuner/1281/kollegor/{foreign.pk}/{page}"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"roles": []}).status_code == 404
    assert has_role(world["other:reader"], world.other, "reader")


@pytest.mark.parametrize("page", ["ny-lank/", "aterkalla/"])
def test_an_invitation_to_another_organisation_is_not_found(client, world, page):
    foreign, _ = invite(
        by=SYSTEM, email="ny@exempel.invalid", organisation=world.other, roles=["reader"]
    )
    client.force_login(world["own:coordinator"])
    for desk in (DESK, "/kommuner/1281/kollegor/"):
        assert client.post(f"{desk}inbjudningar/{foreign.pk}/{page}").status_code == 404
    assert Invitation.objects.waiting().get() == foreign


def test_coordinator_invites(client, world):
    client.force_login(world["own:coordinator"])
    assert client.get(f"{DESK}bjud-in/").status_code == 200
    response = client.post(
        f"{DESK}bjud-in/", {"email": "Ny@Exempel.invalid", "roles": ["signatory", "reader"]}
    )
    assert (response.status_code, response["Location"]) == (302, DESK)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.organisation) == ("ny@exempel.invalid", world.own)
    assert "ny@exempel.invalid" in client.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"email": "", "roles": ["reader"]}, "email"),
        ({"email": "inte en adress", "roles": ["reader"]}, "email"),
        ({"email": "аdmin@nacka.se", "roles": ["reader"]}, "email"),
        ({"email": "ny@exempel.invalid"}, "roles"),
        ({"email": "ny@exempel.invalid", "roles": ["administrator"]}, "roles"),
        ({"email": "reader@own.exempel.invalid", "roles": ["reader"]}, "email"),
    ],
)
def test_faulty_invitation_is_shown_again(client, world, data, field):
    client.force_login(world["own:coordinator"])
    response = client.post(f"{DESK}bjud-in/", data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Invitation.objects.exists()


def test_coordinator_changes_roles(client, world):
    client.force_login(world["own:coordinator"])
    pk = world.representative("own:reader").pk
    assert client.get(f"{DESK}{pk}/").context["form"].initial == {"roles": ["reader"]}
    client.post(f"{DESK}{pk}/", {"roles": ["signatory", "finance_contact"]})
    roles = Representative.objects.get(pk=pk).roles.on().values_list("role", flat=True)
    assert sorted(roles) == ["finance_contact", "signatory"]


def test_changed_role_counts_from_the_next_request(client, world):
    client.force_login(world["own:signatory"])
    assert client.get(f"{DESK}bjud-in/").status_code == 403
    give(world.people["own:signatory"], world.own, "coordinator")
    assert client.get(f"{DESK}bjud-in/").status_code == 200
    Representative.objects.get(user=world.people["own:signatory"]).roles.update(
        starts_on="2020-01-01", ends_on="2020-01-02"
    )
    assert client.get(f"{DESK}bjud-in/").status_code == 404


def test_coordinator_ends_a_colleague(client, world):
    client.force_login(world["own:coordinator"])
    pk = world.representative("own:reader").pk
    assert client.get(f"{DESK}{pk}/avsluta/").status_code == 200
    assert acts_for(world["own:reader"], world.own)
    client.post(f"{DESK}{pk}/avsluta/", {"ends_on": ""})
    assert not acts_for(world["own:reader"], world.own)


@pytest.mark.parametrize("day", ["2020-01-01", "i morgon"])
def test_faulty_last_day_is_shown_again(client, world, day):
    client.force_login(world["own:coordinator"])
    pk = world.representative("own:reader").pk
    response = client.post(f"{DESK}{pk}/avsluta/", {"ends_on": day})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["ends_on"])
    assert acts_for(world["own:reader"], world.own)


def test_coordinator_who_leaves_is_shown_out(client, world):
    give(world.people["own:coordinator"], world.other, "reader")
    client.force_login(world["own:coordinator"])
    pk = Representative.objects.get(user=world.people["own:coordinator"], organisation=world.own).pk
    response = client.post(f"{DESK}{pk}/avsluta/")
    assert (response.status_code, response["Location"]) == (302, "/")


def test_administrator_appoints_the_first_coordinator(client, world):
    client.force_login(world["administrator"])
    client.post(f"{DESK}bjud-in/", {"email": "ny@exempel.invalid", "roles": ["coordinator"]})
    assert Invitation.objects.get().invited_by == world["administrator"]


def test_administrator_gives_a_role_of_the_office(client, world):
    desk = f"/organisationer/{world.office.pk}/kollegor/"
    newcomer = UserFactory()
    give(newcomer, world.office, "reader")
    client.force_login(world["administrator"])
    pk = Representative.objects.get(user=newcomer).pk
    client.post(f"{desk}{pk}/", {"roles": ["reader", "editor"]})
    assert [g.name for g in newcomer.groups.all()] == ["Editors"]


def test_coordinator_of_the_office_leaves_its_roles_alone(client, world):
    coordinator = UserFactory()
    give(coordinator, world.office, "coordinator")
    client.force_login(coordinator)
    desk = f"/organisationer/{world.office.pk}/kollegor/"
    pk = world.representative("editor").pk
    assert client.post(f"{desk}{pk}/", {"roles": ["reader", "administrator"]}).status_code == 422
    assert client.post(f"{desk}{pk}/", {"roles": ["reader"]}).status_code == 302
    roles = Representative.objects.get(pk=pk).roles.on().values_list("role", flat=True)
    assert sorted(roles) == ["editor", "reader"]


def test_gaps_are_shown(client, world):
    world.representative("own:technical_contact").roles.update(
        starts_on="2020-01-01", ends_on="2020-01-02"
    )
    client.force_login(world["own:reader"])
    page = client.get(DESK).content.decode()
    assert "Teknisk kontakt saknas" in page
    assert "Samordnare saknas" not in page


def test_queries_do_not_grow_with_the_list(client, world):
    client.force_login(world["own:coordinator"])
    with CaptureQueriesContext(connection) as few:
        client.get(DESK)
    for number in range(20):
        give(UserFactory(), world.own, "reader")
        invite(
            by=SYSTEM, email=f"p{number}@exempel.invalid", organisation=world.own, roles=["reader"]
        )
    with CaptureQueriesContext(connection) as many:
        client.get(DESK)
    assert len(many) == len(few) + 1  # The roles of the invitations, now that there are any.
