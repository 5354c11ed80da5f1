"""What a hostile request gets: no way out of the site, no other's address, no hint, no crash."""

import re

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client

from core.actions import deliver_due
from core.middleware import PERMISSIONS_POLICY
from members.models import User
from tests.clients import TwoStepClient
from tests.members.accounts.conftest import PASSWORD, person
from tests.security.counting_hasher import CountingHasher

pytestmark = pytest.mark.django_db

EVIL = [
    "https://ond.exempel.invalid/",
    "//ond.exempel.invalid/",
    "///ond.exempel.invalid/",
    "////ond.exempel.invalid/",
    "/\\ond.exempel.invalid/",
    "\\\\ond.exempel.invalid/",
    "/\t/ond.exempel.invalid/",
    "/\n/ond.exempel.invalid/",
    "\x00//ond.exempel.invalid/",
    " //ond.exempel.invalid/",
    "http:///ond.exempel.invalid/",
    "https:ond.exempel.invalid",
    "http:\\\\ond.exempel.invalid",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://ond.exempel.invalid/",
    "https://testserver@ond.exempel.invalid/",
    "https://testserver.ond.exempel.invalid/",
    "//testserver:80@ond.exempel.invalid/",
    "/%09/ond.exempel.invalid/",
]


def leaves(answer) -> bool:
    """Return whether an answer sends the browser off the site."""
    where = answer.headers.get("Location", "")
    return bool(where) and not re.match(r"/(?![/\\\s])", where)


@pytest.mark.parametrize("target", EVIL)
def test_no_form_leads_off_the_site(target) -> None:
    user = person()
    form = {"login": user.email, "password": PASSWORD, "next": target}
    assert not leaves(Client().post("/konto/login/", form))
    assert not leaves(Client().get("/cms/login/", {"next": target}))

    client = TwoStepClient()
    client.force_login(user, second_factor=False)
    assert not leaves(client.get("/konto/login/", {"next": target}))
    client.force_login(user, second_factor=False)
    again = {"password": PASSWORD, "next": target}
    assert not leaves(client.post("/konto/reauthenticate/", again))
    assert not leaves(client.post("/konto/logout/", {"next": target}))
    assert not leaves(client.post("/sprak/", {"language": "sv", "next": target}))


def test_a_good_next_is_followed() -> None:
    """Control: next does something."""
    user = person()
    form = {"login": user.email, "password": PASSWORD, "next": "/nyheter/?sida=2"}

    assert Client().post("/konto/login/", form)["Location"] == "/nyheter/?sida=2"


@pytest.mark.parametrize(
    "host", ["ond.exempel.invalid", "testserver.ond.exempel.invalid", "", "a b"]
)
def test_another_host_is_refused_with_all_headers(client, host) -> None:
    answer = client.get("/konto/login/", headers={"host": host})

    assert answer.status_code == 400
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "ond.exempel.invalid" not in answer.content.decode()


