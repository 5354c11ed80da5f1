"""A page cannot take an address that already leads somewhere else."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import include, path, re_path

from core.reserved_slugs import refuse_reserved_slug, reserved_slugs
from home.models import StandardPage
from tests.factories.catalogue import make_catalogue, make_service


def view(request):
    """Never called: only its address counts."""


class Urls:
    """An URLconf of every form of pattern."""

    urlpatterns = [
        path("sok/", view),
        path("api/v1/", include([path("tjanster/", view)])),
        path("robots.txt", view),
        path(".well-known/security.txt", view),
        path("<slug:slug>/anslut/", view),
        path("tjanster/jamfor/", view),
        path("tjanster/flode.xml", view),
        path("tjanster/<slug:slug>/anslut/", view),
        path("kommuner/<str:code>/", view),
        re_path(r"^cms/password_reset/", view),
        re_path(r"^gammalt/(?P<name>\w+)/$", view),
        path("", include([path("min-sida/", view), re_path(r"^((?:[\w\-]+/)*)$", view)])),
    ]


def test_first_segments_of_every_address_are_reserved(settings):
    settings.ROOT_URLCONF = Urls
    settings.STATIC_URL, settings.MEDIA_URL = "/static/", "https://bilder.exempel.invalid/media/"
    assert reserved_slugs() == {
        ".well-known", "api", "cms", "gammalt", "kommuner", "min-sida", "robots.txt", "sok",
        "static", "tjanster",
    }  # fmt: skip


def test_segments_below_a_page_are_reserved(settings):
    settings.ROOT_URLCONF = Urls
    assert reserved_slugs("tjanster/") == {"jamfor", "flode.xml"}
    assert reserved_slugs("kommuner/") == frozenset()


def test_a_segment_that_goes_on_in_a_variable_is_none(settings):
    settings.ROOT_URLCONF = type("U", (), {"urlpatterns": [path("a<int:n>/", view)]})
    assert reserved_slugs() & {"a"} == frozenset()


def test_the_products_own_addresses_are_reserved():
    assert {"cms", "konto", "dokument", "static", "media", "halsa"} <= reserved_slugs()
    assert {"jamfor", "flode.xml"} <= reserved_slugs("tjanster/")


@pytest.mark.parametrize("slug", ["cms", "konto", "static", "halsa"])
def test_a_page_under_the_front_page_may_not_take_an_address(root, slug):
    with pytest.raises(ValidationError) as refused:
        root.add_child(instance=StandardPage(title="Sida", slug=slug))
    assert list(refused.value.message_dict) == ["slug"]
    assert not StandardPage.objects.exists()


def test_a_page_further_down_may(root):
    parent = root.add_child(instance=StandardPage(title="Om", slug="om-oss"))
    parent.add_child(instance=StandardPage(title="Konto", slug="konto"))
    assert StandardPage.objects.filter(slug="konto").exists()


def test_a_page_may_not_be_renamed_to_an_address(root):
    page = root.add_child(instance=StandardPage(title="Om", slug="om-oss"))
    page.slug = "konto"
    with pytest.raises(ValidationError):
        page.save()


def test_a_service_may_not_take_an_address_of_the_catalogue(root):
    catalogue = make_catalogue(root)
    with pytest.raises(ValidationError) as refused:
        make_service(catalogue, slug="jamfor")
    assert list(refused.value.message_dict) == ["slug"]
    assert make_service(catalogue, slug="jamfora").slug == "jamfora"


def test_a_page_with_a_promised_address_shares_it_with_those_below(root):
    assert "tjanster" in reserved_slugs()
    assert make_catalogue(root).slug == "tjanster"
    with pytest.raises(ValidationError):
        refuse_reserved_slug("tjanster", root)
