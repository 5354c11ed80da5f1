"""`manage.py split_cost FILE`: what each member would pay."""

from __future__ import annotations

from catalogue.cost_input import split_cost_json
from core.management.json_command import JsonCommand


class Command(JsonCommand):
    """Splits a cost over members by the rules of the catalogue: JSON in, JSON out."""

    help = "Splits a cost over members (amounts in öre): JSON in, JSON out."

    def compute(self, data: object) -> object:
        """Return the split of the cost that `data` describes."""
        return split_cost_json(data)
