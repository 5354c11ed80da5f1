"""Catalogue: the services and who uses them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Services, areas, stated uses."""

    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Make the kinds of notices known before anyone chooses between them."""
        from catalogue import notices  # noqa: F401
