"""Appends to the ledger, verifies it, and writes the heads that leave the system."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.actions.polls.verifying import fault_of_polls
from governance.actions.proof.comparing import (
    GONE,
    ReadingError,
    Said,
    fault_of_rows,
    read_entry,
)
from governance.canonical import GENESIS, CanonicalError, entry_hash, instant
from governance.commitments import SALT_DIGITS, commitment
from governance.models import Council, Decision, LedgerEntry, MeetingEvent

HEADS_FORMAT = "samagt-ledger-heads-1"


def append(*, council: Council, kind: str, data: Mapping[str, Any]) -> LedgerEntry:
    """Chain one thing that happened, in the transaction of its cause.

    The body's row is locked first, so that entries of one body come one after another: by row on
    PostgreSQL; on SQLite the IMMEDIATE transaction holds the whole database. Raises
    TransactionManagementError outside a transaction.
    """
    Council.objects.select_for_update().get(pk=council.pk)
    last = LedgerEntry.objects.head(council)
    number = last.number + 1 if last else 1
    previous = last.hash if last else GENESIS
    recorded_at = timezone.now()
    content = {
        "body": str(council.public_id),
        "number": number,
        "kind": kind,
        "recorded_at": instant(recorded_at),
        "data": dict(data),
    }
    salt = secrets.token_hex(SALT_DIGITS // 2)
    return LedgerEntry.objects.create(
        council=council,
        number=number,
        kind=kind,
        recorded_at=recorded_at,
        content=content,
        salt=salt,
        previous_hash=previous,
        hash=entry_hash(previous, hashed(content, salt)),
    )


def hashed(content: Mapping[str, Any], salt: str) -> dict[str, Any]:
    """Return an entry as it is hashed: its data stands as a commitment under its salt.

    An entry without salt is from before commitments and is hashed as it is.
    """
    if not salt:
        return dict(content)
    header = {name: value for name, value in content.items() if name != "data"}
    return header | {"commitment": commitment(salt, content.get("data"))}


def heads(*, at: datetime | None = None) -> dict[str, Any]:
    """Return the last hash of every body: what is kept outside to prove that nothing was rewritten.

    The file that `verify_ledger --heads` reads.
    """
    bodies = Council.objects.order_by("public_id")
    rows = [(body, LedgerEntry.objects.head(body)) for body in bodies]
    return {
        "format": HEADS_FORMAT,
        "created_at": (at or timezone.now()).isoformat(timespec="seconds"),
        "heads": [
            {"body": str(body.public_id), "name": body.name, "number": e.number, "hash": e.hash}
            for body, e in rows
            if e is not None
        ],
    }


@dataclass(frozen=True)
class Verdict:
    """What a verification found: the entries read, the bodies, and the first fault if any.

    `disposed` is how many secret polls have had their ballots destroyed (gallrat).
    """

    entries: int
    bodies: int
    fault: str = ""
    disposed: int = 0


def verify(*, outside: Iterable[Mapping[str, Any]] = ()) -> Verdict:
    """Read every chain from the start and compare it with heads kept outside.

    Also compares the rows that count as evidence with what the ledger says of them. Reports the
    first broken entry, one that says once more what happens once, a missing tail, a head of an
    unknown body, or a row that was changed beside its entry.
    """
    wanted: dict[str, list[Mapping[str, Any]]] = {}
    for head in outside:
        wanted.setdefault(str(head["body"]), []).append(head)
    count = bodies = gone = 0
    for council in Council.objects.order_by("name", "pk"):
        found, fault, sets = _verify_body(council, wanted.pop(str(council.public_id), []))
        count, bodies, gone = count + found, bodies + 1, gone + sets
        if fault:
            return Verdict(count, bodies, f"{council.name}: {fault}")
    for body, rows in sorted(wanted.items()):
        return Verdict(count, bodies, f"foreign head: no body {body} (entry {rows[0]['number']})")
    return Verdict(count, bodies, disposed=gone)


def _verify_body(council: Council, wanted: list[Mapping[str, Any]]) -> tuple[int, str, int]:
    """Return how many entries of a body were read, the first fault, and the sets destroyed."""
    hashes: dict[int, str] = {}
    said: Said = {}
    previous = GENESIS
    entries = LedgerEntry.objects.filter(council=council).order_by("number", "pk")
    for expected, entry in enumerate(entries.iterator(chunk_size=2000), start=1):
        fault = _fault_of(entry, expected, previous, str(council.public_id))
        if fault:
            return expected, fault, 0
        previous = hashes[entry.number] = entry.hash
        try:
            read_entry(said, entry)
        except ReadingError as error:
            return expected, str(error), 0
    disposed = sum(kind == GONE for kind, _ in said)
    fault = _fault_of_heads(hashes, wanted) or fault_of_rows(council, said)
    return len(hashes), fault or fault_of_polls(council, said), disposed


def _fault_of(entry: LedgerEntry, expected: int, previous: str, body: str) -> str:
    """Return what is wrong with an entry, or nothing."""
    if entry.number != expected:
        return f"entry {expected} is missing"
    columns = {
        "body": body,
        "number": entry.number,
        "kind": entry.kind,
        "recorded_at": instant(entry.recorded_at),
    }
    content = entry.content
    try:
        computed = entry_hash(entry.previous_hash, hashed(content, entry.salt))
    except (CanonicalError, ValueError, AttributeError):
        return f"entry {expected} has been changed"
    same = isinstance(content, dict) and all(content.get(k) == v for k, v in columns.items())
    if entry.previous_hash != previous:
        return f"entry {expected} does not follow the one before"
    if not same or computed != entry.hash:
        return f"entry {expected} has been changed"
    return ""


def _fault_of_heads(hashes: Mapping[int, str], wanted: list[Mapping[str, Any]]) -> str:
    """Return how the chain differs from a head that was kept outside."""
    for head in sorted(wanted, key=lambda head: int(head["number"])):
        number = int(head["number"])
        if number not in hashes:
            return f"missing tail: the head kept outside is entry {number}, {len(hashes)} remain"
        if hashes[number] != head["hash"]:
            return f"foreign head: entry {number} is not the one that was sent out"
    return ""


@transaction.atomic
def append_row(*, council: Council, kind: str, row: MeetingEvent | Decision) -> LedgerEntry:
    """Chain an event or a decision with all it holds."""
    return append(council=council, kind=kind, data={"id": row.pk} | row.content())
