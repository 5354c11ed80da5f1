"""The catalogue's list."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from catalogue.models import ServicePage
from catalogue.views.directory import FACETS
from tests.factories.catalogue import AreaFactory, StatedUseFactory, make_service
from tests.factories.members import MunicipalityFactory, OrganisationFactory

LIST = "/tjanster/"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def shown(response) -> list[str]:
    """Return the names of the services in the order of the page."""
    return re.findall(r"<h3><a href=\"[^\"]+\">(.*?)</a></h3>", response.content.decode())


def heading(response) -> str:
    return re.search(r'<h2 id="traffar"[^>]*>(.*?)</h2>', response.content.decode())[1]


def counts(response, facet) -> dict[str, int]:
    """Return value and number of every checkbox of a facet."""
    pattern = rf'name="{facet}" value="([^"]*)".*?<span class="n"[^>]*>(\d+)</span>'
    return {value: int(n) for value, n in re.findall(pattern, response.content.decode())}


def chosen(response) -> list[tuple[str, str]]:
    return re.findall(r'name="(\w+)" value="([^"]*)" checked', response.content.decode())


def alerts(response) -> list[str]:
    found = re.findall(r'class="ds-alert"[^>]*>.*?<p>(.*?)</p>', response.content.decode())
    return [unescape(text) for text in found]


def place(service, code, name, county=("01", "Stockholms län")):
    municipality = MunicipalityFactory(
        code=code, name=name, county_code=county[0], county=county[1]
    )
    StatedUseFactory(service=service, organisation=municipality.organisation)
    return municipality


@pytest.fixture
def services(catalogue) -> dict[str, ServicePage]:
    """Three services that differ in every facet."""
    school = AreaFactory(name="Skola", slug="skola", position=1)
    teaching = AreaFactory(name="Läromedel", slug="laromedel", parent=school)
    care = AreaFactory(name="Omsorg", slug="omsorg", position=2)
    found = {
        "egil": make_service(
            catalogue,
            "Egil",
            slug="egil",
            short_description="Konton i digitala läromedel.",
            lifecycle="production",
            licence="AGPL-3.0-only",
            personal_data="yes",
            open_for_new_members=True,
        ),
        "provisum": make_service(
            catalogue,
            "Provisum",
            slug="provisum",
            short_description="System för överförmyndare.",
            lifecycle="production",
            personal_data="sensitive",
            stated_user_count=12,
        ),
        "arkiv": make_service(
            catalogue,
            "Ärendearkiv",
            slug="arkiv",
            short_description="Krav på e-arkiv.",
            lifecycle="ended",
            licence="LicenseRef-avtal",
        ),
    }
    found["egil"].areas.add(teaching)
    found["provisum"].areas.add(care)
    found["arkiv"].areas.add(school, care)
    for service in found.values():
        service.save()
    place(found["egil"], "0180", "Stockholm")
    place(found["egil"], "1280", "Malmö", ("12", "Skåne län"))
    place(found["provisum"], "1380", "Halmstad", ("13", "Hallands län"))
    return found


def test_the_list_shows_services_in_swedish_order_with_their_number(client, services):
    response = client.get(LIST)
    assert shown(response) == ["Egil", "Provisum", "Ärendearkiv"]
    assert heading(response) == "3 tjänster"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("skede=drift", ["Egil", "Provisum"]),
        ("skede=avveckling", ["Ärendearkiv"]),
        ("skede=drift&skede=avveckling", ["Egil", "Provisum", "Ärendearkiv"]),
        ("omrade=skola", ["Egil", "Ärendearkiv"]),
        ("omrade=laromedel", ["Egil"]),
        ("omrade=laromedel&omrade=omsorg", ["Egil", "Provisum", "Ärendearkiv"]),
        ("lan=12", ["Egil"]),
        ("kommun=1380&kommun=0180", ["Egil", "Provisum"]),
        ("personuppgifter=kansliga", ["Provisum"]),
        ("personuppgifter=ej-angivet", ["Ärendearkiv"]),
        ("licens=oppen", ["Egil"]),
        ("licens=sluten", ["Ärendearkiv"]),
        ("licens=ej-angiven", ["Provisum"]),
        ("ansluta=ja", ["Egil"]),
        ("skede=drift&omrade=omsorg", ["Provisum"]),
        ("skede=pilot", []),
        ("q=överförmyndare", ["Provisum"]),
        ("q=e-arkiv&licens=oppen", []),
        ("q=konton+digitala", ["Egil"]),
    ],
)
def test_filters(client, services, query, expected):
    response = client.get(f"{LIST}?{query}")
    assert shown(response) == expected
    words = "tjänst" if len(expected) == 1 else "tjänster"
    assert heading(response) == f"{len(expected)} {words}"


def test_every_choice_tells_how_many_services_it_gives(client, services):
    response = client.get(f"{LIST}?skede=drift")
    assert counts(response, "skede") == {
        "behov": 0,
        "utveckling": 0,
        "pilot": 0,
        "drift": 2,
        "avveckling": 1,
    }
    assert counts(response, "omrade") == {"skola": 1, "laromedel": 1, "omsorg": 1}
    assert counts(response, "lan") == {"13": 1, "12": 1, "01": 1}
    assert counts(response, "licens") == {"oppen": 1, "sluten": 0, "ej-angiven": 1}


@pytest.mark.parametrize("facet", FACETS)
def test_the_number_at_a_choice_is_the_number_of_hits_it_leads_to(client, services, facet):
    for value, number in counts(client.get(LIST), facet).items():
        assert len(shown(client.get(LIST, {facet: value}))) == number


def test_chosen_filters_stay_checked_and_have_links_that_remove_them(client, services):
    response = client.get(f"{LIST}?omrade=skola&skede=drift&q=läromedel&sort=kommuner")
    assert sorted(chosen(response)) == [("omrade", "skola"), ("skede", "drift")]
    chips = re.findall(
        r'<a class="ds-chip" data-removable href="([^"]+)"[^>]*>(.*?)</a>',
        response.content.decode(),
    )
    links = {label: parse_qs(urlsplit(unescape(url)).query) for url, label in chips}
    sort = {"sort": ["kommuner"]}
    assert links == {
        "Sökning: läromedel": {"omrade": ["skola"], "skede": ["drift"]} | sort,
        "Skede: I drift": {"q": ["läromedel"], "omrade": ["skola"]} | sort,
        "Område: Skola": {"q": ["läromedel"], "skede": ["drift"]} | sort,
    }


def test_an_empty_list_says_what_to_remove_and_what_that_gives(client, services):
    response = client.get(f"{LIST}?omrade=laromedel&skede=avveckling")
    text = response.content.decode()
    assert "Ingen tjänst stämmer med alla dina val" in text
    offers = re.findall(r'<li><a href="([^"]+)">Ta bort (.*?)</a> <span[^>]*>(.*?)</span>', text)
    assert [(unescape(url), label, number) for url, label, number in offers] == [
        ("/tjanster/?omrade=laromedel", "Skede: Avvecklas", "– ger 1 tjänst"),
        ("/tjanster/?skede=avveckling", "Område: Läromedel", "– ger 1 tjänst"),
    ]


def test_an_empty_search_says_what_removing_the_text_gives(client, services):
    text = client.get(f"{LIST}?q=finnsinte&skede=drift").content.decode()
    assert 'Ta bort Sökning: finnsinte</a> <span class="muted">– ger 2 tjänster' in text


def test_a_catalogue_without_services_says_so(client, catalogue):
    response = client.get(LIST)
    assert heading(response) == "0 tjänster"
    assert "Det finns inga tjänster än" in response.content.decode()


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("namn", ["Egil", "Provisum", "Ärendearkiv"]),
        ("kommuner", ["Provisum", "Egil", "Ärendearkiv"]),
        ("nytt", ["Ärendearkiv", "Egil", "Provisum"]),
        ("traff", ["Egil", "Provisum", "Ärendearkiv"]),
    ],
)
def test_order(client, services, sort, expected):
    moments = {"arkiv": 2026, "egil": 2025, "provisum": 2024}
    for slug, year in moments.items():
        published = datetime(year, 5, 1, 9, tzinfo=STOCKHOLM)
        ServicePage.objects.filter(slug=slug).update(last_published_at=published)
    assert shown(client.get(f"{LIST}?sort={sort}")) == expected


def test_swedish_letters_come_last_in_their_order(client, catalogue):
    for name in ("Öppet", "Zebra", "Ånga", "Ärende", "Ekot"):
        make_service(catalogue, name)
    assert shown(client.get(LIST)) == ["Ekot", "Zebra", "Ånga", "Ärende", "Öppet"]


def test_a_card_tells_the_stated_number_of_municipalities(client, services):
    text = client.get(f"{LIST}?q=överförmyndare").content.decode()
    assert "<b>12</b> kommuner" in text


def test_pages_keep_the_filters(client, catalogue):
    for number in range(23):
        make_service(catalogue, f"Tjänst {number:02}", lifecycle="pilot")
    first = client.get(f"{LIST}?skede=pilot&sort=namn")
    assert len(shown(first)) == 20
    assert heading(first) == "23 tjänster"
    link = unescape(re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1])
    assert parse_qs(urlsplit(link).query) == {"skede": ["pilot"], "sort": ["namn"], "page": ["2"]}
    assert shown(client.get(link)) == ["Tjänst 20", "Tjänst 21", "Tjänst 22"]


@pytest.mark.parametrize(
    ("page", "first", "message"),
    [
        ("99999", "Tjänst 20", "Det finns ingen sida 99999. Du ser sida 2."),
        ("0", "Tjänst 00", "Det finns ingen sida 0. Du ser sida 1."),
        ("-3", "Tjänst 00", "Det finns ingen sida -3. Du ser sida 1."),
        ("abc", "Tjänst 00", "Sidnumret ”abc” är inget tal. Du ser den första sidan."),
        ("1.5", "Tjänst 00", "Sidnumret ”1.5” är inget tal. Du ser den första sidan."),
    ],
)
def test_a_page_that_does_not_exist_is_replaced_and_told(client, catalogue, page, first, message):
    for number in range(22):
        make_service(catalogue, f"Tjänst {number:02}")
    response = client.get(LIST, {"page": page})
    assert response.status_code == 200
    assert shown(response)[0] == first
    assert alerts(response) == [message]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("skede=rymden", "Vi känner inte igen filtret ”rymden”. Det räknas inte med."),
        ("omrade=x", "Vi känner inte igen filtret ”x”. Det räknas inte med."),
        ("lan=99", "Vi känner inte igen filtret ”99”. Det räknas inte med."),
        ("kommun=9999", "Vi känner inte igen filtret ”9999”. Det räknas inte med."),
        ("sort=pris", "Vi känner inte igen filtret ”pris”. Det räknas inte med."),
        ("ansluta=nej", "Vi känner inte igen filtret ”nej”. Det räknas inte med."),
        ("licens=<b>", "Vi känner inte igen filtret ”<b>”. Det räknas inte med."),
        (
            f"lan={'7' * 900}",
            f"Vi känner inte igen filtret ”{'7' * 40}…”. Det räknas inte med.",
        ),
        (
            f"q={'x' * 10_000}",
            "Söktexten är för lång. Bara de första 200 tecknen räknas.",
        ),
    ],
)
def test_what_is_not_known_is_left_out_and_told(client, services, query, message):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert alerts(response) == [message]
    if not query.startswith("q="):
        assert len(shown(response)) == 3


@pytest.mark.parametrize(
    "q",
    [
        '"',
        "'",
        '"oavslutad',
        "AND",
        "NOT OR AND",
        "egil*",
        "egil OR provisum",
        "title:egil",
        "NEAR(a b)",
        "(",
        ")(",
        "^egil",
        "-egil",
        "a & b | !c",
        "egil:*",
        "\\",
        "%",
        "_",
        "'; DROP TABLE catalogue_servicepage; --",
        "å\u0308",
        "\u202e",
        "😀",
        "ord " * 2_500,
    ],
)
def test_no_search_text_breaks_the_list(client, services, q):
    assert client.get(LIST, {"q": q}).status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        "q=%00",
        "q=a%00b&skede=%00",
        "q=%ff%fe",
        "skede=%ff",
        "page=%00",
        "page=%ff",
        "page=" + "9" * 5_000,
        "q=%E5%C4",
        "&&&=&=x",
        "skede[]=drift",
        "q=a&q=b",
        "utm_source=x",
    ],
)
def test_broken_addresses_are_answered(client, services, raw):
    response = client.get(f"{LIST}?{raw}")
    assert response.status_code == 200
    assert "tjänst" in heading(response)


def test_a_municipality_without_services_is_known_and_gives_none(client, services):
    MunicipalityFactory(code="0114", name="Upplands Väsby", county_code="20", county="Dalarnas län")
    response = client.get(f"{LIST}?kommun=0114&lan=20")
    assert alerts(response) == []
    assert shown(response) == []
    assert sorted(chosen(response)) == [("kommun", "0114"), ("lan", "20")]


def test_an_area_without_services_is_known_and_gives_none(client, services):
    main = AreaFactory(name="Miljö", slug="miljo")
    AreaFactory(name="Avfall", slug="avfall", parent=main)
    response = client.get(f"{LIST}?omrade=avfall")
    assert alerts(response) == []
    assert chosen(response) == [("omrade", "avfall")]


def test_drafts_and_restricted_services_are_neither_shown_nor_counted(client, services):
    ServicePage.objects.get(slug="arkiv").unpublish()
    PageViewRestriction.objects.create(
        page=services["provisum"], restriction_type=PageViewRestriction.LOGIN
    )
    response = client.get(LIST)
    assert shown(response) == ["Egil"]
    assert counts(response, "skede")["drift"] == 1
    assert counts(response, "kommun") == {"1280": 1, "0180": 1}
    assert shown(client.get(f"{LIST}?q=överförmyndare")) == []


def test_uses_by_others_and_ended_uses_are_not_counted(client, catalogue):
    service = make_service(catalogue, "Egil")
    StatedUseFactory(service=service, organisation=OrganisationFactory(kind="region"))
    former = MunicipalityFactory(code="0180")
    StatedUseFactory(service=service, organisation=former.organisation, ends_on="2020-01-01")
    response = client.get(LIST)
    assert counts(response, "kommun") == {}
    assert "Användare okända" in response.content.decode()


def test_htmx_gets_the_results_alone_and_the_same_ones(client, services):
    whole = client.get(f"{LIST}?skede=drift&q=&sort=namn")
    part = client.get(f"{LIST}?skede=drift&q=&sort=namn", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert shown(part) == shown(whole) == ["Egil", "Provisum"]
    assert heading(part) == heading(whole)
    assert part["HX-Push-Url"] == "/tjanster/?skede=drift&sort=namn"
    assert "HX-Request" in whole["Vary"]
    ids = re.findall(r'<span id="(n-[\w-]+)" data-hx-swap-oob="innerHTML">', part.content.decode())
    assert ids
    for name in ids:
        assert f'<span class="n" id="{name}">' in whole.content.decode()
    assert '<summary><span id="filter-rubrik">Filtrera (1 val)' in whole.content.decode()
    assert 'id="filter-rubrik" data-hx-swap-oob="innerHTML">Filtrera (1 val)' in (
        part.content.decode()
    )


def test_htmx_restoring_history_gets_the_whole_page(client, services):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(LIST, headers=headers).content.decode()


def test_one_list_has_one_canonical_address(client, services):
    text = client.get(
        f"{LIST}?sort=nytt&page=1&utm_source=x&skede=drift&omrade=skola&omrade=laromedel&q="
    ).content.decode()
    canonical = unescape(re.search(r'<link rel="canonical" href="([^"]+)">', text)[1])
    expected = "http://testserver/tjanster/?skede=drift&omrade=laromedel&omrade=skola"
    assert canonical == expected


def test_the_head_points_at_the_feed_and_tells_what_the_list_is(client, services):
    text = client.get(LIST).content.decode()
    assert 'type="application/atom+xml"' in text
    assert 'href="http://testserver/tjanster/flode.xml"' in text
    assert '<meta property="og:url" content="http://testserver/tjanster/">' in text


def test_the_preview_shows_the_draft_introduction(catalogue, rf):
    catalogue.introduction = "Ny ingress."
    response = catalogue.make_preview_request(original_request=rf.get("/cms/"))
    assert "Ny ingress." in response.content.decode()


def test_the_list_has_no_inline_script_or_style(client, services):
    text = client.get(f"{LIST}?q=egil").content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert " style=" not in text
    assert "<style" not in text


def fill(catalogue, number) -> None:
    """Add services with an area and a use each."""
    area = AreaFactory(name=f"Område {number}")
    for place_number in range(number):
        service = make_service(catalogue, f"Tjänst {number}-{place_number}")
        service.areas.add(area)
        service.save()
        use = MunicipalityFactory()
        StatedUseFactory(service=service, organisation=use.organisation)


def queries(client, address) -> int:
    """Return how many queries an address costs with cold caches."""
    client.get(address)
    Site.clear_site_root_paths_cache()
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_pages_cost_the_same_at_20_and_200_services(client, catalogue):
    addresses = (
        LIST,
        f"{LIST}?q=tjänst&omrade=skola&sort=nytt&page=2",
        "/tjanster/tjänst-20-0/",
        "/tjanster/jamfor/?tjanst=tjänst-20-0&tjanst=tjänst-20-1",
    )
    AreaFactory(slug="skola")
    fill(catalogue, 20)
    few = [queries(client, address) for address in addresses]
    fill(catalogue, 180)
    many = [queries(client, address) for address in addresses]
    assert few == many
    assert max(many) <= 15
