"""Compares the rows that count as evidence with what the ledger of their body says of them.

What may be corrected later (a person's name) and what the ledger does not hold (the reasons of a
reservation) is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from governance.actions.polls.verifying import POLL_KINDS
from governance.canonical import instant
from governance.commitments import minutes_hash
from governance.models import (
    AdjustedParagraph,
    Council,
    Decision,
    Dissent,
    LedgerEntry,
    MeetingEvent,
    Minutes,
    MinutesSignature,
    MinutesVersion,
    Notice,
    Rectification,
)
from governance.states import FINAL_MINUTES

ADJUSTMENTS = ("minutes_adjusted", "paragraph_adjusted")
KEYS = {
    **dict.fromkeys(("meeting_event", "decision", "minutes_version", "minutes_signed"), "id"),
    **dict.fromkeys(("rectified", "dissent_announced", "announced", "taken_down"), "id"),
    **dict.fromkeys(ADJUSTMENTS, "version"),
    **dict.fromkeys(POLL_KINDS, "id"),
}
"""What happens once, and by what it is known: a second entry of the same is a fault."""
DISPOSED, GONE = "secret_ballots_disposed", "disposed"
LOOSE = {"minutes_signed": ("name",)}
"""What the ledger holds that may have been corrected since."""
Said = dict[tuple[str, int], Mapping[str, Any]]
Rows = Iterable[Any]


class ReadingError(Exception):
    """An entry is not one the product writes; the text says which and why."""


def read_entry(said: Said, entry: LedgerEntry) -> None:
    """Add what an entry says of rows. Raises ReadingError for a repeated or misshapen one."""
    data = entry.content.get("data")
    for kind, key, told in _told(entry, data):
        if type(key) is not int or not isinstance(told, dict):
            message = f"entry {entry.number} has been changed"
            raise ReadingError(message)
        if (kind, key) in said:
            message = f"entry {entry.number} repeats {kind} {key}"
            raise ReadingError(message)
        said[kind, key] = told


def _told(entry: LedgerEntry, data: Any) -> list[tuple[str, Any, Any]]:
    """Return kind, key and content of what an entry tells; none for what has no row."""
    fields = data if isinstance(data, dict) else {}
    if entry.kind in KEYS:
        return [(entry.kind, fields.get(KEYS[entry.kind]), data)]
    if entry.kind != DISPOSED:
        return []
    polls = fields.get("polls")
    if not isinstance(polls, list):
        return [(GONE, None, None)]
    rows = [row if isinstance(row, dict) else {} for row in polls]
    return [(GONE, row.get("poll"), row) for row in rows]


def fault_of_rows(council: Council, said: Said) -> str:
    """Return the first row that the ledger says otherwise of; what is found leaves `said`.

    The polls are left to `governance.actions.polls.verifying`.
    """
    told: Said = {key: row for key, row in said.items() if key[0] not in {*POLL_KINDS, GONE}}
    faults = chain(
        (_compare(told, *table) for table in _tables(council)),
        (check(council, told) for check in (_versions, _notices, _adjustments)),
    )
    fault = next(filter(None, faults), "")
    if told and not fault:
        kind, pk = min(told)
        return f"{kind} {pk} is gone"
    return fault


def _tables(council: Council) -> Iterable[tuple[str, Rows, Callable[[Any], dict[str, Any]]]]:
    """Return each table whose rows the ledger holds whole, and what it says of a row."""
    events = MeetingEvent.objects.filter(meeting__council=council)
    decisions = Decision.objects.filter(council=council).select_related("item")
    signatures = MinutesSignature.objects.filter(version__minutes__meeting__council=council)
    rectified = Rectification.objects.filter(minutes__meeting__council=council)
    dissents = Dissent.objects.filter(item__meeting__council=council).select_related("item")
    own = _content
    return [
        ("meeting_event", events, own),
        ("decision", decisions, own),
        ("minutes_signed", signatures.select_related("version__minutes"), _signature),
        ("rectified", rectified.select_related("minutes"), Rectification.content),
        ("dissent_announced", dissents.prefetch_related("also_for"), _dissent),
    ]


def _compare(said: Said, kind: str, rows: Any, expected: Callable[[Any], dict[str, Any]]) -> str:
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        told = said.pop((kind, row.pk), None)
        if told is None:
            return f"{kind} {row.pk} is not in the ledger"
        if told != expected(row) | {k: told[k] for k in LOOSE.get(kind, ()) if k in told}:
            return f"{kind} {row.pk} differs from the ledger"
    return ""


def _content(row: MeetingEvent | Decision) -> dict[str, Any]:
    return {"id": row.pk} | row.content()


def _signature(row: MinutesSignature) -> dict[str, Any]:
    return {
        "id": row.pk,
        "meeting": row.version.minutes.meeting_id,
        "version": row.version_id,
        "sha256": row.sha256,
        "role": row.role,
        "items": row.items,
        "signed_at": instant(row.signed_at),
    }


class _Members(list[int]):
    """Members that are the same in whatever order the database returns them."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and sorted(self) == sorted(other)

    __hash__ = None  # type: ignore[assignment]


