"""Filters of the catalogue's list and the number of services behind every choice.

A service is a row of values per facet. Choices within one facet widen (either of two areas),
facets narrow each other (that area and that county). The number at a choice tells how many
services it would give: the facet's own selection is ignored, all others apply.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Selection = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Row:
    """What a service is filtered by: its id and its values in every facet."""

    id: int
    values: Mapping[str, frozenset[str]]


@dataclass
class Outcome:
    """The services that match every facet, and per facet how many services each value has."""

    ids: list[int] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)


def apply(rows: Iterable[Row], selection: Selection, facets: Iterable[str]) -> Outcome:
    """Filter rows by a selection and count every facet, in one pass.

    A row that fails one facet alone still counts in that facet, since the facet's own selection
    is ignored there; a row that fails two counts nowhere. An empty selection of a facet lets
    everything through.
    """
    outcome = Outcome(counts={name: Counter() for name in facets})
    active = {name: chosen for name, chosen in selection.items() if chosen}
    for row in rows:
        failed = [name for name, chosen in active.items() if not _has(row, name, chosen)]
        if not failed:
            outcome.ids.append(row.id)
            for name, counter in outcome.counts.items():
                counter.update(row.values.get(name, ()))
        elif len(failed) == 1 and failed[0] in outcome.counts:
            outcome.counts[failed[0]].update(row.values.get(failed[0], ()))
    return outcome


def _has(row: Row, facet: str, chosen: frozenset[str]) -> bool:
    return not chosen.isdisjoint(row.values.get(facet, frozenset()))


def user_count(named: int, stated: int | None) -> int:
    """Return how many municipalities use a service: the source's figure unless more are named."""
    return max(named, stated or 0)
