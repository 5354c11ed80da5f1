"""The feed of news."""

from datetime import datetime, time

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.feeds import PlainAtomFeed
from home.models import NewsPage
from home.states import NEWS_SLUG

LATEST = 30
LIST_URL = f"/{NEWS_SLUG}/"


class NewsFeed(Feed):
    """The news that everyone may see, the latest first."""

    feed_type = PlainAtomFeed
    language = "sv"
    link = LIST_URL
    feed_url = f"{LIST_URL}flode.xml"

    def title(self) -> str:
        """Return the feed's name."""
        return _("News")

    def subtitle(self) -> str:
        """Return what the feed holds."""
        return _("News of the services and of working together.")

    def get_object(self, request: HttpRequest) -> None:
        """Answer for everyone: whoever reads a feed is not logged in."""

    def items(self) -> list[NewsPage]:
        """Return the latest news."""
        return list(NewsPage.objects.visible_to(AnonymousUser()).latest_first()[:LATEST])

    def item_title(self, item: NewsPage) -> str:
        """Return the headline."""
        return item.title

    def item_description(self, item: NewsPage) -> str:
        """Return the introduction."""
        return item.introduction

    def item_link(self, item: NewsPage) -> str:
        """Return the address of the news."""
        return f"{LIST_URL}{item.slug}/"

    def item_pubdate(self, item: NewsPage) -> datetime:
        """Return the start of the day that the news carries, in Stockholm."""
        return timezone.make_aware(datetime.combine(item.published_on, time.min))

    def item_updateddate(self, item: NewsPage) -> datetime | None:
        """Return when the news was last published."""
        return item.last_published_at
