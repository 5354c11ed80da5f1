"""What minutes, decision pages and proofs know of the polls of a §.

One function answers for a list of items, so that whoever keeps the polls registers here once and
nothing else depends on how they are stored. An open poll carries its `recount` input (the export
of governance.poll_export); a secret one only totals, who was ticked off and the salted hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PollRecord:
    """A counted poll; all values are JSON.

    `question` says what yes and no mean. `export` is the recount input of an open poll, `result`
    what counting gave (the output of `recount`). `seats` maps the seat of the export to
    municipality and person as printed, `choices` the id of a seat to its choice. `decision` is the
    decision that the poll led to. Of a secret poll `ticked_off` lists who voted and `set_hash`
    vouches for the ballots; `disposed` says that they have been destroyed.
    """

    poll: int
    number: int
    is_election: bool
    is_secret: bool
    question: Mapping[str, str]
    result: Mapping[str, Any]
    export: Mapping[str, Any] | None = None
    seats: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    choices: Mapping[int, str] = field(default_factory=dict)
    decision: int | None = None
    ticked_off: tuple[str, ...] = ()
    set_hash: str = ""
    disposed: bool = False
    lot: Mapping[str, Any] | None = None

    def printed(self) -> dict[str, Any]:
        """Return what the minutes hold of the poll."""
        return {
            "poll": self.poll,
            "number": self.number,
            "election": self.is_election,
            "secret": self.is_secret,
            "question": dict(self.question),
            "export": dict(self.export) if self.export is not None else None,
            "result": dict(self.result),
            "seats": {seat: dict(row) for seat, row in self.seats.items()},
            "ticked_off": list(self.ticked_off),
            "set_hash": self.set_hash,
            "lot": dict(self.lot) if self.lot is not None else None,
        }


Records = Mapping[int, list[PollRecord]]
Source = Callable[[Iterable[int]], Records]
Disposer = Callable[[int], list[dict[str, Any]]]

_sources: list[Source] = []
_disposers: list[Disposer] = []


def register(source: Source) -> None:
    """Name the function that returns the polls of items, by item id; twice is once."""
    if source not in _sources:
        _sources.append(source)


def register_disposer(disposer: Disposer) -> None:
    """Name the function that destroys the secret ballots of a meeting (its id).

    It returns what the ledger keeps of each poll: id, item, number of ballots and salted hash.
    """
    if disposer not in _disposers:
        _disposers.append(disposer)


def polls_of(items: Iterable[int]) -> dict[int, list[PollRecord]]:
    """Return the counted polls of each item, in the order they were held."""
    wanted = list(items)
    found: dict[int, list[PollRecord]] = {}
    for source in _sources:
        for item, rows in source(wanted).items():
            found.setdefault(item, []).extend(rows)
    return found


def dispose(meeting: int) -> list[dict[str, Any]]:
    """Destroy the secret ballots of a meeting and return what is kept of each poll."""
    return [row for disposer in _disposers for row in disposer(meeting)]