def _dissent(row: Dissent) -> dict[str, Any]:
    members = [row.organisation_id] if row.organisation_id else []
    return {
        "id": row.pk,
        "meeting": row.item.meeting_id,
        "item": row.item_id,
        "person": row.person_id,
        "organisations": _Members([*members, *(one.pk for one in row.also_for.all())]),
        "kind": row.kind,
        "announced_at": instant(row.announced_at),
    }


def _versions(council: Council, said: Said) -> str:
    """Return the first version of minutes whose text is not the one in the ledger."""
    rows = MinutesVersion.objects.filter(minutes__meeting__council=council)
    for row in rows.select_related("minutes").order_by("pk").iterator(chunk_size=100):
        told = said.pop(("minutes_version", row.pk), None)
        if told is None:
            return f"minutes_version {row.pk} is not in the ledger"
        expected = {
            "id": row.pk,
            "meeting": row.minutes.meeting_id,
            "number": row.number,
            "sha256": minutes_hash(row.content),
            "item": row.item_id,
        }
        if told != expected or row.sha256 != told["sha256"]:
            return f"minutes_version {row.pk} differs from the ledger"
    return ""


def _notices(council: Council, said: Said) -> str:
    """Return the first notice that was put up or taken down otherwise than the ledger says."""
    rows = Notice.objects.filter(minutes__meeting__council=council).select_related("minutes")
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        meeting = row.minutes.meeting_id
        where: dict[str, Any] = {"id": row.pk, "meeting": meeting, "item": row.item_id}
        for kind, day in (("announced", row.put_up_on), ("taken_down", row.taken_down_on)):
            told = said.pop((kind, row.pk), None)
            expected = where | {"board": row.board_id, "on": day.isoformat()} if day else None
            if told != expected:
                return f"notice {row.pk} differs from the ledger"
    return ""


def _adjustments(council: Council, said: Said) -> str:
    """Return the first adjustment, of minutes or of a §, that is not the one in the ledger."""
    told = {key: said.pop(key) for key in list(said) if key[0] in ADJUSTMENTS}
    adjusted: Said = {(kind, version): row for (kind, version), row in told.items()}
    rows = AdjustedParagraph.objects.filter(item__meeting__council=council)
    sums: dict[int, list[dict[str, Any]]] = {}
    for row in rows.order_by("pk"):
        sums.setdefault(row.version_id, []).append({"item": row.item_id, "sha256": row.sha256})
    versions = MinutesVersion.objects.filter(minutes__meeting__council=council)
    for version in versions.select_related("minutes").defer("content").order_by("pk"):
        kind = ADJUSTMENTS[1 if version.item_id else 0]
        row_told = adjusted.pop((kind, version.pk), None)
        paragraphs = sums.pop(version.pk, [])
        if row_told is None and not paragraphs:
            continue
        if row_told is None or not _is_adjustment(row_told, version, paragraphs):
            return f"adjustment of minutes_version {version.pk} differs from the ledger"
    if adjusted:
        return f"{min(adjusted)[0]} {min(adjusted)[1]} is gone"
    return _states(council, told)


def _is_adjustment(
    told: Mapping[str, Any], version: MinutesVersion, paragraphs: list[dict[str, Any]]
) -> bool:
    minutes = version.minutes
    expected = {
        "meeting": minutes.meeting_id,
        "version": version.pk,
        "sha256": version.sha256,
        "by_decision": None if version.item_id else minutes.adjusted_by_decision_id,
    }
    known = {name: value for name, value in told.items() if name != "paragraphs"}
    rows = told.get("paragraphs")
    same = isinstance(rows, list) and len(rows) == len(paragraphs)
    return known == expected and same and all(row in paragraphs for row in rows or [])


def _states(council: Council, told: Said) -> str:
    """Return the first minutes whose state is not what the ledger says of their adjustment."""
    meetings = {row["meeting"] for (kind, _), row in told.items() if kind == ADJUSTMENTS[0]}
    for minutes in Minutes.objects.filter(meeting__council=council).select_related("meeting"):
        final = minutes.is_adjusted, minutes.meeting.state in FINAL_MINUTES
        if set(final) != {minutes.meeting_id in meetings}:
            return f"minutes {minutes.pk} are not as adjusted as the ledger says"
    return ""
