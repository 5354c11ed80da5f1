"""The catch-all, expanded to every page type in every state."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DateField
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, get_page_models

from home.models import StandardPage
from home.states import CATALOGUE_SLUG, HOME_SLUG, MUNICIPALITIES_SLUG, NEWS_SLUG
from tests.access.audience import Line
from tests.access.states import LINES

# Types whose address other parts of the site point at.
FIXED = {
    "CataloguePage": CATALOGUE_SLUG,
    "HomePage": HOME_SLUG,
    "MunicipalityIndexPage": MUNICIPALITIES_SLUG,
    "NewsIndexPage": NEWS_SLUG,
}


@dataclass(frozen=True)
class Sample:
    """A page of one type in one state, and what the table says of it."""

    kind: str
    state: str
    path: str
    line: Line


def required(model: type[Page]) -> dict[str, object]:
    """Return a value for each field that a page of the type cannot be saved without."""
    return {
        field.name: timezone.localdate() if isinstance(field, DateField) else "Prov"
        for field in model._meta.local_concrete_fields
        if field.model is model
        and not (field.blank or field.null or field.has_default() or field.remote_field)
    }


def make_samples(state: str) -> list[Sample]:
    """Return one page of every type in the state, side by side under a page of their own."""
    parent = StandardPage(title="Prov", slug=f"prov-{state}")
    StandardPage.objects.get(slug="om").add_child(instance=parent)
    return [_sample(parent, model, state) for model in get_page_models()]


def _sample(parent: Page, model: type[Page], state: str) -> Sample:
    kind = model.__name__
    slug = FIXED.get(kind, kind.lower())
    live = state in ("live", "restricted")
    page = model(**required(model) | {"title": f"{kind} {state}", "slug": slug, "live": live})
    if state == "scheduled":
        page.go_live_at = timezone.now() + timedelta(days=1)
    parent.add_child(instance=page)
    revision = page.save_revision(
        approved_go_live_at=page.go_live_at if state == "scheduled" else None
    )
    if live:
        revision.publish()
    if state == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return Sample(kind, state, f"/om/{parent.slug}/{slug}/", LINES[state])
