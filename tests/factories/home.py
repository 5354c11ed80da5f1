"""Pages of the site."""

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from wagtail.models import Page, PageViewRestriction

from core.models import SiteImage
from home.models import MunicipalityIndexPage, NewsIndexPage, NewsPage, StandardPage
from tests.factories.files import picture

PROSE = [
    {"type": "heading", "value": "En rubrik"},
    {"type": "paragraph", "value": "<p>Ett stycke om e-underskrift.</p>"},
    {"type": "quote", "value": {"text": "Citerat.", "attribution": "Ordförande (exempel)"}},
]


def make_municipality_index(parent, **fields) -> MunicipalityIndexPage:
    """Return the live list of municipalities."""
    values = {"title": "Kommuner", "slug": "kommuner"} | fields
    return parent.add_child(instance=MunicipalityIndexPage(**values))


def make_news_index(parent, **fields) -> NewsIndexPage:
    """Return the live list of news."""
    return parent.add_child(
        instance=NewsIndexPage(**{"title": "Nyheter", "slug": "nyheter"} | fields)
    )


def make_news(index, title="En nyhet", **fields) -> NewsPage:
    """Return a live piece of news."""
    values = {"title": title, "introduction": "Kort sagt.", "published_on": date(2026, 11, 12)}
    return index.add_child(instance=NewsPage(**values | fields))


def make_text(parent, title="Om oss", **fields) -> StandardPage:
    """Return a live page of running text."""
    return parent.add_child(instance=StandardPage(**{"title": title, "body": PROSE} | fields))


def make_image(title="Bild", **fields) -> SiteImage:
    """Return a picture of 20 by 10 pixels."""
    image = SiteImage(
        title=title, file=ContentFile(BytesIO(picture()).read(), "bild.png"), **fields
    )
    image.width, image.height = 20, 10
    image.save()
    return image


def restrict(page: Page) -> None:
    """Let only those who are logged in reach a page."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
