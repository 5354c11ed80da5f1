"""Core: what every app stands on, without domain words."""

import warnings

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    """Wires the only signal handlers of the product (docs/architecture.md, Signals)."""

    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Receive Wagtail's signals and take the triggers out of the way of a migrate."""
        from PIL import Image

        from core import checks, health, receivers, triggers

        checks.register()
        receivers.connect()
        # Sent for every app, before and after all of them: this app's own are enough.
        pre_migrate.connect(
            triggers.drop_before_migrate, sender=self, dispatch_uid="core.triggers.before"
        )
        post_migrate.connect(
            triggers.restore_after_migrate, sender=self, dispatch_uid="core.triggers"
        )
        health.register_defaults()
        # Pillow only warns of a picture that unpacks to more than this; here it is an error.
        Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
        warnings.simplefilter("error", Image.DecompressionBombWarning)
