"""What the search finds of the site's own pages: news and pages of running text."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from home.models import NewsPage, StandardPage
from home.states import NEWS_SLUG
from search.plain_text import joined, stream
from search.registry import Entry, Kind


def news_rows() -> Any:
    """Return the news that everyone may read."""
    return NewsPage.objects.visible_to(AnonymousUser())


def news_entry(page: NewsPage) -> Entry:
    """Return a piece of news as it is found."""
    return Entry(
        title=page.title,
        url=f"/{NEWS_SLUG}/{page.slug}/",
        body=joined(page.introduction, stream(page.body)),
        day=page.published_on,
        facets={"year": (str(page.published_on.year),)},
        is_example=page.is_example,
    )


def page_rows() -> Any:
    """Return the pages of running text that everyone may read."""
    return StandardPage.objects.visible_to(AnonymousUser())


def page_entry(page: StandardPage) -> Entry:
    """Return a page of running text as it is found."""
    return Entry(
        title=page.title,
        url=address_of(page.url_path),
        body=joined(page.introduction, stream(page.body)),
        is_example=page.is_example,
    )


def address_of(url_path: str) -> str:
    """Return the address of a page; its path begins with the front page, which is no part of it."""
    _empty, _front, rest = url_path.split("/", 2)
    return f"/{rest}"


NEWS = Kind(name="news", label=_("News"), rows=news_rows, entry=news_entry, order=60, is_page=True)
PAGE = Kind(name="page", label=_("Pages"), rows=page_rows, entry=page_entry, order=70, is_page=True)
KINDS = (NEWS, PAGE)
