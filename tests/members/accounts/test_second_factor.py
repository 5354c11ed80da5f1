"""Who must log in in two steps, and what stands open to whoever has not."""

import time

import pytest
from django.conf import settings

from members import second_factor
from members.states import SECOND_FACTOR_ROLES, Role
from tests.factories.members import UserFactory
from tests.members.accounts.conftest import app_of, code_of, give, person

pytestmark = pytest.mark.django_db

SET_UP = "/konto/2fa/"


@pytest.fixture
def editor():
    """Whoever may enter the CMS: the group that an editor's role gives is made elsewhere."""
    return person(is_superuser=True)


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR_ROLES))
def test_a_role_that_needs_it_is_led_to_set_it_up(client, role) -> None:
    user = person()
    give(user, role)
    client.force_login(user, second_factor=False)

    for address in ("/konto/", "/konto/sessions/", "/min-sida/", "/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (302, SET_UP), address
    page = client.get(SET_UP)
    assert page.status_code == 200
    assert "Din roll kräver inloggning i två steg" in page.content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - SECOND_FACTOR_ROLES))
def test_other_roles_are_only_offered_it(client, role) -> None:
    user = person()
    give(user, role)
    client.force_login(user, second_factor=False)

    assert client.get("/konto/").status_code == 200


def test_what_stands_open_on_the_way_to_it(client) -> None:
    user = person()
    give(user, "signatory")
    client.force_login(user, second_factor=False)

    assert client.get("/konto/2fa/webauthn/add/")["Location"].startswith("/konto/reauthenticate/")
    assert client.get("/konto/reauthenticate/").status_code == 200
    assert client.get("/konto/logout/").status_code == 200
    assert client.post("/konto/logout/")["Location"] == "/"


def test_a_role_given_or_taken_counts_from_the_next_request(client) -> None:
    user = person()
    client.force_login(user, second_factor=False)
    assert client.get("/konto/").status_code == 200

    role = give(user, "signatory")
    assert client.get("/konto/")["Location"] == SET_UP

    role.delete()
    assert client.get("/konto/").status_code == 200


def test_goes_on_once_the_app_is_connected(client, log_in) -> None:
    user = person()
    give(user, "signatory")
    assert log_in(user).status_code == 302
    page = client.get("/konto/2fa/totp/activate/")

    client.post("/konto/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)})

    assert client.get("/konto/2fa/recovery-codes/").status_code in {200, 302}


def test_a_session_that_never_showed_it_is_asked_for_it(client) -> None:
    user = person()
    give(user, "signatory")
    app_of(user)
    client.force_login(user, second_factor=False)

    answer = client.get("/konto/sessions/?sida=1")

    assert answer["Location"] == "/konto/2fa/reauthenticate/?next=%2Fkonto%2Fsessions%2F%3Fsida%3D1"


def test_an_upper_app_may_demand_it(client, monkeypatch) -> None:
    monkeypatch.setattr(second_factor, "_reasons", [])
    user = person()
    second_factor.require_for(lambda someone: someone.pk == user.pk)
    client.force_login(user, second_factor=False)

    assert client.get("/konto/")["Location"] == SET_UP
    assert not second_factor.needs_second_factor(UserFactory())


def test_whoever_has_no_place_in_the_cms_is_refused(client) -> None:
    client.force_login(person())

    assert client.get("/cms/").status_code == 403


def test_the_cms_leads_strangers_to_the_one_login(client) -> None:
    answer = client.get("/cms/pages/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/konto/login/?next=")


def test_the_cms_asks_whoever_has_not_shown_a_second_factor(client, editor) -> None:
    client.force_login(editor, second_factor=False)
    assert client.get("/cms/")["Location"] == SET_UP

    app_of(editor)
    assert client.get("/cms/")["Location"] == "/konto/2fa/reauthenticate/?next=%2Fcms%2F"


def test_a_second_factor_of_today_opens_the_cms(client, editor, root) -> None:
    app_of(editor)
    client.force_login(editor)

    assert client.get("/cms/").status_code == 200


def test_the_cms_asks_again_the_next_day_but_saves_what_is_being_written(client, editor) -> None:
    app_of(editor)
    day = settings.CMS_SECOND_FACTOR_AGE
    client.force_login(editor, at=time.time() - day - 60)

    assert client.get("/cms/")["Location"].startswith("/konto/2fa/reauthenticate/")
    assert client.post("/cms/account/").status_code == 200

    client.force_login(editor, at=time.time() - day - settings.CMS_SECOND_FACTOR_GRACE - 60)
    assert client.post("/cms/account/")["Location"].startswith("/konto/2fa/reauthenticate/")


def test_showing_the_code_again_opens_the_cms(client, editor, root) -> None:
    secret = app_of(editor)
    client.force_login(editor, second_factor=False)

    answer = client.post("/konto/2fa/reauthenticate/?next=/cms/", {"code": code_of(secret)})

    assert answer["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200
