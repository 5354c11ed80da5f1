"""The frame around every page: menus, and what the site says of the association.

Two queries at most, made when the template asks and once per request. They are not cached: with
the database cache a hit costs as much as the query it saves, a miss costs five, and a menu that
is read is never out of date.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from core.menus import Place, entries
from core.models import ViewPage
from core.querysets import unrestricted
from home.states import JOIN_SLUG
from members.models import AssociationSettings

ATTRIBUTE = "_samagt_frame"
PAGE_FIELDS = (
    "slug",
    "title",
    "show_in_menus",
    "content_type__app_label",
    "content_type__model",
)
# Pages without an order of their own come after those that have one.
LAST = 1000


@dataclass(frozen=True)
class Link:
    """A link of a menu; `content` is true when the label is the editors' text, so in Swedish."""

    label: str
    url: str
    content: bool = False
    active: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the footer."""

    title: str
    links: list[Link]


@dataclass(frozen=True)
class Brand:
    """How the site names itself and is reached."""

    brand: str = "Samägt"
    name: str = ""
    tagline: str = ""
    email: str = ""
    phone: str = ""
    security_contact: str = ""
    notice: str = ""


class Frame:
    """The frame of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = request.path
        self.site = Site.find_for_request(request)

    @cached_property
    def pages(self) -> list[dict[str, Any]]:
        """The pages directly under the front page that everyone may see, in the editors' order."""
        if self.site is None:
            return []
        under = Page.objects.child_of(self.site.root_page).live().filter(unrestricted())
        return list(under.order_by("path").values(*PAGE_FIELDS))

    @cached_property
    def brand(self) -> Brand:
        """The association's settings; the product's own name until someone has set them."""
        stored = AssociationSettings.objects.filter(site=self.site).first() if self.site else None
        if stored is None:
            return Brand()
        return Brand(
            brand=stored.logo_text,
            name=stored.name,
            tagline=stored.tagline,
            email=stored.email,
            phone=stored.phone,
            security_contact=stored.security_contact,
            notice=_("What is made up for the demonstration is marked “Example”.")
            if stored.is_example
            else "",
        )

    @cached_property
    def main_menu(self) -> list[Link]:
        """The pages that are shown in menus, and what the apps have registered."""
        found = [(_order(page), self._link(page)) for page in self.pages if page["show_in_menus"]]
        found += [(entry.order, self._entry(entry)) for entry in entries(Place.MAIN)]
        return [link for _place, link in sorted(found, key=lambda pair: pair[0])]

    @cached_property
    def footer_menu(self) -> list[Column]:
        """The footer's columns; an empty one is left out."""
        rest = [page for page in self.pages if not page["show_in_menus"]]
        join = [self._link(page) for page in rest if page["slug"] == JOIN_SLUG]
        about = [self._link(page) for page in rest if page["slug"] != JOIN_SLUG]
        columns = [
            Column(_("Find"), self.main_menu + [self._entry(e) for e in entries(Place.FIND)]),
            Column(_("Take part"), join + [self._entry(e) for e in entries(Place.TAKE_PART)]),
            Column(_("About the site"), about + [self._entry(e) for e in entries(Place.ABOUT)]),
        ]
        return [column for column in columns if column.links]

    def url_of(self, slug: str) -> str:
        """Return the address of a page directly under the front page; empty when it is not live."""
        return f"/{slug}/" if any(page["slug"] == slug for page in self.pages) else ""

    def _link(self, page: dict[str, Any]) -> Link:
        label = _menu_label(page)
        url = f"/{page['slug']}/"
        title = label or page["title"]
        return Link(title, url, content=not label, active=self.path.startswith(url))

    def _entry(self, entry: Any) -> Link:
        return Link(str(entry.label), entry.url, active=self.path.startswith(entry.url))


def frame_of(request: HttpRequest) -> Frame:
    """Return the request's frame, made at the first call."""
    frame = getattr(request, ATTRIBUTE, None)
    if frame is None:
        frame = Frame(request)
        setattr(request, ATTRIBUTE, frame)
    return frame


def _page_class(page: dict[str, Any]) -> type[ViewPage] | None:
    model = apps.get_model(page["content_type__app_label"], page["content_type__model"])
    return model if issubclass(model, ViewPage) else None


def _menu_label(page: dict[str, Any]) -> str:
    """Return the translated label of a kind of page that there is one of, else nothing."""
    model = _page_class(page)
    return str(model.menu_label) if model else ""


def _order(page: dict[str, Any]) -> int:
    model = _page_class(page)
    return model.menu_order if model else LAST
