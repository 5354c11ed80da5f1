"""Running text and news."""

import re

import pytest

from tests.factories.home import PROSE, make_image, make_news, make_text, restrict
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_text_shows_its_blocks(small_site, client):
    picture = {
        "type": "picture",
        "value": {"image": make_image(alt_text="Ett torg").pk, "caption": "Torget"},
    }
    make_text(
        small_site,
        "Kontakt",
        slug="kontakt",
        introduction="Skriv till oss.",
        body=[*PROSE, picture],
    )
    html = text_of(client, "/kontakt/")
    assert "<h1>Kontakt</h1>" in html
    assert "<h2>En rubrik</h2>" in html
    assert 'Ett stycke om <span class="nowrap">e-underskrift</span>.' in html
    assert "<blockquote><p>Citerat.</p></blockquote>" in html
    assert re.search(r'<img alt="Ett torg"[^>]* src="/media/images/bild', html)
    assert "Torget" in html


def test_a_text_that_is_made_up_says_so(small_site, client):
    make_text(small_site, slug="prov", is_example=True)
    assert "tag-example" in text_of(client, "/prov/")
    assert "tag-example" not in text_of(client, "/om/")


def test_a_text_links_to_the_pages_under_it_and_shows_the_way_back(small_site, client):
    below = make_text(small_site.about, "Historia", slug="historia")
    hidden = make_text(small_site.about, "Hemlig", slug="hemlig")
    restrict(hidden)
    html = text_of(client, "/om/")
    assert '<a href="/om/historia/">Historia</a>' in html
    assert "Hemlig" not in html
    html = text_of(client, "/om/historia/")
    assert '<li><a href="/om/">Om oss</a></li>' in html
    assert below.title in html


def test_a_restricted_text_asks_for_a_login(small_site, client):
    restrict(small_site.about)
    response = client.get("/om/")
    assert response.status_code == 302
    assert response.url.startswith("/konto/login/")
    client.force_login(UserFactory())
    assert client.get("/om/").status_code == 200


def test_a_preview_is_drawn_by_the_same_view(small_site, rf):
    small_site.about.title = "Nytt namn"
    response = small_site.about.make_preview_request(
        rf.get("/"), preview_mode=small_site.about.default_preview_mode
    )
    assert "<h1>Nytt namn</h1>" in response.content.decode()


def test_content_keeps_its_language_in_the_english_interface(small_site, client):
    client.cookies["django_language"] = "en"
    html = text_of(client, "/om/")
    assert '<div class="prose measure" lang="sv">' in html
    assert '<h1 lang="sv">Om oss</h1>' in html


@pytest.fixture
def news(small_site):
    return [
        make_news(small_site.news, f"Nyhet {n:02}", published_on=f"2026-10-{n:02}")
        for n in range(1, 24)
    ]


def headlines(html: str) -> list[str]:
    return re.findall(r'<li><a href="/nyheter/[^"]+/">(.*?)</a>', html)


def test_news_are_listed_by_date_ten_at_a_time(news, client):
    assert headlines(text_of(client, "/nyheter/"))[:2] == ["Nyhet 23", "Nyhet 22"]
    assert headlines(text_of(client, "/nyheter/?page=3")) == ["Nyhet 03", "Nyhet 02", "Nyhet 01"]


@pytest.mark.parametrize(
    ("asked", "notice", "first"),
    [
        ("abc", "Sidnumret ”abc” är inget tal", "Nyhet 23"),
        ("99999", "Det finns ingen sida 99999", "Nyhet 03"),
        ("0", "Det finns ingen sida 0", "Nyhet 23"),
        ("-1", "Det finns ingen sida -1", "Nyhet 23"),
        ("1" * 5000, "är inget tal", "Nyhet 23"),
        ("%00", "", "Nyhet 23"),
        ("", "", "Nyhet 23"),
    ],
)
def test_a_page_that_does_not_exist_is_told(news, client, asked, notice, first):
    html = text_of(client, f"/nyheter/?page={asked}")
    assert headlines(html)[0] == first
    assert notice in html


def test_an_empty_list_says_so(small_site, client):
    assert "Inga nyheter ännu" in text_of(client, "/nyheter/")


def test_news_that_are_not_for_all_are_left_out(small_site, client):
    restrict(make_news(small_site.news, "Hemlig"))
    make_news(small_site.news, "Utkast", live=False)
    make_news(small_site.news, "Öppen")
    assert headlines(text_of(client, "/nyheter/")) == ["Öppen"]


@pytest.mark.parametrize("count", [2, 10])
def test_the_list_of_news_costs_the_same(small_site, client, django_assert_num_queries, count):
    for number in range(count):
        make_news(small_site.news, f"Nyhet {number}")
    with django_assert_num_queries(9):
        client.get("/nyheter/")


def test_a_piece_of_news_shows_its_picture_and_is_shared_with_it(small_site, client):
    make_news(
        small_site.news, "Med bild", slug="med-bild", image=make_image(alt_text="Torg"), body=PROSE
    )
    html = text_of(client, "/nyheter/med-bild/")
    assert "<h1>Med bild</h1>" in html
    assert '<time datetime="2026-11-12">12 november 2026</time>' in html
    assert '<img alt="Torg"' in html
    assert '<meta property="og:type" content="article">' in html
    assert re.search(r'<meta property="og:image" content="http://[^/]+/media/images/bild', html)


@pytest.mark.parametrize("slug", ["finns-inte", "%00", "../om", "a" * 3000])
def test_unknown_addresses_do_not_exist(small_site, client, slug):
    assert client.get(f"/nyheter/{slug}/").status_code == 404
