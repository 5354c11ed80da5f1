"""manage.py compile_translations: make the MO files, in Python alone."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.autoreload import file_changed

from core.message_catalogue import compile_catalogue


class Command(BaseCommand):
    """Compiles every PO file that is newer than its MO file."""

    help = "Compile the translations (needs no gettext programs)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile and say how many files were out of date."""
        files = sorted(Path(settings.BASE_DIR, "locale").glob("*/LC_MESSAGES/*.po"))
        done = [path.with_suffix(".mo") for path in files if compile_catalogue(path)]
        for path in done:
            # A process that has translated anything keeps what it read; `make run` goes on in it.
            file_changed.send(sender=self.__class__, file_path=path)
        self.stdout.write(f"{len(done)} of {len(files)} translation files compiled")
