"""The page behind an invitation's link."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from core.actions import SYSTEM
from members.actions.invitations import invite, revoke_invitation
from members.models import Invitation, User
from members.rules import has_role

NEW = "ny@nacka.exempel.invalid"
FORM = {
    "given_name": "Handläggare",
    "family_name": "(exempel)",
    "password1": "fyra vanliga ord i rad",
    "password2": "fyra vanliga ord i rad",
}


@pytest.fixture
def sent(world):
    invitation, token = invite(by=SYSTEM, email=NEW, organisation=world.own, roles=["reader"])
    return invitation, f"/inbjudan/{token}/"


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_new_person_opens_an_account_and_is_logged_in(client, world, sent):
    address = sent[1]
    assert client.get(address).status_code == 200
    response = client.post(address, FORM)
    assert (response.status_code, response["Location"]) == (302, "/min-sida/")
    user = User.objects.get(email=NEW)
    assert has_role(user, world.own, "reader")
    assert str(user) == "Handläggare (exempel)"
    assert client.get("/min-sida/").status_code == 200
    assert EmailAddress.objects.get(user=user).verified


def test_the_second_step_is_set_up_without_asking_for_the_password_again(client, world):
    _, token = invite(by=SYSTEM, email=NEW, organisation=world.own, roles=["signatory"])
    assert client.post(f"/inbjudan/{token}/", FORM).status_code == 302
    assert client.get("/min-sida/")["Location"] == "/konto/2fa/"
    assert client.get("/konto/2fa/webauthn/add/").status_code == 200
    assert client.get("/konto/2fa/totp/activate/").status_code == 200


def test_the_address_cannot_be_chosen_in_the_form(client, sent):
    client.post(sent[1], FORM | {"email": "annan@exempel.invalid", "is_superuser": "on"})
    user = User.objects.get(email=NEW)
    assert not user.is_superuser
    assert not User.objects.filter(email="annan@exempel.invalid").exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password1": "kort", "password2": "kort"}, "password1"),
        ({"password1": NEW, "password2": NEW}, "password1"),
        ({"password2": "något annat än det första"}, "password2"),
        ({"given_name": ""}, "given_name"),
        ({"family_name": "x" * 101}, "family_name"),
    ],
)
def test_faulty_form_is_shown_again(client, sent, change, field):
    response = client.post(sent[1], FORM | change)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.filter(email=NEW).exists()


def test_account_that_exists_is_asked_to_log_in(client, world):
    _, token = invite(
        by=SYSTEM, email=world["nobody"].email, organisation=world.own, roles=["reader"]
    )
    response = client.get(f"/inbjudan/{token}/")
    assert response.status_code == 200
    assert f"/konto/login/?next=%2Finbjudan%2F{token}%2F" in words(response)
    assert client.post(f"/inbjudan/{token}/", FORM).status_code == 200
    assert not has_role(world["nobody"], world.own, "reader")


def test_account_that_exists_accepts(client, world):
    _, token = invite(
        by=SYSTEM, email=world["nobody"].email, organisation=world.own, roles=["reader"]
    )
    client.force_login(world["nobody"])
    assert client.get(f"/inbjudan/{token}/").status_code == 200
    assert not has_role(world["nobody"], world.own, "reader")
    assert client.post(f"/inbjudan/{token}/").status_code == 302
    assert has_role(world["nobody"], world.own, "reader")


def test_foreign_link(client, world, sent):
    client.force_login(world["other:reader"])
    for answer in (client.get(sent[1]), client.post(sent[1], FORM)):
        assert answer.status_code == 403
        assert "Inbjudan gäller någon annan" in words(answer)
        assert NEW not in words(answer)
    assert not has_role(world["other:reader"], world.own, "reader")


def test_used_link(client, sent):
    client.post(sent[1], FORM)
    client.logout()
    response = client.post(sent[1], FORM)
    assert response.status_code == 410
    assert "Inbjudan har redan godtagits" in words(response)


def test_expired_link(client, sent):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    response = client.post(sent[1], FORM)
    assert response.status_code == 410
    assert "Inbjudan har gått ut" in words(response)
    assert not User.objects.filter(email=NEW).exists()


def test_revoked_link(client, sent):
    revoke_invitation(by=SYSTEM, invitation=sent[0])
    response = client.get(sent[1])
    assert response.status_code == 410
    assert "Inbjudan har dragits tillbaka" in words(response)


@pytest.mark.parametrize(
    "address",
    [
        "/inbjudan/x/",
        "/inbjudan/a.b/",
        "/inbjudan/ö.ö/",
        "/inbjudan/%00/",
        f"/inbjudan/{'a' * 3000}/",
    ],
)
def test_tampered_link(client, db, address):
    response = client.get(address)
    assert response.status_code == 404


def test_link_with_one_character_changed(client, sent):
    response = client.get(sent[1][:-3] + "xy/")
    assert response.status_code == 404
    assert "Länken är skadad" in words(response)


def test_the_page_keeps_its_address_to_itself(client, sent):
    response = client.get(sent[1])
    # Not "no-referrer": then a browser sends the form with "Origin: null", which is refused.
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
