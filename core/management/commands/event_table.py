"""Keep the table of facts and their handlers in docs/architecture.md true."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.events import table

BEGIN, END = "<!-- events:start -->", "<!-- events:end -->"
FILE = Path("docs/architecture.md")


def event_table() -> str:
    """Return the table of facts that the installed apps state, and who reacts, as Markdown."""
    ours = {config.name for config in apps.get_app_configs()}
    lines = ["| Fact | Handlers, in order |", "|---|---|"]
    for name, handlers in table():
        if name.partition(".")[0] in ours:
            heard = "<br>".join(f"`{handler}`" for handler in handlers) or "none yet"
            lines.append(f"| `{name}` | {heard} |")
    return "\n".join(lines)


def with_table(text: str) -> str:
    """Return the document with the table of today between its two marks.

    Raises ValueError when a mark is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the marks {BEGIN} and {END} are missing")
    return f"{before}{BEGIN}\n{event_table()}\n{END}{after}"


class Command(BaseCommand):
    """Compares the document with the registry, or writes it."""

    help = "Compare the event table in docs/architecture.md with the registry, or write it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Exactly one of --check and --write."""
        group = parser.add_mutually_exclusive_group(required=True)
        group.add_argument("--check", action="store_true", help="exit 1 when the table is old")
        group.add_argument("--write", action="store_true", help="write the table of today")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Compare or write."""
        path = settings.BASE_DIR / FILE
        text = path.read_text()
        new = with_table(text)
        if check and new != text:
            raise CommandError(f"{FILE} is old: run manage.py event_table --write")
        if not check:
            path.write_text(new)
        self.stdout.write(f"{FILE} is up to date")
