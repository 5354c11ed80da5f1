"""A service's page."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from catalogue.models import ServiceDonor, ServiceRelation, ServiceRoadmapItem
from core import slots
from core.models import SiteDocument
from tests.factories.catalogue import (
    FactSourceFactory,
    StatedUseFactory,
    make_full_service,
    make_service,
)
from tests.factories.members import MunicipalityFactory, OrganisationFactory, UserFactory


def queries(client, address) -> int:
    """Return how many queries an address costs with cold caches."""
    client.get(address)
    Site.clear_site_root_paths_cache()
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def body(client, address) -> str:
    return client.get(address).content.decode()


def test_service_page_tells_everything(client, catalogue):
    make_full_service(catalogue, slug="prov")
    page = body(client, "/tjanster/prov/")
    for text in (
        "En tjänst för prov.",
        "En kedja från kvitto till granskning.",
        "Funktion 2",
        "Kvitton ska gå att överblicka.",
        "12 kommuner använder Provtjänst",
        "3 av dem är namngivna i en källa.",
        "Intervju 2019",
        "Efter antal invånare.",
        "Avtal 1",
        "1 mars 2024",
        "240\u00a0kB",
        "Föreningen för Provtjänst",
        "Gåva från två kommuner",
        "Givare 0",
        "Skola",
        "Handläggare",
        "Förvaltningsledare",
        "https://spdx.org/licenses/EUPL-1.2.html",
        "Django",
        "SS 12000",
        "Känsliga personuppgifter",
        "Föräldrabalken 16 kap.",
        "K3 R3 T2",
        "System 1",
        "Nattlig överföring",
        "Steg 2",
        "1 maj 2019",
        "Protokoll 2019",
    ):
        assert text in page, text


def test_every_fact_may_have_a_source_and_the_mark_for_examples(client, catalogue):
    service = make_service(catalogue, slug="prov", hosting="I Sverige", example_fields=["hosting"])
    FactSourceFactory(
        service=service,
        field="hosting",
        citation="Verksamhetsplan 2018",
        url="https://exempel.invalid/plan",
        read_on=date(2026, 11, 21),
    )
    page = body(client, "/tjanster/prov/")
    fact = page[page.index("I Sverige") :]
    fact = fact[: fact.index("</dd>")]
    assert "Exempel" in fact
    assert '<span class="ds-sr-only">: Drift</span>' in fact
    assert '<a href="https://exempel.invalid/plan" rel="external">Verksamhetsplan 2018</a>' in fact
    assert "21 november 2026" in fact


def test_a_source_of_an_unknown_fact_is_still_shown(client, catalogue):
    service = make_service(catalogue, slug="prov")
    FactSourceFactory(service=service, field="gammalt", citation="En gammal källa")
    assert "En gammal källa" in body(client, "/tjanster/prov/")


def test_a_source_of_all_donors_is_told_once(client, catalogue):
    service = make_service(catalogue, slug="prov")
    for name, citation in (("Västerås", "Gåvobrev"), ("Stockholm", "Gåvobrev"), ("Nacka", "Avtal")):
        ServiceDonor.objects.create(service=service, name=name, citation=citation)
    assert body(client, "/tjanster/prov/").count("Gåvobrev") == 2
    FactSourceFactory(service=service, field="donors", citation="Gåvobrev")
    page = body(client, "/tjanster/prov/")
    assert (page.count("Gåvobrev"), page.count("Avtal")) == (1, 1)


def test_a_source_of_uses_is_told_at_the_use_with_its_day(client, catalogue):
    service = make_service(catalogue, slug="prov")
    use = StatedUseFactory(service=service, citation="Kommunens webbplats")
    FactSourceFactory(
        service=service, field="stated_uses", citation=use.citation, read_on=date(2026, 1, 2)
    )
    FactSourceFactory(service=service, field="stated_uses", citation="Årsredovisning")
    page = body(client, "/tjanster/prov/")
    assert page.count("Kommunens webbplats") == 1
    assert "läst 2 januari 2026" in page
    assert page.count("Årsredovisning") == 1


@pytest.mark.parametrize(("marked", "marks"), [((True, True), 2), ((True, False), 2)])
def test_a_section_whose_rows_are_all_marked_has_no_mark_of_its_own(
    client, catalogue, marked, marks
):
    service = make_service(catalogue, slug="prov", example_fields=["roadmap"])
    for number, is_example in enumerate(marked):
        ServiceRoadmapItem.objects.create(
            service=service, title=f"Steg {number}", status="planned", is_example=is_example
        )
    assert body(client, "/tjanster/prov/").count("tag-example") == marks


def test_a_bare_service_shows_no_empty_sections(client, catalogue):
    make_service(catalogue, slug="prov")
    page = body(client, "/tjanster/prov/")
    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", page.partition("<footer")[0])
    assert headings == ["Skede", "Vilka använder Provtjänst?", "Fakta"]


def test_the_map_marks_named_municipalities_and_their_county(client, catalogue):
    service = make_service(catalogue, slug="prov")
    user = MunicipalityFactory(code="0180", name="Stockholm", tile_x=1, tile_y=1)
    MunicipalityFactory(code="0182", name="Nacka", tile_x=2, tile_y=1)
    MunicipalityFactory(code="1280", name="Malmö", county_code="12", tile_x=3, tile_y=9)
    StatedUseFactory(service=service, organisation=user.organisation)
    tiles = re.findall(
        r'<a href="/kommuner/(\d+)/"><title>([^<]+)</title><rect( class="[^"]+")?',
        body(client, "/tjanster/prov/"),
    )
    assert tiles == [
        ("0180", "Stockholm, använder Provtjänst", ' class="t-on"'),
        ("0182", "Nacka", ' class="t-lan"'),
        ("1280", "Malmö", ""),
    ]


def test_a_use_that_has_ended_is_told_as_former(client, catalogue):
    service = make_service(catalogue, slug="prov")
    user = MunicipalityFactory(name="Ystad")
    yesterday = timezone.localdate() - timedelta(days=1)
    StatedUseFactory(service=service, organisation=user.organisation, ends_on=yesterday)
    page = body(client, "/tjanster/prov/")
    assert "Vilka använder Provtjänst?" in page
    assert "Har använt tjänsten tidigare" in page


def test_documents_for_the_office_are_not_shown_to_everyone(client, catalogue):
    make_full_service(catalogue, slug="prov", rows=2)
    SiteDocument.objects.filter(title="Avtal 0").update(audience="office")
    page = body(client, "/tjanster/prov/")
    assert "Avtal 0" not in page
    assert "Avtal 1" in page


def test_relations_are_shown_from_both_ends_but_never_lead_to_a_hidden_service(client, catalogue):
    one = make_service(catalogue, "Ena tjänsten", slug="ena")
    two = make_service(catalogue, "Andra tjänsten", slug="andra")
    draft = make_service(catalogue, "Hemlig tjänst", slug="hemlig", live=False)
    ServiceRelation.objects.create(service=one, kind="dependency", other=two)
    ServiceRelation.objects.create(service=one, kind="integration", other=draft)
    ServiceRelation.objects.create(service=draft, kind="integration", other=one)
    page = body(client, "/tjanster/ena/")
    assert '<a href="/tjanster/andra/">Andra tjänsten</a>' in page
    assert "Hemlig tjänst" not in page
    assert "är beroende av Andra tjänsten" in body(client, "/tjanster/andra/")


def test_structured_data_is_valid_json_and_cannot_break_out(client, catalogue):
    make_full_service(catalogue, "</script><script>alert(1)</script>", slug="prov")
    page = body(client, "/tjanster/prov/")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(blocks) == 1
    data = json.loads(blocks[0])
    assert data["@type"] == ["GovernmentService", "SoftwareApplication"]
    assert data["name"] == "</script><script>alert(1)</script>"
    assert data["url"] == "http://testserver/tjanster/prov/"
    assert data["license"] == "https://spdx.org/licenses/EUPL-1.2.html"
    assert len(data["areaServed"]) == 3
    assert "<script>alert" not in page


def test_head_has_canonical_and_open_graph(client, catalogue):
    make_service(catalogue, slug="prov")
    page = body(client, "/tjanster/prov/?utm_source=x")
    assert '<link rel="canonical" href="http://testserver/tjanster/prov/">' in page
    assert '<meta property="og:title" content="Provtjänst">' in page
    assert '<meta property="og:description" content="En tjänst för prov.">' in page
    assert page.count('<meta name="description"') == 1


def test_a_draft_is_not_found(client, catalogue):
    make_service(catalogue, slug="prov", live=False)
    assert client.get("/tjanster/prov/").status_code == 404


@pytest.mark.parametrize("address", ["/tjanster/finns-inte/", "/tjanster/a/b/", "/tjanster/%00/"])
def test_unknown_services_are_not_found(client, catalogue, address):
    make_service(catalogue, slug="a")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("restricted", ["service", "catalogue", "root"])
def test_a_restricted_service_asks_for_login(client, catalogue, root, restricted):
    service = make_service(catalogue, slug="prov")
    page = {"service": service, "catalogue": catalogue, "root": root}[restricted]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    response = client.get("/tjanster/prov/")
    assert response.status_code == 302
    assert response["Location"] == "/konto/login/?next=/tjanster/prov/"
    client.force_login(UserFactory())
    assert client.get("/tjanster/prov/").status_code == 200


def test_a_restriction_elsewhere_restricts_nothing(client, catalogue):
    make_service(catalogue, slug="prov")
    other = make_service(catalogue, slug="annan")
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert client.get("/tjanster/prov/").status_code == 200


def test_the_preview_shows_rows_that_are_not_saved(catalogue, rf):
    service = make_service(catalogue, slug="prov")
    service.features.add(service.features.model(text="Bara i utkastet"))
    service.title = "Nytt namn"
    response = service.make_preview_request(original_request=rf.get("/cms/"))
    assert response.status_code == 200
    text = response.content.decode()
    assert "Bara i utkastet" in text
    assert "Nytt namn" in text
    assert service.features.model.objects.count() == 0


def test_the_page_costs_at_most_twelve_queries_however_much_is_told(client, catalogue):
    MunicipalityFactory.create_batch(5)
    make_full_service(catalogue, "Liten", slug="liten", rows=1)
    make_full_service(catalogue, "Stor", slug="stor", rows=12)
    few, many = queries(client, "/tjanster/liten/"), queries(client, "/tjanster/stor/")
    assert few == many
    assert many <= 12


def test_an_upper_app_fills_the_slots(client, catalogue, monkeypatch):
    monkeypatch.setattr(slots, "_slots", slots.defaultdict(list))
    seen = []

    def fill(obj, user):
        seen.append(
            (obj.title, user.is_authenticated, OrganisationFactory._meta.model.objects.count())
        )
        return "components/alert.html", {"text": "Från en övre app <b>"}

    make_service(catalogue, slug="prov")
    plain = queries(client, "/tjanster/prov/")
    slots.register("service_side", fill, queries=1)
    slots.register("service_main", lambda _obj, _user: None, queries=0)
    assert queries(client, "/tjanster/prov/") == plain + slots.budget("service_side")
    assert "Från en övre app &lt;b&gt;" in body(client, "/tjanster/prov/")
    assert seen[0] == ("Provtjänst", False, 0)
