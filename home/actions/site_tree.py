"""The pages that every site has, made once and then left to the editors."""

from dataclasses import dataclass
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
    names = page_names(association=association, base_url=base_url)
    for model, slug, key in INDEX_PAGES:
        if slug not in taken:
            made.append(add_live_page(home, model(slug=slug, **texts.pages[key])).title)
    for slug in texts.standard_slugs:
        if slug not in taken:
            page = StandardPage(slug=slug, **texts.standard_page(slug, names))
            made.append(add_live_page(home, page).title)
    return SiteTree(home=home, made=tuple(made))


def page_names(*, association: str, base_url: str) -> dict[str, str]:
    """Return what the texts of `data/site/` leave open, as it is today."""
    return {
        "association": association,
        "address": base_url,
        "date": date_format(timezone.localdate(), "j F Y"),
    }


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
