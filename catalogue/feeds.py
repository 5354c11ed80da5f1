"""The feed of new services."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.translation import gettext as _

from catalogue.models import ServicePage
from core.feeds import PlainAtomFeed

NEWEST = 30
LIST_URL = "/tjanster/"


class NewServicesFeed(Feed):
    """The services that everyone may see, the latest published first."""

    feed_type = PlainAtomFeed
    language = "sv"
    link = LIST_URL
    feed_url = f"{LIST_URL}flode.xml"

    def title(self) -> str:
        """Return the feed's name."""
        return _("New services")

    def subtitle(self) -> str:
        """Return what the feed holds."""
        return _("Services that have been added to the catalogue.")

    def get_object(self, request: HttpRequest) -> None:
        """Answer for everyone: whoever reads a feed is not logged in."""

    def items(self) -> list[ServicePage]:
        """Return the newest services."""
        return list(ServicePage.objects.visible_to(AnonymousUser()).newest()[:NEWEST])

    def item_title(self, item: ServicePage) -> str:
        """Return the service's name."""
        return item.title

    def item_description(self, item: ServicePage) -> str:
        """Return the service in a sentence."""
        return item.short_description

    def item_link(self, item: ServicePage) -> str:
        """Return the address of the service's page."""
        return f"{LIST_URL}{item.slug}/"

    def item_pubdate(self, item: ServicePage) -> datetime | None:
        """Return when the service was first published."""
        return item.first_published_at

    def item_updateddate(self, item: ServicePage) -> datetime | None:
        """Return when the service was last published."""
        return item.last_published_at
