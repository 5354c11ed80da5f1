"""Services and what belongs to them."""

import factory
from factory.django import DjangoModelFactory

from catalogue.models import Area, CataloguePage, ServicePage, StatedUse
from tests.factories.members import OrganisationFactory


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
