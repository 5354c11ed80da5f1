"""Catalogue: the services and who uses them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Services, areas, stated uses."""

    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Add what this app keeps about people to the register of processing."""
        from catalogue import processing

        processing.declare_all()
