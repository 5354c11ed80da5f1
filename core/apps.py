"""Core: what every app stands on, without domain words."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Wires the only signal handlers of the product (docs/architecture.md, Signals)."""

    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Receive Wagtail's signals and restore the triggers after every migrate."""
        from core import checks, receivers, triggers

        checks.register()
        receivers.connect()
        post_migrate.connect(triggers.restore_after_migrate, dispatch_uid="core.triggers")
