"""Named places on lower pages that upper apps fill.

A service page shows its council without the catalogue knowing of councils: the template opens a
slot, the upper app registers a function in `AppConfig.ready()`. Each function states how many
queries it may cost; a test holds it to that.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Filling = Callable[[Any, Any], "tuple[str, dict[str, Any]] | None"]


@dataclass(frozen=True)
class SlotFilling:
    """A function `(obj, user) -> (template, context)`, or None when it has nothing to show."""

    function: Filling
    queries: int
    order: int


_slots: dict[str, list[SlotFilling]] = defaultdict(list)


def register(name: str, function: Filling, *, queries: int, order: int = 100) -> None:
    """Let an upper app fill the slot `name`; `queries` is its budget, `order` its place."""
    filling = SlotFilling(function, queries, order)
    if all(known.function is not function for known in _slots[name]):
        _slots[name].append(filling)
        _slots[name].sort(key=lambda known: known.order)


def fillings(name: str) -> list[SlotFilling]:
    """Return what is registered for a slot, in order."""
    return list(_slots[name])


def budget(name: str) -> int:
    """Return the number of queries that all fillings of a slot may cost together."""
    return sum(filling.queries for filling in _slots[name])
