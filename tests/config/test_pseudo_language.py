"""No page holds a hard-coded text: every word is translated or marked as Swedish content."""

import pytest
from django.conf import settings as django_settings
from wagtail.models import Page

from members.models import AssociationSettings, Municipality, Organisation, PersonName, User
from tests.clients import TwoStepClient
from tests.pseudo import hard_coded, pseudo_language

ANONYMOUS = [
    "/",
    "/tjanster/",
    "/tjanster/?skede=4&q=skola&sida=2&okant=1",
    "/tjanster/?q=finnsinte",
    "/tjanster/provisum/",
    "/tjanster/jamfor/?tjanst=provisum&tjanst=egil",
    "/kommuner/",
    "/kommuner/1280/",
    "/nyheter/",
    "/bli-medlem/",
    "/finns/inte/",
    "/personuppgifter/register/",
    "/konto/login/",
    "/konto/password/reset/",
]
SIGNED_IN = [
    "/min-sida/",
    "/min-sida/aviseringar/",
    "/min-sida/aviseringar/installningar/",
    "/kansli/utskick/",
    "/kansli/logg/",
    "/konto/",
    "/konto/sessions/",
    "/konto/2fa/",
    "/konto/email/",
]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Demo content for the whole module, taken back afterwards."""
    from django.core.management import call_command
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("init_site", "--admin-email", "forst@exempel.invalid", verbosity=0)
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _media() -> None:
    """Keep the pictures of the demo where the module's fixture put them."""


@pytest.fixture(scope="module")
def names(demo) -> frozenset[str]:
    """Proper names: of places, organisations, services and (exempel) people."""
    found = set(Municipality.objects.values_list("name", flat=True))
    found |= set(Municipality.objects.values_list("county", flat=True))
    found |= set(Organisation.objects.values_list("name", flat=True))
    found |= set(Page.objects.values_list("title", flat=True))
    found |= {str(person) for person in PersonName.objects.all()}
    association = AssociationSettings.objects.get()
    return frozenset(found | {association.name, association.logo_text, association.phone})


@pytest.mark.parametrize("address", ANONYMOUS)
def test_no_public_page_holds_a_hard_coded_text(names, db, monkeypatch, client, address):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    with pseudo_language(monkeypatch):
        page = client.get(address).content.decode()
    assert "\n".join(hard_coded(page, names)) == ""


@pytest.mark.parametrize("address", SIGNED_IN)
def test_no_signed_in_page_holds_a_hard_coded_text(names, db, monkeypatch, address):
    client = TwoStepClient()
    client.force_login(User.objects.get(email="administrator@exempel.invalid"))
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    with pseudo_language(monkeypatch):
        answer = client.get(address)
    assert (answer.status_code, hard_coded(answer.content.decode(), names)) == (200, [])


def test_a_hard_coded_word_is_found():
    page = (
        '<p>⟦Services⟧ 12 <b title="Titel">x</b></p><p lang="sv">Innehåll</p>'
        "<script>var kod = 1</script><p>Hårdkodat</p>"
    )
    assert hard_coded(page) == ["Titel", "Hårdkodat"]


def test_nested_translations_count_as_translated():
    assert hard_coded("<p>⟦of ⟦Malmö⟧ and⟧ 5 ⟦tkr⟧</p>") == []
