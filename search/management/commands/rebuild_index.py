"""manage.py rebuild_index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.actions import rebuild_index
from search.engines.contract import EngineBusy, EngineDown
from search.registry import kind_named

WIDTH = 30


class Command(BaseCommand):
    """Builds the search index anew beside the one in use, then switches."""

    help = "Builds the search index beside the one in use, and switches to it when it is complete."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, with a bar for each kind."""
        try:
            number = rebuild_index(report=self._bar)
        except (EngineDown, EngineBusy) as away:
            message = _("The search engine does not answer; the index in use stays: %(error)s")
            raise CommandError(message % {"error": away}) from away
        if number is None:
            raise CommandError(_("Another process writes the index. Try again in a minute."))
        self.stdout.write(_("The index holds %(number)d things.") % {"number": number})

    def _bar(self, kind: str, done: int, total: int) -> None:
        known = kind_named(kind)
        filled = WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (WIDTH - filled)
        end = "\n" if done >= total else "\r"
        text = f"{bar} {done}/{total} {known.label if known else kind}"
        self.stdout.write(text, ending=end)
        self.stdout.flush()
