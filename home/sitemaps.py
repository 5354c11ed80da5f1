"""The addresses that search engines should know, with the day each last changed."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site

from core.querysets import unrestricted
from home.states import MUNICIPALITIES_SLUG
from members.models import Municipality


class PageSitemap(Sitemap):
    """The live pages that everyone may see."""

    def items(self) -> list[dict[str, Any]]:
        """Return the pages of the default site."""
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        if site is None:
            return []
        self.front = site.root_page.url_path
        pages = Page.objects.descendant_of(site.root_page, inclusive=True).live()
        return list(
            pages.filter(unrestricted()).order_by("path").values("url_path", "last_published_at")
        )

    def location(self, item: dict[str, Any]) -> str:
        """Return the page's address."""
        return "/" + item["url_path"].removeprefix(self.front)

    def lastmod(self, item: dict[str, Any]) -> datetime | None:
        """Return when the page was last published."""
        return item["last_published_at"]


class MunicipalitySitemap(Sitemap):
    """The pages of the municipalities."""

    def items(self) -> list[dict[str, Any]]:
        """Return the municipalities."""
        rows = Municipality.objects.order_by("code")
        return list(rows.values("code", "organisation__updated_at"))

    def location(self, item: dict[str, Any]) -> str:
        """Return the municipality's address."""
        return f"/{MUNICIPALITIES_SLUG}/{item['code']}/"

    def lastmod(self, item: dict[str, Any]) -> datetime:
        """Return when the municipality's row last changed."""
        return item["organisation__updated_at"]


SITEMAPS = {"sidor": PageSitemap, "kommuner": MunicipalitySitemap}
