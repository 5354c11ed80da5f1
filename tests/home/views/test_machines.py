"""What machines read."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from wagtail.models import Site

from members.models import AssociationSettings
from tests.factories.catalogue import make_service
from tests.factories.home import make_news, make_text, restrict

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_robots(client, settings):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert "Disallow: /cms/" in lines
    assert "Disallow: /" not in lines
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in lines


def fields_of(client) -> dict[str, str]:
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_security_txt_expires_within_a_year_and_never_in_the_past(client, settings):
    fields = fields_of(client)
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    ahead = expires - datetime.now(UTC)
    assert timedelta(days=100) < ahead < timedelta(days=365)
    assert fields["Canonical"] == f"{settings.BASE_URL}/.well-known/security.txt"
    assert fields["Contact"] == f"{settings.BASE_URL}/kontakt/"
    assert fields["Preferred-Languages"] == "sv, en"


@pytest.mark.parametrize(
    ("security", "email", "contact"),
    [
        ("sakerhet@exempel.invalid", "kansliet@exempel.invalid", "mailto:sakerhet@exempel.invalid"),
        ("", "kansliet@exempel.invalid", "mailto:kansliet@exempel.invalid"),
    ],
)
def test_security_txt_names_the_associations_contact(small_site, client, security, email, contact):
    AssociationSettings.objects.create(
        site=Site.objects.get(is_default_site=True), email=email, security_contact=security
    )
    assert fields_of(client)["Contact"] == contact


def test_the_sitemap_holds_what_everyone_may_see(small_site, municipalities, client):
    make_service(small_site.catalogue, slug="provisum").save_revision().publish()
    restrict(make_text(small_site, "Dold", slug="dold"))
    below = make_text(small_site.about, "Under", slug="under")
    restrict(small_site.about)
    make_text(small_site, "Utkast", slug="utkast", live=False)
    response = client.get("/sitemap.xml")
    tree = ET.fromstring(response.content)  # noqa: S314 - our own answer
    found = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in tree}
    paths = {address.removeprefix("http://testserver") for address in found}
    pages = {"/", "/tjanster/", "/tjanster/provisum/", "/kommuner/", "/nyheter/"}
    assert {path for path in paths if not re.fullmatch(r"/kommuner/\d{4}/", path)} == pages
    assert len(paths) == 290 + len(pages)
    assert found["http://testserver/tjanster/provisum/"]
    assert found["http://testserver/kommuner/0180/"]
    assert below.slug not in "".join(paths)


def test_the_sitemap_without_a_site_is_empty(client):
    Site.objects.all().delete()
    assert client.get("/sitemap.xml").status_code == 200


def test_the_sitemap_costs_the_same_however_many_pages(
    small_site, municipalities, client, django_assert_num_queries
):
    for number in range(20):
        make_text(small_site, f"Text {number}")
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")


def test_the_feed_of_news(small_site, client):
    for day in (1, 2):
        make_news(
            small_site.news, f"Nyhet {day}", slug=f"nyhet-{day}", published_on=f"2026-11-0{day}"
        )
    restrict(make_news(small_site.news, "Hemlig"))
    response = client.get("/nyheter/flode.xml")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)  # noqa: S314 - our own answer
    entries = [
        (e.findtext(f"{ATOM}title"), e.find(f"{ATOM}link").get("href"))
        for e in feed.findall(f"{ATOM}entry")
    ]
    assert entries == [
        ("Nyhet 2", "http://testserver/nyheter/nyhet-2/"),
        ("Nyhet 1", "http://testserver/nyheter/nyhet-1/"),
    ]
    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}published") == "2026-11-02T00:00:00+01:00"


@pytest.mark.parametrize("url", ["/robots.txt", "/.well-known/security.txt"])
def test_they_are_only_read(client, url):
    assert client.post(url).status_code == 405
    assert client.head(url).status_code == 200
