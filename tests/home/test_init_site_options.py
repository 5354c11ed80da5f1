"""init_site on an empty database: its options, and what it refuses."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError
from wagtail.models import Site

from home.actions.site_setup import set_up_site
from home.models import HomePage, StandardPage
from members.models import AssociationSettings, Invitation
from tests.factories.members import UserFactory
from tests.home.site import ADMIN, run_init_site, text_of


@pytest.mark.parametrize(
    ("base_url", "hostname", "port"),
    [
        ("http://localhost:8000", "localhost", 8000),
        ("https://samagt.example.se", "samagt.example.se", 443),
        ("http://samagt.example.se", "samagt.example.se", 80),
    ],
)
def test_the_site_answers_at_base_url(db, settings, base_url, hostname, port) -> None:
    settings.BASE_URL = base_url
    run_init_site()
    site = Site.objects.get()
    assert (site.hostname, site.port) == (hostname, port)


def test_the_association_has_the_name_it_is_given(db) -> None:
    run_init_site(association="Föreningen Gemensamt")
    assert AssociationSettings.objects.get().name == "Föreningen Gemensamt"
    assert "Föreningen Gemensamt" in StandardPage.objects.get(slug="om").introduction


@pytest.mark.parametrize("email", ["", "ingen adress", "kansli@", "räksmörgås@exempel.invalid"])
def test_a_bad_address_is_refused_in_one_line(db, email) -> None:
    with pytest.raises(CommandError) as refused:
        run_init_site(email=email)
    assert len(str(refused.value).splitlines()) == 1
    assert Invitation.objects.count() == 0


def test_only_an_administrator_or_the_machine_may_set_up(db) -> None:
    with pytest.raises(PermissionDenied):
        set_up_site(by=UserFactory(), admin_email=ADMIN, report=print)
    assert HomePage.objects.count() == 0


def test_it_works_in_production_without_demo_content(db, settings) -> None:
    settings.SAMAGT_ENV = "production"
    run_init_site()
    text = " ".join(text_of(page) for page in StandardPage.objects.all())
    assert "exempel" not in text.lower().replace("till exempel", "")
    assert "$" not in text
