"""Fields that a form does not have are not taken from what is sent; security.md 17."""

import pytest

from core.actions import SYSTEM
from members.actions.invitations import invite
from members.models import Invitation, Representative, RepresentativeRole, User
from notifications import kinds
from notifications.models import Preference

DESK = "/kommuner/0182/kollegor/"
PASSWORD = "fyra ord på en rad"
EXTRA = {
    "is_superuser": "on",
    "is_staff": "on",
    "is_active": "on",
    "groups": "1",
    "role": "administrator",
    "state": "used",
    "by": "1",
    "pk": "1",
    "id": "1",
    "starts_on": "2020-01-01",
    "expires_at": "2099-01-01",
}


@pytest.fixture
def extra(world) -> dict[str, str]:
    """Whatever a stranger might wish for, with keys that exist."""
    return EXTRA | {
        "user": str(world["nobody"].pk),
        "invited_by": str(world["administrator"].pk),
        "organisation": str(world.other.pk),
        "organisation_id": str(world.other.pk),
        "municipality": "1281",
        "representative": str(world.representative("other:coordinator").pk),
    }


def test_an_invitation_is_to_the_own_municipality_by_whoever_sends_it(client, world, extra):
    client.force_login(world["own:coordinator"])
    data = extra | {"email": "ny@exempel.invalid", "roles": ["reader"]}
    assert client.post(f"{DESK}bjud-in/", data).status_code == 302
    made = Invitation.objects.get()
    assert made.organisation == world.own
    assert made.invited_by == world["own:coordinator"]
    assert made.expires_at.year < 2099
    assert [row.role for row in made.roles.all()] == ["reader"]


def test_an_account_gets_what_the_invitation_offers(client, world, extra):
    address = "ny@exempel.invalid"
    _, token = invite(by=SYSTEM, email=address, organisation=world.own, roles=["reader"])
    names = {"given_name": "Person", "family_name": "(exempel)"}
    data = extra | names | {"password1": PASSWORD, "password2": PASSWORD, "email": "x@exempel.se"}
    assert client.post(f"/inbjudan/{token}/", data | {"roles": ["coordinator"]}).status_code == 302
    user = User.objects.get(email=address)
    assert (user.is_superuser, user.groups.count()) == (False, 0)
    (made,) = Representative.objects.filter(user=user)
    assert made.organisation == world.own
    assert [row.role for row in made.roles.all()] == ["reader"]
    assert made.starts_on.year > 2020


def test_roles_are_those_of_the_colleague_in_the_address(client, world, extra):
    client.force_login(world["own:coordinator"])
    pk = world.representative("own:reader").pk
    before = set(RepresentativeRole.objects.exclude(representative=pk).values_list("pk", "role"))
    assert client.post(f"{DESK}{pk}/", extra | {"roles": ["signatory"]}).status_code == 302
    after = set(RepresentativeRole.objects.exclude(representative=pk).values_list("pk", "role"))
    assert after == before
    made = Representative.objects.get(pk=pk)
    assert (made.user, made.organisation) == (world["own:reader"], world.own)
    assert [row.role for row in made.roles.on()] == ["signatory"]
    assert {row.starts_on.year for row in made.roles.on()} != {2020}


def test_an_end_concerns_the_colleague_in_the_address(client, world, extra):
    client.force_login(world["own:coordinator"])
    pk = world.representative("own:reader").pk
    client.post(f"{DESK}{pk}/avsluta/", extra | {"ends_on": ""})
    ended = Representative.objects.exclude(ends_on=None).values_list("pk", flat=True)
    assert list(ended) == [pk]


def test_settings_are_saved_for_oneself(client, world, extra):
    client.force_login(world["own:reader"])
    free = {kind.code for kind in kinds.all_kinds() if not kind.mandatory}
    data = extra | dict.fromkeys(free, "site")
    assert client.post("/min-sida/aviseringar/installningar/", data).status_code == 302
    assert set(Preference.objects.values_list("user_id", flat=True)) == {world["own:reader"].pk}
    assert set(Preference.objects.values_list("kind", flat=True)) == free


@pytest.mark.parametrize("address", ["/min-sida/mina-uppgifter/", "/konto/password/change/"])
def test_nobody_makes_themselves_somebody_else(client, world, extra, address):
    client.force_login(world["own:reader"])
    client.post(address, extra | {"email": "x@exempel.se"})
    before = world["own:reader"].email
    user = User.objects.get(pk=world["own:reader"].pk)
    assert (user.email, user.is_superuser, user.groups.count()) == (before, False, 0)
