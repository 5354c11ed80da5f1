"""The page where people search, and what it suggests."""

import pytest

from members.models import User
from search.actions import rebuild_index
from search.finding import PER_PAGE
from search.forms import QUERY_LENGTH
from tests.factories.governance import make_body
from tests.factories.members import MunicipalityFactory
from tests.factories.minutes import HELD, adjusted
from tests.search.conftest import brought_up_to_date

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def test_what_there_is_to_find_before_anything_is_asked(client, root, index):
    make_body(1)
    brought_up_to_date()
    page = text_of(client.get("/sok/"))
    assert "Vad du kan hitta" in page
    assert '<a href="/sok/?typ=council">Förvaltningsråd</a>' in page
    assert 'name="ordning"' not in page


def test_a_hit_shows_where_the_word_stands(client, root, index):
    held = adjusted()
    brought_up_to_date()
    page = text_of(client.get("/sok/", {"q": "budgeten"}))
    number = held.item("Budget").paragraph
    assert f"§ {number}/2026 <mark>Budget</mark>" in page
    assert "godkänna <mark>budget</mark>" in page
    assert held.decision("Budget").get_absolute_url() in page


@pytest.mark.parametrize("words", ["finnsinte", "budget zzz", '"budget plan plan"'])
def test_nothing_is_found(client, root, index, words):
    adjusted()
    brought_up_to_date()
    page = client.get("/sok/", {"q": words})
    assert page.status_code == 200
    assert "Inga träffar" in text_of(page)


def test_words_spelled_almost_alike(client, root, index):
    adjusted(None, "Biblioteksapp")
    brought_up_to_date()
    page = text_of(client.get("/sok/", {"q": "bibliotkesapp"}))
    assert "Inget innehåller ”bibliotkesapp” precis så" in page
    assert "Biblioteksapp" in page


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("q=budget&typ=decision", True),
        ("q=budget&typ=minutes", True),
        ("q=budget&typ=council", False),
        ("q=budget&ar=2026", True),
        ("q=budget&ar=1999", False),
        ("q=budget&organ=provradet", True),
        ("q=budget&organ=annat", False),
        ("typ=decision", True),
        ("typ=okand&q=budget", True),
        ("q=budget&ordning=nyast", True),
        ("q=budget&page=99", True),
        ("q=budget&page=-1", True),
        ("q=budget&page=x", True),
        ("q=budget&page=%C2%B2", True),
    ],
)  # fmt: skip
def test_filters_order_and_pages(client, root, index, query, there):
    adjusted()
    brought_up_to_date()
    response = client.get(f"/sok/?{query}")
    assert response.status_code == 200
    assert ('class="rule-list hits"' in text_of(response)) is there


def test_a_facet_counts_what_another_choice_would_give(client, root, index):
    adjusted()
    brought_up_to_date()
    page = text_of(client.get("/sok/", {"q": "budget", "typ": "council"}))
    assert "Ta bort filtret Förvaltningsråd" in page
    assert 'value="decision"><label' in page


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', '""', "”", "*", "id:1", "a" * 5000, "\x00", "😀", "§", "§ 12", "-", "AND OR NOT",
     "<script>alert(1)</script>", "å" * 300, "' OR 1=1 --", "\u202e", "och att"],
)  # fmt: skip
def test_anything_can_be_written(client, root, index, text):
    adjusted()
    brought_up_to_date()
    for address in ("/sok/", "/sok/forslag/"):
        response = client.get(address, {"q": text})
        assert response.status_code == 200
        assert "<script>alert" not in text_of(response)


def test_a_text_that_is_too_long_is_cut_with_a_word_of_it(client, root, index):
    page = text_of(client.get("/sok/", {"q": "x" * (QUERY_LENGTH + 1)}))
    assert "Söktexten är för lång" in page
    assert f'value="{"x" * QUERY_LENGTH}"' in page


def test_suggestions_for_a_word_begun(client, root, index):
    held = adjusted()
    brought_up_to_date()
    page = text_of(client.get("/sok/forslag/", {"q": "budg"}))
    assert held.decision("Budget").get_absolute_url() in page
    assert "<html" not in page
    rows = client.get("/sok/forslag/", {"q": "budg"}, headers={"accept": "application/json"}).json()
    assert rows["suggestions"][0] == {
        "title": f"§ {held.item('Budget').paragraph}/2026 Budget",
        "url": held.decision("Budget").get_absolute_url(),
        "kind": "Beslut",
    }
    assert text_of(client.get("/sok/forslag/")).strip() == ""


def test_only_reading(client, root, index):
    assert client.post("/sok/").status_code == 405
    assert client.post("/sok/forslag/").status_code == 405


def test_headings_alone_while_the_engine_is_away(client, root, settings, tmp_path):
    held = adjusted()
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_DIR = tmp_path / "none"
    page = text_of(client.get("/sok/", {"q": "budget"}))
    assert "Sökningen fungerar bara delvis just nu" in page
    assert held.decision("Budget").get_absolute_url() in page
    assert "budget" in text_of(client.get("/sok/forslag/", {"q": "budg"})).lower()
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert "Sökningen fungerar bara delvis" in text_of(client.get("/sok/", {"q": "budget"}))


def test_a_page_costs_the_same_for_many(client, root, index, django_assert_max_num_queries):
    def cost(user: User | None = None) -> int:
        if user:
            client.force_login(user)
        client.get("/sok/", {"q": "godkänna"})
        with django_assert_max_num_queries(40) as queries:
            client.get("/sok/", {"q": "godkänna"})
        return len(queries)

    held = adjusted(None, "Ett")
    brought_up_to_date()
    few = cost()
    adjusted(held.body, "Två", "Tre", "Fyra", "Fem", at=HELD.replace(month=3))
    brought_up_to_date()
    assert cost() == few


def test_more_than_a_page(client, root, index):
    for number in range(PER_PAGE + 3):
        MunicipalityFactory(county="Skärgårdslän")
        assert number < PER_PAGE + 3
    rebuild_index()
    first = text_of(client.get("/sok/", {"q": "skärgårdslän"}))
    last = text_of(client.get("/sok/", {"q": "skärgårdslän", "page": 2}))
    assert f"{PER_PAGE + 3} träffar" in first
    assert (first.count("<h3>"), last.count("<h3>")) == (PER_PAGE, 3)
    assert "page=2" in first


def test_the_register_finds_swedish_forms_and_what_only_the_body_may_read(client, root, index):
    held = adjusted(None, "Läromedel", closed=("Upphandling",))
    brought_up_to_date()

    def shown(query: str) -> set[str]:
        page = text_of(client.get("/beslut/", {"q": query}))
        return {
            title
            for title in ("Läromedel", "Upphandling")
            if held.decision(title).get_absolute_url() in page
        }

    assert shown("läromedlens") == {"Läromedel"}
    assert shown("läromedlens finnsinte") == set()
    assert shown("upphandling") == set()
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    assert (shown("läromedlens"), shown("upphandling")) == ({"Läromedel"}, {"Upphandling"})


def test_the_word_for_a_kind_finds_it_and_is_not_shown(client, root, index):
    held = adjusted()
    MunicipalityFactory(name="Sjöbygd", county="Skärgårdslän")
    rebuild_index()
    page = text_of(client.get("/sok/", {"q": "besluten provrådet budget", "typ": "decision"}))
    assert held.decision("Budget").get_absolute_url() in page
    assert "beslut paragraf" not in page
    assert "1 träff" in text_of(client.get("/sok/", {"q": "kommunen sjöbygd"}))
