"""The feed of new services."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

from wagtail.models import PageViewRestriction

from catalogue.models import ServicePage
from tests.factories.catalogue import make_service

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_is_atom_and_holds_what_everyone_may_see_latest_first(client, catalogue):
    for number, name in enumerate(["Första", "Andra", "Hemlig", "Utkast"]):
        service = make_service(catalogue, name, live=name != "Utkast")
        moment = datetime(2026, 1, 1 + number, tzinfo=UTC)
        ServicePage.objects.filter(pk=service.pk).update(
            first_published_at=moment, last_published_at=moment
        )
        if name == "Hemlig":
            PageViewRestriction.objects.create(page=service, restriction_type="login")
    response = client.get("/tjanster/flode.xml")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)  # noqa: S314 - our own feed
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    assert feed.findtext(f"{ATOM}title") == "Nya tjänster"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/tjanster/flode.xml"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Andra", "Första"]
    first = entries[0]
    assert first.find(f"{ATOM}link").get("href") == "http://testserver/tjanster/andra/"
    assert first.findtext(f"{ATOM}published") == "2026-01-02T00:00:00+00:00"
    assert first.findtext(f"{ATOM}summary") == "En tjänst för prov."
    for required in ("id", "updated"):
        assert first.findtext(f"{ATOM}{required}")
        assert feed.findtext(f"{ATOM}{required}")


def test_the_feed_of_an_empty_catalogue_is_a_feed(client, catalogue):
    assert client.get("/tjanster/flode.xml").status_code == 200
