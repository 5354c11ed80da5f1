"""The frame around every page: only what exists, in the language of the interface."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.models import Site

from core import menus
from core.menus import Entry, Place, register, remove
from home.frame import Brand, Column, Link, frame_of
from members.models import AssociationSettings
from tests.factories.home import make_text, restrict

pytestmark = pytest.mark.django_db


def frame(path="/"):
    return frame_of(RequestFactory().get(path))


@pytest.fixture(autouse=True)
def _only_own_entries(monkeypatch) -> None:
    """Leave out what the apps above register: what they add to menus is theirs to test."""
    monkeypatch.setattr(menus, "_entries", {})


@pytest.fixture
def needs():
    entry = Entry(Place.MAIN, "Behov", "/behov/", order=40)
    register(entry)
    yield entry
    remove(entry)


def test_the_main_menu_holds_live_pages_and_registered_entries_in_order(small_site, needs):
    with override("sv"):
        assert [(link.label, link.url) for link in frame().main_menu] == [
            ("Tjänster", "/tjanster/"),
            ("Behov", "/behov/"),
            ("Kommuner", "/kommuner/"),
            ("Nyheter", "/nyheter/"),
        ]


def test_the_menu_speaks_the_language_of_the_interface(small_site):
    with override("en"):
        assert [link.label for link in frame().main_menu] == ["Services", "Municipalities", "News"]
        assert not any(link.content for link in frame().main_menu)


@pytest.mark.parametrize(
    ("path", "active"),
    [
        ("/", []),
        ("/kommuner/", ["/kommuner/"]),
        ("/kommuner/0180/", ["/kommuner/"]),
        ("/kommunerna/", []),
    ],
)
def test_the_active_entry_is_where_one_is(small_site, path, active):
    assert [link.url for link in frame(path).main_menu if link.active] == active


def test_a_page_that_is_not_for_all_is_in_no_menu(small_site):
    small_site.municipalities.unpublish()
    restrict(small_site.news)
    restrict(small_site.about)
    urls = [link.url for column in frame().footer_menu for link in column.links]
    assert urls == ["/tjanster/"]


def test_a_page_comes_and_goes_with_its_publication(small_site):
    small_site.news.unpublish()
    assert "/nyheter/" not in [link.url for link in frame().main_menu]
    small_site.news.save_revision().publish()
    assert "/nyheter/" in [link.url for link in frame().main_menu]


def test_the_footer_has_columns_of_what_there_is(small_site):
    make_text(small_site, title="Bli medlem", slug="bli-medlem")
    with override("sv"):
        find, take_part, about = frame().footer_menu
    assert find.title == "Hitta"
    assert take_part == Column("Var med", [Link("Bli medlem", "/bli-medlem/", content=True)])
    assert about == Column("Om webbplatsen", [Link("Om oss", "/om/", content=True)])


def test_an_editors_page_in_the_menu_keeps_its_title_and_comes_last(small_site):
    make_text(small_site, title="Om rådet", slug="radet", show_in_menus=True)
    assert frame().main_menu[-1] == Link("Om rådet", "/radet/", content=True)


def test_the_brand_is_the_products_until_someone_has_set_it(small_site):
    assert frame().brand == Brand(brand="Samägt")


def test_the_brand_is_the_associations(small_site):
    AssociationSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        name="Föreningen Prov",
        logo_text="Prov",
        email="kansliet@exempel.invalid",
        is_example=True,
    )
    with override("sv"):
        brand = frame().brand
    assert (brand.brand, brand.name, brand.email) == (
        "Prov",
        "Föreningen Prov",
        "kansliet@exempel.invalid",
    )
    assert brand.notice == "Det som är påhittat för demonstrationen är märkt ”Exempel”."


def test_reading_the_frame_writes_nothing_and_costs_two_queries(
    small_site, django_assert_num_queries
):
    request = RequestFactory().get("/")
    made = frame_of(request)
    with django_assert_num_queries(2):
        assert all([made.main_menu, made.footer_menu, made.brand, made.url_of("om")])
        assert frame_of(request) is made
    assert AssociationSettings.objects.count() == 0


def test_the_cms_pays_nothing_for_the_frame(small_site, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/robots.txt")


def test_without_a_site_there_are_no_menus(db):
    Site.objects.all().delete()
    assert (frame().main_menu, frame().footer_menu, frame().brand) == ([], [], Brand())
