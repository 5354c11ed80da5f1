"""Reads of the site's own pages."""

from typing import Self

from core.querysets import PublicPageQuerySet


class NewsPageQuerySet(PublicPageQuerySet):
    """News."""

    def latest_first(self) -> Self:
        """Return the news by their date, the latest first."""
        return self.order_by("-published_on", "-pk")
