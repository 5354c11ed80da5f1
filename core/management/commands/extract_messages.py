"""manage.py extract_messages: bring the PO files up to date with the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.message_catalogue import extract_catalogue, merge, problems, write_catalogue


class Command(BaseCommand):
    """Adds new msgids, removes those no longer used, and names what lacks a translation."""

    help = "Extract texts from code and templates into locale/sv (needs no gettext programs)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Update the PO file and list what is left to translate."""
        base = Path(settings.BASE_DIR)
        found = extract_catalogue(base)
        path = base / "locale" / "sv" / "LC_MESSAGES" / "django.po"
        write_catalogue(path, merge(path, found))
        left = problems(path, found)
        for line in left:
            self.stdout.write(line)
        self.stdout.write(f"{len(left)} entries need a translation")
