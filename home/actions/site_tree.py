"""The pages that every site has, made once and then left to the editors."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page, Site

from catalogue.models import CataloguePage
from core.actions import require
from home.actions.site_texts import SiteTexts
from home.models import HomePage, MunicipalityIndexPage, NewsIndexPage, StandardPage
from home.states import CATALOGUE_SLUG, HOME_SLUG, MUNICIPALITIES_SLUG, NEWS_SLUG

WELCOME_TITLE = "Welcome to your new Wagtail site!"
INDEX_PAGES: tuple[tuple[type[Page], str, str], ...] = (
    (CataloguePage, CATALOGUE_SLUG, "catalogue"),
    (MunicipalityIndexPage, MUNICIPALITIES_SLUG, "municipalities"),
    (NewsIndexPage, NEWS_SLUG, "news"),
)


@dataclass(frozen=True)
class SiteTree:
    """The front page, and the titles of the pages that were made in this run."""

    home: HomePage
    made: tuple[str, ...]


def add_live_page(parent: Page, page: Page, *, by: Any = None) -> Page:
    """Add a page under its parent and publish it, with a revision, as the CMS does."""
    author = by if getattr(by, "pk", None) else None
    page.live = False
    page.owner = author
    parent.add_child(instance=page)
    page.save_revision(user=author).publish(user=author, skip_permission_checks=True)
    page.refresh_from_db()
    return page


@transaction.atomic
def create_site_tree(*, by: Any, texts: SiteTexts, base_url: str, association: str) -> SiteTree:
    """Make the front page, the lists and the standard pages that are missing, and name the site.

    The front page becomes the root of the default site, whose host and port are those of
    `base_url`; Wagtail's welcome page goes. A page that exists is never touched, so that editors'
    work survives every run. Raises PermissionDenied unless `by` may set up the site.
    """
    require(by, "home.set_up_site")
    home, made = _front_page(texts)
    _name_site(home, base_url)
    taken = set(home.get_children().values_list("slug", flat=True))
    names = {
        "association": association,
        "address": base_url,
        "date": _in_words(timezone.localdate()),
    }
    for model, slug, key in INDEX_PAGES:
        if slug not in taken:
            made.append(add_live_page(home, model(slug=slug, **texts.pages[key])).title)
    for slug in texts.standard_slugs:
        if slug not in taken:
            page = StandardPage(slug=slug, **texts.standard_page(slug, **names))
            made.append(add_live_page(home, page).title)
    return SiteTree(home=home, made=tuple(made))


def _front_page(texts: SiteTexts) -> tuple[HomePage, list[str]]:
    """Return the front page, made under the root of the tree when there is none."""
    known = HomePage.objects.first()
    if known:
        return known, []
    home = HomePage(slug=HOME_SLUG, **texts.pages["home"])
    add_live_page(Page.get_first_root_node(), home)
    return home, [home.title]


def _name_site(home: HomePage, base_url: str) -> None:
    """Let the default site answer at the address of `base_url` with the front page as its root."""
    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    wanted = (parts.hostname, port, home.pk)
    if (site.hostname, site.port, site.root_page_id) != wanted:
        site.hostname, site.port, site.root_page_id = wanted
        site.save()
    for page in Page.objects.filter(depth=2, title=WELCOME_TITLE).exclude(pk=home.pk):
        page.delete()


def _in_words(day: date) -> str:
    """Return the day as Swedish running text has it: 2 mars 2026."""
    return date_format(day, "j F Y")
