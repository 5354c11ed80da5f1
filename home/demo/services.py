"""The services of the demo: every fact has its source, or its mark as an example."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from wagtail.models import Orderable

from catalogue.actions import change_lifecycle
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
from home import prose
from home.demo import content
from home.demo.documents import add_document
from home.demo.organisations import Parties
from home.demo.pictures import add_picture
from members.models import User

R = TypeVar("R", bound=Orderable)

# Keys of a service's file that are columns of its page, as they are.
COLUMNS = (
    "title",
    "short_description",
    "need",
    "target_groups",
    "lifecycle",
    "owner_text",
    "origin",
    "stated_user_count",
    "stated_user_text",
    "open_for_new_members",
    "contact_function",
    "contact_email",
    "website",
    "licence",
    "source_repository",
    "technology",
    "standards",
    "personal_data",
    "personal_data_note",
    "accessibility",
    "languages",
    "hosting",
    "ai_use",
    "ai_note",
    "cost_text",
    "example_fields",
    "is_example",
)


@dataclass(frozen=True)
class Stand:
    """What the pages of services stand on: where they lie, whom they name, who writes them."""

    catalogue: CataloguePage
    parties: Parties
    areas: dict[str, Area]
    editor: User
    manager: User
    seed: int


@transaction.atomic
def load_services(stand: Stand, specs: dict[str, dict[str, Any]]) -> int:
    """Add and publish the services that are missing; return how many.

    Pages come first and what leads from one to another after, since two services may name each
    other. What exists is never touched, so that editors' work survives.
    """
    known = set(stand.catalogue.get_children().values_list("slug", flat=True))
    added = {
        slug: _add_draft(stand, slug, spec) for slug, spec in specs.items() if slug not in known
    }
    pages = {page.slug: page for page in ServicePage.objects.child_of(stand.catalogue)}
    for slug, page in added.items():
        _add_relations(page, specs[slug].get("relations", []), pages)
        page.save_revision(user=stand.editor).publish(skip_permission_checks=True)
        _live_through(stand, page, specs[slug].get("lifecycle_changes", []))
    return len(added)


def _add_draft(stand: Stand, slug: str, spec: dict[str, Any]) -> ServicePage:
    """Add the page, not yet live, with everything but its relations."""
    page = ServicePage(slug=slug, live=False, owner=stand.editor)
    for name in COLUMNS:
        if name in spec:
            setattr(page, name, spec[name])
    page.long_description = prose.html(spec["long_description"])
    page.confidentiality, page.integrity, page.availability = spec.get("klassa", (None,) * 3)
    if "owner" in spec:
        page.owned_by = stand.parties.find(spec["owner"])
    if "image" in spec:
        title = f"Bild till {spec['title']} (exempel)"
        page.image = add_picture(key=spec["image"], title=title, seed=stand.seed, by=stand.editor)
    page.lifecycle_citation = _lifecycle_citation(spec)
    page.areas = [stand.areas[area] for area in spec["areas"]]
    _add_rows(stand, page, spec)
    stand.catalogue.add_child(instance=page)
    return page


def _lifecycle_citation(spec: dict[str, Any]) -> str:
    """Return the source of the service's first known stage; made-up stages say so."""
    keys = spec.get("sources", {}).get("lifecycle", [content.EXAMPLE])
    return content.source(keys[0]).citation


def _add_rows(stand: Stand, page: ServicePage, spec: dict[str, Any]) -> None:
    """Give the page its rows: features, donors, uses, documents, contracts, roadmap, sources."""
    page.features = _in_order(ServiceFeature(text=text) for text in spec["features"])
    page.donors = _in_order(_donor(stand, donor) for donor in spec.get("donors", []))
    page.stated_uses = _in_order(_use(stand, use) for use in spec.get("uses", []))
    page.documents = _in_order(
        ServiceDocument(document=add_document(spec=document, by=stand.editor))
        for document in spec.get("documents", [])
    )
    page.contracts = _in_order(_contract(stand, contract) for contract in spec.get("contracts", []))
    page.roadmap = _in_order(
        ServiceRoadmapItem(**item, is_example=True) for item in spec.get("roadmap", [])
    )
    page.sources = _in_order(
        _fact_source(fact, key) for fact, keys in spec.get("sources", {}).items() for key in keys
    )


def _in_order(rows: Iterable[R]) -> list[R]:
    """Return the rows numbered as they come, as the CMS numbers them."""
    numbered = list(rows)
    for place, row in enumerate(numbered):
        row.sort_order = place
    return numbered


def _contract(stand: Stand, contract: dict[str, Any]) -> ServiceContract:
    supplier = stand.parties.find(contract["supplier"])
    return ServiceContract(**contract | {"supplier": supplier}, is_example=True)


def _donor(stand: Stand, donor: dict[str, str]) -> ServiceDonor:
    return ServiceDonor(
        organisation=stand.parties.by_code[donor["code"]],
        citation=content.source(donor["source"]).citation,
    )


def _use(stand: Stand, use: dict[str, Any]) -> StatedUse:
    """Return a use as its source states it; a use without a source is an example."""
    said = content.source(use.get("source", content.EXAMPLE))
    organisation = (
        stand.parties.by_code[use["code"]]
        if "code" in use
        else stand.parties.find(use["organisation"])
    )
    return StatedUse(
        organisation=organisation,
        citation=said.citation,
        url=said.url,
        read_on=said.read_on,
        is_example="source" not in use,
    )


def _fact_source(fact: str, key: str) -> FactSource:
    said = content.source(key)
    return FactSource(field=fact, citation=said.citation, url=said.url, read_on=said.read_on)


def _add_relations(
    page: ServicePage, relations: list[dict[str, str]], pages: dict[str, ServicePage]
) -> None:
    """Let the page name other services and outside systems."""
    for place, relation in enumerate(relations):
        values: dict[str, Any] = dict(relation)
        if "other" in values:
            values["other"] = pages[values["other"]]
        page.relations.add(ServiceRelation(**values, sort_order=place))


def _live_through(stand: Stand, page: ServicePage, changes: list[dict[str, Any]]) -> None:
    """Let the service pass through the stages that are dated, as the service manager would."""
    for change in changes:
        change_lifecycle(
            by=stand.manager,
            service=page,
            new=change["new"],
            on=change["on"],
            citation=content.source(change["source"]).citation,
        )
