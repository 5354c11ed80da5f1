"""The front page: the promise, the map, services to join, the steps, news, membership."""

import re

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from core import slots
from members.models import Municipality
from tests.factories.catalogue import AreaFactory, StatedUseFactory, make_service
from tests.factories.home import make_news, make_text, restrict
from tests.factories.members import MembershipFactory

pytestmark = pytest.mark.django_db


def text_of(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_promise_and_the_search_field(small_site, client):
    html = text_of(client)
    assert "<span>Bygg en gång.</span> <span>Äg tillsammans.</span>" in html
    assert '<form action="/sok/">' in html
    assert 'name="q"' in html


def test_the_map_has_a_link_per_municipality_and_says_how_many_are_members(
    small_site, municipalities, client
):
    MembershipFactory(organisation=Municipality.objects.get(code="0182").organisation)
    html = text_of(client)
    assert len(re.findall(r'<a href="/kommuner/\d{4}/"><title>', html)) == 290
    assert '<a href="/kommuner/0182/"><title>Nacka, medlem</title><rect class="t-on"' in html
    assert "<strong>1 av landets 290 kommuner</strong> är medlem. Varje ruta är en kommun." in html


def test_made_up_memberships_are_marked(small_site, municipalities, client):
    organisation = Municipality.objects.get(code="0182").organisation
    membership = MembershipFactory(organisation=organisation)
    assert "tag-example" not in text_of(client)
    membership.is_example = True
    membership.save()
    assert "tag-example" in text_of(client)


def test_without_municipalities_there_is_no_map(small_site, client):
    assert "hero__map" not in text_of(client)


def titles(html: str) -> list[str]:
    return re.findall(r'<article class="service">.*?<h3><a [^>]*>(.*?)</a>', html, re.DOTALL)


def test_services_that_can_be_joined_are_shown_and_the_most_used_first(
    small_site, municipalities, client
):
    make_service(small_site.catalogue, "Stängd", lifecycle="production")
    make_service(small_site.catalogue, "Öppen", open_for_new_members=True)
    used = make_service(small_site.catalogue, "Använd", open_for_new_members=True)
    StatedUseFactory(service=used, organisation=Municipality.objects.get(code="0182").organisation)
    hidden = make_service(small_site.catalogue, "Dold", open_for_new_members=True)
    restrict(hidden)
    make_service(small_site.catalogue, "Utkast", open_for_new_members=True, live=False)
    html = text_of(client)
    assert "Tjänster du kan ansluta till" in html
    assert titles(html) == ["Använd", "Öppen"]


def test_the_areas_with_most_services_lead_into_the_catalogue(small_site, client):
    for slug, services in (("vard", 1), ("skola", 2), ("miljo", 1), ("kultur", 1)):
        area = AreaFactory(name=slug.title(), slug=slug, position=services)
        for number in range(services):
            service = make_service(small_site.catalogue, f"{slug} {number}")
            service.areas.add(area)
            service.save()
    ways = re.findall(r'href="(/tjanster/\?omrade=[^"]*)"', text_of(client))
    assert ways == [f"/tjanster/?omrade={slug}" for slug in ("skola", "kultur", "miljo")]


def test_openness_that_is_made_up_says_so(small_site, client):
    make_service(small_site.catalogue, "Öppen", open_for_new_members=True)
    make_service(small_site.catalogue, "Sluten", example_fields=["open_for_new_members"])
    assert "tag-example" not in text_of(client)
    make_service(
        small_site.catalogue,
        "Påhittat öppen",
        open_for_new_members=True,
        example_fields=["open_for_new_members"],
    )
    assert text_of(client).count("tag-example") == 1


def test_when_none_is_open_those_in_operation_are_shown(small_site, client):
    make_service(small_site.catalogue, "I drift", lifecycle="production")
    make_service(small_site.catalogue, "Ett behov")
    html = text_of(client)
    assert "Tjänster i drift" in html
    assert titles(html) == ["I drift"]


def test_at_most_six_services_are_shown(small_site, client):
    for number in range(9):
        make_service(small_site.catalogue, f"Tjänst {number}", open_for_new_members=True)
    assert len(titles(text_of(client))) == 6


def test_the_latest_news_and_the_way_to_membership(small_site, client):
    for day in range(1, 6):
        make_news(small_site.news, f"Nyhet {day}", published_on=f"2026-11-0{day}")
    make_text(small_site, title="Bli medlem", slug="bli-medlem")
    html = text_of(client)
    assert re.findall(r"Nyhet \d", html) == ["Nyhet 5", "Nyhet 4", "Nyhet 3"]
    assert 'href="/bli-medlem/">Så blir ni medlem' in html


def test_what_does_not_exist_is_not_shown(root, client):
    html = text_of(client)
    for absent in (
        "/tjanster/?",
        'action="/tjanster/"',
        "Senaste nytt",
        "Så blir ni medlem",
        "/behov/",
    ):
        assert absent not in html


def test_upper_apps_fill_the_slot(small_site, client):
    def filling(obj, user):
        return "components/alert.html", {"text": f"Beslut för {obj.slug}", "level": "info"}

    slots.register("home_main", filling, queries=0)
    try:
        assert "Beslut för start" in text_of(client)
    finally:
        slots._slots["home_main"] = [
            s for s in slots._slots["home_main"] if s.function is not filling
        ]


def test_the_number_of_queries_does_not_grow(small_site, municipalities, client):
    for number in range(20):
        make_service(small_site.catalogue, f"Tjänst {number}", open_for_new_members=True)
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(20, 200):
        make_service(small_site.catalogue, f"Tjänst {number}", open_for_new_members=True)
    for number in range(5):
        make_news(small_site.news, f"Nyhet {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(few) == len(many)
    assert len(many) <= 15 + slots.budget("home_main")


def test_the_head_tells_what_is_shared(small_site, client):
    html = text_of(client)
    assert '<link rel="canonical" href="http://testserver/">' in html
    assert '<meta property="og:title" content="Samägt">' in html
    assert '<meta name="description" content="Kommunernas tjänster.">' in html


def test_content_keeps_its_language_in_the_english_interface(small_site, client):
    client.cookies["django_language"] = "en"
    html = text_of(client)
    assert '<html lang="en"' in html
    assert '<h1 lang="sv">' in html
    assert "What are you looking for?" in html
    assert '<a href="/om/" lang="sv">Om oss</a>' in html


@override_settings(DEBUG=False)
def test_a_page_that_does_not_exist_has_the_frame(small_site, client):
    response = client.get("/finns-inte/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Sidan finns inte" in html
    assert '<a href="/kommuner/">Kommuner</a>' in html
