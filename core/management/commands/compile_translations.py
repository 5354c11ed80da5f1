"""manage.py compile_translations: make the MO files, in Python alone."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.message_catalogue import compile_catalogue


class Command(BaseCommand):
    """Compiles every PO file that is newer than its MO file."""

    help = "Compile the translations (needs no gettext programs)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile and say how many files were out of date."""
        files = sorted(Path(settings.BASE_DIR, "locale").glob("*/LC_MESSAGES/*.po"))
        done = sum(compile_catalogue(path) for path in files)
        self.stdout.write(f"{done} of {len(files)} translation files compiled")