def test_the_mail_of_a_new_password_never_takes_its_link_from_host(client, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    user = person()

    client.post(
        "/konto/password/reset/",
        {"email": user.email},
        headers={"host": "ond.exempel.invalid", "x-forwarded-host": "ond.exempel.invalid"},
    )

    deliver_due()
    [message] = mail.outbox
    texts = [message.subject, message.body, *(str(content) for content, _ in message.alternatives)]
    assert f"{django_settings.BASE_URL}/konto/password/reset/key/" in message.body
    assert not any("ond.exempel" in text for text in texts)


def test_login_tells_nobody_which_addresses_have_accounts(client) -> None:
    user = person()
    answers = [
        client.post("/konto/login/", {"login": email, "password": "fel lösenord"})
        for email in (user.email, "okand@exempel.invalid")
    ]

    known, unknown = (
        (a.status_code, _without(a, user.email, "okand@exempel.invalid")) for a in answers
    )
    assert known == unknown


def test_a_new_password_tells_nobody_which_addresses_have_accounts(client) -> None:
    user = person()
    closed = person(is_active=False)
    seen = set()
    for email in (user.email, closed.email, "okand@exempel.invalid"):
        answer = client.post("/konto/password/reset/", {"email": email}, follow=True)
        seen.add((tuple(answer.redirect_chain), _without(answer, email)))

    assert len(seen) == 1
    deliver_due()
    assert sorted(m.to[0] for m in mail.outbox) == sorted(
        [user.email, closed.email, "okand@exempel.invalid"]
    )


def _without(answer, *words: str) -> str:
    """Return a page without what differs by nature: tokens and the address typed in."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    for word in words:
        text = text.replace(word, "")
    return text


def test_a_login_works_as_hard_for_an_unknown_address(settings, client) -> None:
    """The time of a login is the hashing of the password: it is done once, for whomever."""
    settings.PASSWORD_HASHERS = ["tests.security.counting_hasher.CountingHasher"]
    known, closed, passwordless = person(), person(is_active=False), person()
    passwordless.set_unusable_password()
    passwordless.save()

    worked = []
    for email in (known.email, closed.email, passwordless.email, "okand@exempel.invalid"):
        CountingHasher.worked.clear()
        client.post("/konto/login/", {"login": email, "password": "fel lösenord"})
        worked.append(len(CountingHasher.worked))

    assert worked == [1, 1, 1, 1]


def test_forging_the_clients_address_makes_no_difference_without_a_proxy(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    statuses = [_wrong(number, f"10.0.0.{number}") for number in range(14)]

    assert statuses.count(429) == 4


def test_forging_it_in_front_of_a_proxy_makes_none_either(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    statuses = [_wrong(number, f"10.0.0.{number}, 192.0.2.1") for number in range(14)]

    assert statuses.count(429) == 4


def test_behind_a_proxy_each_client_has_its_own_count(settings) -> None:
    """Control: the address that the proxy itself adds is the one that counts."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    statuses = [_wrong(number, f"192.0.2.{number}") for number in range(14)]

    assert statuses.count(429) == 0


@pytest.mark.parametrize("forged", ["", "hej", "1.2.3.4, <script>", "1.2.3.4" * 400])
@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_a_header_that_makes_no_sense_stops_no_login(settings, forged, proxies) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    user = person()

    answer = Client().post(
        "/konto/login/",
        {"login": user.email, "password": PASSWORD},
        headers={"x-forwarded-for": forged},
    )

    assert answer.status_code == 302


def _wrong(number: int, forwarded: str) -> int:
    """Try a wrong password for an address of its own, with a forged header; return the status."""
    form = {"login": f"person{number}@exempel.invalid", "password": "fel lösenord"}
    return Client().post("/konto/login/", form, headers={"x-forwarded-for": forwarded}).status_code


def test_guessing_locks_the_password_but_not_the_passkey(client) -> None:
    user = person()
    for _ in range(6):
        last = client.post("/konto/login/", {"login": user.email, "password": "fel lösenord"})
    assert last.status_code == 429
    right = client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert right.status_code == 429
    assert "passnyckel" in right.content.decode()

    ask = client.get("/konto/2fa/webauthn/login/", headers={"accept": "application/json"})

    assert ask.status_code == 200
    assert ask.json()["request_options"]["publicKey"]["userVerification"] == "required"


def test_a_closed_account_is_out_at_the_next_request(client) -> None:
    user = person()
    sessions = [TwoStepClient() for _ in range(3)]
    for session in sessions:
        session.force_login(user)
        assert session.get("/konto/").status_code == 200

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert [session.get("/konto/").status_code for session in sessions] == [302, 302, 302]


@pytest.mark.parametrize(
    "address", ["/konto/login/", "/konto/password/reset/", "/sprak/", "/cms/login/"]
)
def test_three_megabytes_are_refused_in_words(client, address) -> None:
    answer = client.post(address, {"login": "x" * 3_000_000, "language": "sv"})

    assert answer.status_code in {302, 413}
    if answer.status_code == 413:
        assert "för mycket på en gång" in answer.content.decode()


def test_three_megabytes_in_a_form_that_is_read_are_refused() -> None:
    """The same with the check against forgery on, which is the first to read the form."""
    browser = Client(enforce_csrf_checks=True)
    browser.get("/konto/login/")

    answer = browser.post("/konto/login/", {"login": "x" * 3_000_000})

    assert answer.status_code == 413


def test_too_many_fields_are_refused_in_words(client) -> None:
    answer = client.post("/konto/login/", {f"f{number}": "x" for number in range(3000)})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "address", ["/", "/konto/login/", "/finns-inte/", "/konto/password/reset/"]
)
def test_every_page_carries_the_headers(client, root, address) -> None:
    answer = client.get(address)

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert answer["Permissions-Policy"] == PERMISSIONS_POLICY
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_only_the_cms_may_use_inline_script(client, root) -> None:
    client.force_login(person(is_superuser=True))

    policy = client.get("/cms/")["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy
    assert "object-src 'none'" in policy


def test_cookies_and_transport_in_production(tmp_path) -> None:
    from tests.security.test_start import PRODUCTION, run

    names = (
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE LANGUAGE_COOKIE_SECURE SESSION_COOKIE_HTTPONLY"
        " SECURE_SSL_REDIRECT SESSION_COOKIE_SAMESITE SECURE_HSTS_SECONDS DEBUG"
    )
    code = (
        f"from django.conf import settings as s; print(*(getattr(s, n) for n in {names.split()}))"
    )
    done = run("manage.py", "shell", "-v0", "-c", code, tmp_path=tmp_path, **PRODUCTION)

    assert done.stdout.split() == [*["True"] * 5, "Lax", "31536000", "False"]
