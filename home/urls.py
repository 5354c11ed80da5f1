"""Addresses of the site that are no pages of the CMS."""

urlpatterns: list = []  # type: ignore[type-arg]
