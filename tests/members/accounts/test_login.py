"""Logging in and out, the second step, and the own account's pages."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from core.actions import deliver_due
from members.models import User
from tests.clients import TwoStepClient
from tests.members.accounts.conftest import PASSWORD, app_of, code_of, give, person

pytestmark = pytest.mark.django_db


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_logs_in_with_e_mail_and_password(client, log_in) -> None:
    answer = log_in(person())

    assert (answer.status_code, answer["Location"]) == (302, "/min-sida/")
    assert signed_in(client)


def test_the_case_of_the_address_does_not_matter(client, log_in) -> None:
    log_in(person(email="kanslist@exempel.invalid").email.upper())

    assert signed_in(client)


def test_a_wrong_password_is_answered_in_swedish_with_422(client, log_in) -> None:
    answer = log_in(person(), password="fel lösenord")

    assert answer.status_code == 422
    assert "E-postadressen eller lösenordet är fel." in answer.content.decode()
    assert not signed_in(client)


def test_a_closed_account_is_told_so_only_with_the_right_password(client, log_in) -> None:
    closed = person(is_active=False)

    assert log_in(closed, password="fel lösenord").status_code == 422
    assert log_in(closed)["Location"] == "/konto/inactive/"
    assert not signed_in(client)


def test_an_unconfirmed_address_gets_a_mail_and_no_login(client, log_in) -> None:
    user = person()
    user.emailaddress_set.update(verified=False)

    answer = log_in(user)

    assert answer["Location"] == "/konto/confirm-email/"
    assert not signed_in(client)
    deliver_due()
    assert [m.to for m in mail.outbox] == [[user.email]]
    link = re.search(r"http://localhost:8000(/konto/confirm-email/\S+/)", mail.outbox[0].body)
    assert client.get(link[1]).status_code == 200
    client.post(link[1])
    log_in(user)
    assert signed_in(client)


def test_an_app_asks_for_its_code_before_the_login(client, log_in) -> None:
    user = person()
    secret = app_of(user)

    assert log_in(user)["Location"] == "/konto/2fa/authenticate/"
    assert not signed_in(client)
    assert client.get("/konto/2fa/authenticate/").status_code == 200
    wrong = client.post("/konto/2fa/authenticate/", {"code": "000000"})
    assert (wrong.status_code, signed_in(client)) == (422, False)
    right = client.post("/konto/2fa/authenticate/", {"code": code_of(secret)})
    assert (right.status_code, signed_in(client)) == (302, True)


def test_a_code_works_once(client, log_in) -> None:
    user = person()
    code = code_of(app_of(user))
    log_in(user)
    client.post("/konto/2fa/authenticate/", {"code": code})
    client.post("/konto/logout/")

    log_in(user)
    again = client.post("/konto/2fa/authenticate/", {"code": code})

    assert (again.status_code, signed_in(client)) == (422, False)


def test_a_recovery_code_works_once(client, log_in) -> None:
    user = person()
    app_of(user)
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    for expected in (302, 422):
        log_in(user)
        answer = client.post("/konto/2fa/authenticate/", {"code": codes[0]})
        assert answer.status_code == expected
        client.post("/konto/logout/")


def test_secrets_are_sealed_in_the_database() -> None:
    user = person()
    secret = app_of(user)

    stored = "".join(str(a.data) for a in Authenticator.objects.filter(user=user))

    assert secret not in stored
    assert Authenticator.objects.get(user=user, type="totp").wrap().validate_code(code_of(secret))


def test_connects_an_app_and_is_not_asked_again_at_once(client, log_in) -> None:
    user = person()
    log_in(user)

    page = client.get("/konto/2fa/totp/activate/")
    assert page.status_code == 200
    answer = client.post(
        "/konto/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)}
    )

    assert answer["Location"] == "/konto/2fa/recovery-codes/"
    assert client.get("/konto/2fa/recovery-codes/").status_code == 200
    assert Authenticator.objects.filter(user=user).count() == 2


def test_a_sensitive_page_asks_again_when_the_login_is_old(client) -> None:
    user = person()
    client.force_login(user, second_factor=False)

    answer = client.get("/konto/2fa/totp/activate/")

    assert answer["Location"].startswith("/konto/reauthenticate/")
    assert client.get(answer["Location"]).status_code == 200
    wrong = client.post(answer["Location"], {"password": "fel lösenord"})
    assert wrong.status_code == 422
    back = client.post(answer["Location"], {"password": PASSWORD})
    assert back["Location"] == "/konto/2fa/totp/activate/"


def test_changes_the_password_and_ends_other_sessions(client, log_in) -> None:
    user = person()
    elsewhere = TwoStepClient()
    elsewhere.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    log_in(user)
    new = "fyra korta ord på rad"

    client.post(
        "/konto/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert client.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302
    deliver_due()
    assert "lösenord" in mail.outbox[-1].subject


def test_turning_off_the_app_ends_other_sessions(client) -> None:
    user = person()
    elsewhere = TwoStepClient()
    elsewhere.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert elsewhere.get("/konto/").status_code == 200
    app_of(user)
    client.force_login(user)

    client.post("/konto/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302


def test_lists_own_sessions_and_logs_out_elsewhere(client, log_in) -> None:
    user = person()
    elsewhere = TwoStepClient(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    elsewhere.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    log_in(user)

    page = client.get("/konto/sessions/").content.decode()
    assert "Firefox, Windows" in page

    client.post("/konto/sessions/")
    assert UserSession.objects.filter(user=user).count() == 1
    assert elsewhere.get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200


def test_a_new_session_id_at_login(client, log_in) -> None:
    client.get("/konto/login/")
    client.session["anything"] = 1
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key

    log_in(person())

    assert client.session.session_key != before
    fixed = Client()
    fixed.cookies["sessionid"] = before
    assert fixed.get("/konto/").status_code == 302


def test_changes_the_address_by_a_link_to_the_new_one(client, log_in) -> None:
    user = person()
    app_of(user)
    client.force_login(user)
    client.post("/konto/email/", {"email": "ny.adress@exempel.invalid", "action_add": "1"})
    assert User.objects.get(pk=user.pk).email == user.email

    deliver_due()
    new = next(m for m in mail.outbox if m.to == ["ny.adress@exempel.invalid"])
    link = re.search(r"http://localhost:8000(/konto/confirm-email/\S+/)", new.body)
    client.post(link[1])

    assert User.objects.get(pk=user.pk).email == "ny.adress@exempel.invalid"
    assert [e.email for e in user.emailaddress_set.all()] == ["ny.adress@exempel.invalid"]


@pytest.mark.parametrize(
    "address",
    ["kans\u0430li@exempel.invalid", "kansli@ex\u0435mpel.invalid", "k\u0131nsli@exempel.invalid"],
)
def test_refuses_an_address_with_letters_that_only_look_alike(client, address) -> None:
    user = person()
    client.force_login(user)

    answer = client.post("/konto/email/", {"email": address, "action_add": "1"})

    assert answer.status_code == 422
    assert "bokstäverna a–z" in answer.content.decode()
    assert user.emailaddress_set.count() <= 1


def test_writes_a_wide_letter_as_the_plain_one(client) -> None:
    user = person()
    client.force_login(user)

    client.post("/konto/email/", {"email": "\uff4bansli@exempel.invalid", "action_add": "1"})

    assert user.emailaddress_set.filter(email="kansli@exempel.invalid").exists()


def test_chooses_a_new_password_by_a_link_that_works_once(client, log_in) -> None:
    user = person()
    client.post("/konto/password/reset/", {"email": user.email})
    deliver_due()
    link = re.search(r"http://localhost:8000(/konto/password/reset/key/\S+/)", mail.outbox[0].body)
    new = "fyra korta ord på rad"

    form = client.get(link[1], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    assert log_in(user, password=new).status_code == 302
    again = Client().get(link[1], follow=True)
    assert "Länken fungerar inte längre" in again.content.decode()


def test_sign_up_is_closed(client) -> None:
    assert "inbjudan" in client.get("/konto/signup/").content.decode()
    client.post(
        "/konto/signup/",
        {
            "email": "ny@exempel.invalid",
            "password1": "långt-nog-12345",
            "password2": "långt-nog-12345",
        },
    )
    assert not User.objects.filter(email="ny@exempel.invalid").exists()


def test_the_account_page_offers_a_second_factor_and_stops_when_there_is_one(client) -> None:
    user = person()
    client.force_login(user)
    assert "Skapa en passnyckel" in client.get("/konto/").content.decode()

    app_of(user)

    assert "Skapa en passnyckel" not in client.get("/konto/").content.decode()


def test_whoever_needs_a_second_factor_keeps_the_last_one(client) -> None:
    user = person()
    app_of(user)
    give(user, "signatory")
    client.force_login(user)

    client.post("/konto/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(user=user, type="totp").exists()
