"""`manage.py recount FILE`: the result of an exported poll, counted again."""

from __future__ import annotations

from core.management.json_command import JsonCommand
from governance.recounting import recount


class Command(JsonCommand):
    """Counts an exported poll again, without database or network: JSON in, JSON out."""

    help = "Counts an exported poll again, offline: JSON in, JSON out."

    def compute(self, data: object) -> object:
        """Return the result of the poll that `data` describes."""
        return recount(data)
