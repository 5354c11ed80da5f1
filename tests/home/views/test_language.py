"""The choice of language."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from core.exceptions import RuleBroken
from members.actions.language import set_language
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def choose(client, language="en", **fields):
    return client.post("/sprak/", {"language": language} | fields)


def test_the_choice_is_kept_in_a_cookie_and_seen_at_once(small_site, client):
    response = choose(client, next="/om/")
    assert (response.status_code, response.url) == (302, "/om/")
    assert response.cookies["django_language"].value == "en"
    assert '<html lang="en"' in client.get("/om/").content.decode()
    choose(client, "sv")
    assert '<html lang="sv"' in client.get("/om/").content.decode()


def test_the_browsers_wish_is_not_asked(small_site, client):
    response = client.get("/om/", headers={"accept-language": "en"})
    assert '<html lang="sv"' in response.content.decode()


def test_the_account_remembers(small_site, client):
    user = UserFactory()
    client.force_login(user)
    choose(client)
    user.refresh_from_db()
    assert user.language == "en"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/kommuner/?lan=01", "/kommuner/?lan=01"),
        ("", "/"),
        ("https://evil.invalid/", "/"),
        ("//evil.invalid/", "/"),
        ("/\\evil.invalid/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver/om/", "/"),
        ("om/", "/"),
        ("\x00/om/", "/om/"),
        ("\x00//evil.invalid/", "/"),
    ],
)
def test_the_way_back_stays_on_the_site(client, address, expected):
    assert choose(client, next=address).url == expected


@pytest.mark.parametrize("language", ["", "de", "xx", "SV", "\x00", "e" * 10_000])
def test_a_language_that_the_site_does_not_speak_is_refused(client, language):
    response = choose(client, language)
    assert response.status_code == 400
    assert "django_language" not in response.cookies


def test_it_takes_a_post(client):
    assert client.get("/sprak/").status_code == 405


def test_the_action_refuses_an_unknown_language_and_a_stranger():
    user = UserFactory()
    with pytest.raises(RuleBroken):
        set_language(by=user, language="de")
    with pytest.raises(PermissionDenied):
        set_language(by=AnonymousUser(), language="en")
