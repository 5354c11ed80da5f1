"""Searching: from what somebody writes to what that person may see of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from core.swedish_order import sort_key
from governance.models import Council
from search.engines.chosen import engine
from search.engines.contract import EngineDown, Hits, Query
from search.readers import audiences_for
from search.reading import Reading, read
from search.registry import Entry, Kind, kind_named, kinds, parted
from search.wording import Piece, marked, snippet

PER_PAGE = 20
# No server pages further without a cursor; whoever has 10 000 hits narrows them.
DEEPEST = 10_000
MOST_SUGGESTED = 8
# Lists of one kind are filtered by the best of their hits.
MOST_RANKED = 2_000
# While the engine is away: so many of each kind, by their headings.
MOST_FALLBACK = 10
LEGENDS = {
    "kind": gettext_lazy("Kind"),
    "body": gettext_lazy("Body"),
    "year": gettext_lazy("Year"),
}


@dataclass(frozen=True)
class Hit:
    """Something that was found, as the page shows it."""

    kind: Kind
    entry: Entry
    title: list[Piece]
    text: list[Piece]


@dataclass(frozen=True)
class Found:
    """What a search came to.

    `is_alike`: nothing holds the words as written, these hold words spelled almost so.
    `is_fallback`: the engine is away, and only headings were looked at.
    """

    hits: list[Hit]
    total: int
    page: int = 1
    groups: list[dict[str, Any]] = field(default_factory=list)
    is_alike: bool = False
    is_fallback: bool = False


def find(
    text: str,
    *,
    user: Any,
    filters: Mapping[str, tuple[str, ...]],
    newest_first: bool = False,
    page: int = 1,
) -> Found:
    """Return what a person finds by a text and the chosen facets, one page of it."""
    reading = read(text)
    query = Query(
        audiences=audiences_for(user),
        terms=reading.terms,
        phrases=reading.phrases,
        filters=filters,
        newest_first=newest_first,
        offset=(page - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    try:
        return _asked(query, reading, user, page)
    except EngineDown:
        return _by_headings(text, reading, user, filters)


def ranked(kind: str, text: str, user: Any) -> list[int] | None:
    """Return the ids of the things of a kind that a text finds, the best first.

    None when the text holds no word to look for or the engine is away.
    """
    reading = read(text)
    if not reading.terms and not reading.phrases:
        return None
    query = Query(
        audiences=audiences_for(user),
        terms=reading.terms,
        phrases=reading.phrases,
        filters={"kind": (kind,)},
        facets=(),
        limit=MOST_RANKED,
    )
    try:
        return [parted(key)[1] for key in engine().search(query).keys]
    except EngineDown:
        return None


def suggest(text: str, *, user: Any) -> list[Hit]:
    """Return what a person may be about to write: the best hits for words begun."""
    reading = read(text, still_writing=True)
    if not reading.terms and not reading.phrases:
        return []
    query = Query(
        audiences=audiences_for(user),
        terms=reading.terms,
        phrases=reading.phrases,
        facets=(),
        limit=MOST_SUGGESTED,
    )
    try:
        hits = engine().search(query)
    except EngineDown:
        return _by_headings(text, reading, user, {}).hits[:MOST_SUGGESTED]
    return _shown(hits.keys, reading, user)


def _asked(query: Query, reading: Reading, user: Any, page: int) -> Found:
    found = engine().search(query)
    is_alike = False
    if not found.total and reading.terms and not any(query.filters.values()):
        query = replace(query, fuzzy=True)
        found = engine().search(query)
        is_alike = bool(found.total)
    last = max(1, -(-min(found.total, DEEPEST) // PER_PAGE))
    if page > last:
        page = last
        found = engine().search(replace(query, offset=(page - 1) * PER_PAGE))
    hits = _shown(found.keys, reading, user)
    # What changed a moment ago may be hidden from the person already.
    total = found.total - (len(found.keys) - len(hits))
    return Found(hits, total, page, _groups(found, query.filters), is_alike)


def _shown(keys: tuple[str, ...], reading: Reading, user: Any) -> list[Hit]:
    """Return the hits that the person may see, in the engine's order; asked of the database."""
    wanted: dict[str, list[int]] = {}
    for key in keys:
        name, pk = parted(key)
        wanted.setdefault(name, []).append(pk)
    seen: dict[tuple[str, int], Hit] = {}
    for name, ids in wanted.items():
        kind = kind_named(name)
        if kind is not None:
            for row in kind.rows().visible_to(user).filter(pk__in=ids):
                seen[name, row.pk] = _hit(kind, row, reading)
    return [seen[parted(key)] for key in keys if parted(key) in seen]


def _hit(kind: Kind, row: Any, reading: Reading) -> Hit:
    entry = kind.entry(row)
    return Hit(kind, entry, marked(entry.title, reading), snippet(entry.body, reading))


def _groups(found: Hits, filters: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """Return the facets with their values, in the order they are chosen by."""
    slugs = [value for value, _number in found.facets.get("body", ())]
    names: dict[str, str] = {}
    if slugs:
        names = dict(Council.objects.filter(slug__in=slugs).values_list("slug", "name"))
    labels: dict[str, Mapping[str, Any]] = {
        "kind": {kind.name: kind.label for kind in kinds()},
        "body": names,
        "year": {},
    }
    groups = []
    for name, legend in LEGENDS.items():
        counts = dict(found.facets.get(name, ()))
        counts |= {value: 0 for value in filters.get(name, ()) if value not in counts}
        options = [
            {
                "value": value,
                "label": labels[name].get(value, value),
                "count": number,
                "selected": value in filters.get(name, ()),
            }
            for value, number in _ordered(name, counts, labels[name])
        ]
        groups.append({"name": name, "legend": legend, "options": options})
    return groups


def _ordered(
    name: str, counts: Mapping[str, int], labels: Mapping[str, Any]
) -> list[tuple[str, int]]:
    """Return kinds in their own order, bodies by name and years with the last first."""
    if name == "year":
        return sorted(counts.items(), reverse=True)
    places = {value: place for place, value in enumerate(labels)} if name == "kind" else {}

    def place_of(pair: tuple[str, int]) -> tuple[int, tuple[str, str]]:
        return places.get(pair[0], len(places)), sort_key(str(labels.get(pair[0], pair[0])))

    return sorted(counts.items(), key=place_of)


def _by_headings(
    text: str, reading: Reading, user: Any, filters: Mapping[str, tuple[str, ...]]
) -> Found:
    """Return what the database finds by its headings alone, without Swedish forms."""
    chosen = filters.get("kind", ())
    hits: list[Hit] = []
    for kind in kinds():
        if chosen and kind.name not in chosen:
            continue
        rows = kind.rows().visible_to(user)
        for word in text.split():
            rows = rows.filter(_any_heading(kind, word))
        hits += [_hit(kind, row, reading) for row in rows.order_by("-pk")[:MOST_FALLBACK]]
    return Found(hits, len(hits), is_fallback=True)


def _any_heading(kind: Kind, word: str) -> Any:
    condition = Q()
    for path in kind.headings:
        for form in {word, word.lower(), word.capitalize(), word.upper()}:
            condition |= Q(**{f"{path}__icontains": form})
    return condition
