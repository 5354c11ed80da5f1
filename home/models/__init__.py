"""Pages of the site that belong to no other app."""

from home.models.pages import HomePage, MunicipalityIndexPage, NewsIndexPage, NewsPage, StandardPage

__all__ = ["HomePage", "MunicipalityIndexPage", "NewsIndexPage", "NewsPage", "StandardPage"]
