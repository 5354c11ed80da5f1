"""Bringing the index up to date, building it anew, and comparing it with the database."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from search.actions.lease import Renew, writer_lease
from search.actions.requesting import request_entries
from search.engines.chosen import engine
from search.engines.contract import EngineBusy, EngineDown, IndexDoc
from search.models import IndexRequest
from search.querysets import by_kind
from search.registry import Entry, Kind, key_of, kind_named, kinds, parted
from search.swedish import analyse

logger = logging.getLogger(__name__)

BATCH = 200
Report = Callable[[str, int, int], None]


class LeaseLost(EngineBusy):
    """Another process took over the writing while this one was held up."""


@dataclass(frozen=True)
class Compared:
    """How index and database differ: keys that are missing, and keys that should not be there."""

    missing: tuple[str, ...]
    foreign: tuple[str, ...]


def document(kind: str, pk: int, entry: Entry) -> IndexDoc:
    """Return a thing as the engine takes it: its words analysed, its text left behind."""
    return IndexDoc(
        key=key_of(kind, pk),
        kind=kind,
        audiences=entry.audiences,
        title=analyse(entry.title),
        body=analyse(f"{entry.body}\n{entry.also}"),
        day=entry.day,
        facets=entry.facets,
    )


def update_index(*, limit: int = BATCH) -> int:
    """Index what waits, at most `limit` rows, and return how many were dealt with.

    Builds the index first when there is none of this version. Returns 0 while another process
    writes or the engine is away: the rows wait.
    """
    try:
        with writer_lease() as renew:
            if renew is None:
                return 0
            if not engine().is_ready():
                _build(renew, _silent)
            return _write_waiting(limit)
    except (EngineDown, EngineBusy) as away:
        logger.warning("index: %s; what waits is tried again", away)
        return 0


def _write_waiting(limit: int) -> int:
    rows = IndexRequest.objects.next_batch(limit)
    if not rows:
        return 0
    docs: list[IndexDoc] = []
    wanted: set[str] = set()
    for name, ids in by_kind(rows).items():
        wanted |= {key_of(name, pk) for pk in ids}
        kind = kind_named(name)
        # Rows of a kind that is no more are only taken out.
        docs += _documents(kind, ids) if kind else []
    engine().write(docs, wanted - {doc.key for doc in docs})
    IndexRequest.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _documents(kind: Kind, ids: Iterable[int]) -> list[IndexDoc]:
    rows = kind.rows().filter(pk__in=ids)
    return [document(kind.name, row.pk, kind.entry(row)) for row in rows]


def rebuild_index(*, report: Report | None = None) -> int | None:
    """Build the index beside the one in use, then switch; return how many things it holds.

    None while another process writes. What changes meanwhile waits as requests and is written to
    the new index afterwards. `report(kind, done, total)` is called as it goes. Raises EngineDown
    when the engine does not answer; the index in use stays then.
    """
    with writer_lease() as renew:
        return None if renew is None else _build(renew, report or _silent)


def _build(renew: Renew, report: Report) -> int:
    number = 0
    # What waits now is read below in any case; what comes later is written afterwards.
    waiting = list(IndexRequest.objects.values_list("pk", flat=True))
    with engine().rebuild() as builder:
        for kind in kinds():
            ids = list(kind.rows().order_by("pk").values_list("pk", flat=True))
            for done, batch in enumerate(_batches(ids)):
                if not renew():
                    raise LeaseLost
                docs = _documents(kind, batch)
                builder.add(docs)
                number += len(docs)
                report(kind.name, min((done + 1) * BATCH, len(ids)), len(ids))
        if not renew():
            raise LeaseLost
    for batch in _batches(waiting):
        IndexRequest.objects.filter(pk__in=batch).delete()
    return number


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch


def compare_index() -> Compared:
    """Compare the keys of index and database, and let what differs be indexed.

    What is changed in ways that no fact tells of (a page that is restricted, a row put in by a
    migration) is caught here, every night. Raises EngineDown.
    """
    known = {
        key_of(kind.name, pk)
        for kind in kinds()
        for pk in kind.rows().order_by().values_list("pk", flat=True)
    }
    indexed = set(engine().keys())
    found = Compared(tuple(sorted(known - indexed)), tuple(sorted(indexed - known)))
    for key in (*found.missing, *found.foreign):
        name, pk = parted(key)
        request_entries(name, [pk])
    return found


def _silent(kind: str, done: int, total: int) -> None:
    """Say nothing."""
