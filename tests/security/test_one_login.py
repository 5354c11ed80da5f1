"""allauth is the only login: every address is tried with the right password (security.md, 4.4)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from members.models import User
from tests.clients import TwoStepClient
from tests.members.accounts.conftest import PASSWORD, person

pytestmark = pytest.mark.django_db
NEW = "ett annat långt lösenord"
# Where a password may let someone in or be changed, and nowhere else.
ALLOWED = {"account_login", "account_change_password"}
FILLED = {
    **dict.fromkeys(("username", "email", "login", "user", "id_username", "id_login"), ""),
    **dict.fromkeys(("password", "passwd", "pass", "oldpassword", "old_password"), PASSWORD),
    **dict.fromkeys(
        ("password1", "password2", "new_password1", "new_password2", "new_password"), NEW
    ),
}
# Wagtail's account page gives each panel a prefix.
PREFIXES = ("", "password-", "name_email-", "account-")


def patterns(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, address) of every pattern, with sample values for its parameters."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield entry.name or "", sample(route)


def sample(route: str) -> str:
    """Return an address that a route matches, as well as can be guessed."""
    route = re.sub(r"<int:\w+>|\(\\d\+\)|\(\?P<\w+>\\d\+\)|\(\?P<\w+>\[0-9\]\+\)", "1", route)
    route = re.sub(r"<(?:path|str|slug|uuid|\w+):?\w*>", "x", route)
    route = re.sub(r"\(\?P<\w+>[^()]*\)", "x", route)
    route = re.sub(r"\([^()]*\)", "x", route)
    return "/" + re.sub(r"[\^$\\]|\\Z", "", route).replace("Z", "").lstrip("/")


def credentials(user: User) -> dict[str, str]:
    """Return a form with the right address and password under every usual name."""
    filled = {key: value or user.email for key, value in FILLED.items()}
    return {prefix + key: value for prefix in PREFIXES for key, value in filled.items()}


def lets_in(user: User) -> set[str]:
    """Return the names of the addresses where the right password logs a stranger in."""
    found = set()
    for name, address in set(patterns()):
        stranger = Client(raise_request_exception=False)
        stranger.post(address, credentials(user))
        if "_auth_user_id" in stranger.session:
            found.add(name)
    return found


def changes_password(user: User) -> set[str]:
    """Return the names of the addresses where a signed-in person can change the password."""
    found = set()
    before = user.password
    for name, address in set(patterns()):
        client = TwoStepClient(raise_request_exception=False)
        client.force_login(user)
        client.post(address, credentials(user))
        if User.objects.get(pk=user.pk).password != before:
            found.add(name)
            User.objects.filter(pk=user.pk).update(password=before)
    return found


@pytest.fixture
def editor(root) -> User:
    """An account that reaches every address, the CMS included."""
    return person(is_superuser=True)


def test_only_the_login_page_lets_a_password_in(editor) -> None:
    assert len(set(patterns())) > 150
    assert lets_in(editor) == {"account_login"}


def test_only_the_accounts_page_changes_a_password(editor) -> None:
    assert changes_password(editor) == {"account_change_password"}


class WithOtherDoors:
    """Addresses as they are, and two more that take a password."""

    @staticmethod
    def patterns() -> list[Any]:
        """Return them."""
        from config.urls import urlpatterns

        return [
            path("bakdorr/", LoginView.as_view(template_name="400.html"), name="back_door"),
            path("byt/", PasswordChangeView.as_view(template_name="400.html"), name="change_door"),
            *urlpatterns,
        ]


def test_the_walk_finds_another_door(editor, settings, monkeypatch) -> None:
    """Control: a login and a change of password beside allauth's are found."""
    import types

    module = types.ModuleType("tests.security.other_doors")
    module.urlpatterns = WithOtherDoors.patterns()
    monkeypatch.setitem(__import__("sys").modules, module.__name__, module)
    settings.ROOT_URLCONF = module.__name__

    assert lets_in(editor) == {"account_login", "back_door"}
    assert changes_password(editor) == {"account_change_password", "change_door"}


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/cms/login/", "/konto/login/"),
        ("/cms/login/?next=/cms/pages/", "/konto/login/?next=/cms/pages/"),
        ("/cms/password_reset/", "/konto/password/reset/"),
        ("/cms/password_reset/confirm/MQ/token/", "/konto/password/reset/"),
        ("/_util/login/?next=/nyheter/", "/konto/login/?next=/nyheter/"),
    ],
)
def test_wagtails_own_doors_lead_to_the_one_login(client, address, leads_to) -> None:
    assert client.get(address)["Location"] == leads_to
    assert client.post(address)["Location"] == leads_to


@pytest.mark.parametrize(
    "address",
    [
        "/_util/authenticate_with_password/1/1/",
        "/dokument/authenticate_with_password/1/",
        "/admin/",
    ],
)
def test_shared_passwords_and_djangos_admin_are_not_there(client, address) -> None:
    assert client.get(address).status_code in {404, 410}
    assert client.post(address, {"password": "delat"}).status_code in {404, 405, 410}


def test_the_cms_shows_no_field_for_a_password(client, editor) -> None:
    client.force_login(editor)

    page = client.get("/cms/account/").content.decode()

    assert 'type="password"' not in page
    assert 'name="name_email-email"' not in page
