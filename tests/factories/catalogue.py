"""Services and what belongs to them."""

from datetime import date

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from catalogue.models import (
    Area,
    CataloguePage,
    FactSource,
    ServiceContract,
    ServiceDocument,
    ServiceDonor,
    ServiceFeature,
    ServicePage,
    ServiceRelation,
    ServiceRoadmapItem,
    StatedUse,
)
from core.models import SiteDocument
from tests.factories.members import MunicipalityFactory, OrganisationFactory


class AreaFactory(DjangoModelFactory):
    """A main area."""

    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"Område {n}")
    slug = factory.Sequence(lambda n: f"omrade-{n}")


def make_catalogue(parent, **fields) -> CataloguePage:
    """Return a live catalogue page under the front page."""
    page = CataloguePage(**{"title": "Tjänster", "slug": "tjanster"} | fields)
    parent.add_child(instance=page)
    return page


def make_service(catalogue, title="Provtjänst", **fields) -> ServicePage:
    """Return a live service page under the catalogue."""
    values = {"title": title, "short_description": "En tjänst för prov."} | fields
    page = ServicePage(**values)
    catalogue.add_child(instance=page)
    return page


class StatedUseFactory(DjangoModelFactory):
    """A use that a source states."""

    class Meta:
        model = StatedUse

    organisation = factory.SubFactory(OrganisationFactory)
    citation = "Intervju 2019"


class FactSourceFactory(DjangoModelFactory):
    """A source of the owner."""

    class Meta:
        model = FactSource

    field = "owned_by"
    citation = factory.Sequence(lambda n: f"Årsredovisning {n}")


def make_full_service(catalogue, title="Provtjänst", *, rows=3, **fields) -> ServicePage:
    """Return a live service of which everything is told, with `rows` rows of each kind."""
    example = OrganisationFactory(name=f"Föreningen för {title}")
    values = {
        "long_description": "<p>En kedja från kvitto till granskning.</p>",
        "need": "Kvitton ska gå att överblicka.",
        "target_groups": "Handläggare",
        "lifecycle": "production",
        "lifecycle_on": date(2019, 5, 1),
        "lifecycle_citation": "Protokoll 2019",
        "owned_by": example,
        "origin": "Gåva från två kommuner",
        "stated_user_count": 12,
        "stated_user_text": "Tolv kommuner använder tjänsten.",
        "open_for_new_members": True,
        "contact_function": "Förvaltningsledare",
        "contact_email": "tjanst@exempel.invalid",
        "website": "https://exempel.invalid/",
        "licence": "EUPL-1.2",
        "source_repository": "https://exempel.invalid/kod",
        "technology": "Django",
        "standards": "SS 12000",
        "personal_data": "sensitive",
        "personal_data_note": "Föräldrabalken 16 kap.",
        "confidentiality": 3,
        "integrity": 3,
        "availability": 2,
        "accessibility": "partial",
        "languages": "svenska",
        "hosting": "I Sverige",
        "ai_use": "no",
        "cost_text": "Efter antal invånare.",
        "example_fields": ["cost_text"],
    }
    service = make_service(catalogue, title, **(values | fields))
    area = Area.objects.filter(slug="skola").first() or AreaFactory(name="Skola", slug="skola")
    service.areas.add(area)
    service.save()
    for number in range(rows):
        _add_rows(service, example, number)
    return service


def _add_rows(service, organisation, number) -> None:
    ServiceFeature.objects.create(service=service, text=f"Funktion {number}", sort_order=number)
    ServiceDonor.objects.create(
        service=service, name=f"Givare {number}", given_on=date(2016, 1, 1), citation="Gåvobrev"
    )
    ServiceContract.objects.create(
        service=service,
        supplier=OrganisationFactory(kind="supplier"),
        kind="operation",
        starts_on=date(2024, 1, 1),
    )
    ServiceRelation.objects.create(
        service=service, kind="integration", system=f"System {number}", note="Nattlig överföring"
    )
    ServiceRoadmapItem.objects.create(service=service, title=f"Steg {number}", status="planned")
    FactSourceFactory(service=service, url="https://exempel.invalid/", read_on=date(2026, 1, 2))
    municipality = MunicipalityFactory()
    StatedUseFactory(service=service, organisation=municipality.organisation)
    StatedUseFactory(service=service, organisation=OrganisationFactory(kind="region"))
    document = SiteDocument.objects.create(
        title=f"Avtal {number}",
        file=ContentFile(b"%PDF-1.7", name=f"avtal-{number}.pdf"),
        file_size=240_000,
        document_type="agreement",
        dated_on=date(2024, 3, 1),
    )
    ServiceDocument.objects.create(service=service, document=document)
