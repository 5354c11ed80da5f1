"""Joinings and stated uses side by side: lists, counts, map, and the municipality's page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.models import Participation
from catalogue.usage import used_by_municipalities
from members.models import Municipality
from tests.factories.catalogue import StatedUseFactory
from tests.factories.members import MunicipalityFactory, OrganisationFactory

SERVICE = "/tjanster/provisum/"
SHOWN = ("agreement-signed", "onboarding", "production", "terminated", "winding-up")
HIDDEN = ("interest", "dialogue", "decision-pending", "decided", "withdrawn", "declined", "ended")


def join(story, organisation, state="production"):
    leaving = state in {"terminated", "winding-up", "ended"}
    before = state in HIDDEN and state != "ended"
    return Participation.objects.create(
        service=story.service,
        organisation=organisation,
        state=state,
        starts_on=None if before else date(2025, 1, 1),
        production_on=None if before else date(2025, 2, 1),
        terminated_from="production" if leaving else "",
        ends_on=date(2027, 12, 31) if leaving else None,
        state_since=timezone.now(),
    )


def body(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("state", SHOWN)
def test_a_joining_in_force_or_leaving_counts(story, client, state):
    municipality = MunicipalityFactory(code="9001", name="Provkommun")
    join(story, municipality.organisation, state)
    assert [use[:2] for use in used_by_municipalities()] == [(story.service.pk, "9001")]
    page = body(client, SERVICE)
    assert "1 kommun använder Provisum" in page
    assert "1 har anslutit sig med avtal." in page


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_agreed_or_is_over_does_not(story, client, state):
    municipality = MunicipalityFactory(code="9001", name="Provkommun")
    join(story, municipality.organisation, state)
    assert used_by_municipalities() == []
    assert "Provkommun</a>" not in body(client, SERVICE)


def test_who_has_joined_and_is_named_by_a_source_counts_once(story, client):
    municipality = MunicipalityFactory(code="9001", name="Provkommun")
    other = MunicipalityFactory(code="9002", name="Källkommun")
    join(story, municipality.organisation)
    for row in (municipality, other):
        StatedUseFactory(service=story.service, organisation=row.organisation)
    assert len(used_by_municipalities([story.service.pk])) == 2
    page = body(client, SERVICE)
    assert "2 kommuner använder Provisum" in page
    assert page.count(">ansluten</span>") == 1
    assert page.count(">enligt en källa</span>") == 1
    assert page.count("Provkommun</a>") == 1


def test_an_organisation_of_another_kind_is_told_but_not_counted(story, client):
    join(story, OrganisationFactory(kind="region", name="Region Prov"))
    assert used_by_municipalities() == []
    page = body(client, SERVICE)
    assert "Region Prov" in page
    assert "1 har anslutit sig med avtal." in page


def test_where_nobody_has_joined_the_whole_list_is_said_to_be_by_sources(story, client):
    StatedUseFactory(service=story.service, organisation=MunicipalityFactory().organisation)
    page = body(client, SERVICE)
    assert ">enligt en källa</span>" not in page
    assert "1 kommun använder Provisum" in page
    assert "Enligt källor. Ingen har anslutit sig med avtal här." in page


def test_filters_and_counts_of_the_catalogue_know_joinings(story, client):
    municipality = MunicipalityFactory(code="9001", name="Provkommun", county_code="25")
    row = join(story, municipality.organisation, "dialogue")
    assert "Provisum</a>" not in body(client, "/tjanster/?kommun=9001")
    row.delete()
    join(story, municipality.organisation)
    assert "1 tjänst" in body(client, "/tjanster/?kommun=9001")
    assert "1 tjänst" in body(client, "/tjanster/?lan=25")


def test_the_municipalitys_page_shows_both_and_says_which(story, client, root):
    municipality = Municipality.objects.get(organisation=story.world.own)
    join(story, municipality.organisation)
    page = body(client, f"/kommuner/{municipality.code}/")
    assert "Har anslutit sig till 1 gemensam tjänst." in page
    assert "Ansluten sedan 2025" in page
    StatedUseFactory(service=story.service, organisation=municipality.organisation)
    again = body(client, f"/kommuner/{municipality.code}/")
    assert "Har anslutit sig till 1 gemensam tjänst." in again
    assert again.count('href="/tjanster/provisum/"') == 1


def test_the_number_of_queries_does_not_grow(story, client):
    municipality = Municipality.objects.get(organisation=story.world.own)
    addresses = (SERVICE, "/tjanster/", f"/kommuner/{municipality.code}/")

    def cost(address):
        with CaptureQueriesContext(connection) as found:
            body(client, address)
        return len(found)

    join(story, municipality.organisation)
    for address in addresses:
        body(client, address)
    few = [cost(address) for address in addresses]
    for _number in range(5):
        join(story, MunicipalityFactory().organisation)
    assert [cost(address) for address in addresses] == few
