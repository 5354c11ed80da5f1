"""The evidence of a meeting: its minutes and the stretch of the ledger that vouches for them.

The stand-alone verifier (static/verktyg/kontrollera.py) reads it without our database. What the
reader may not see stands as a commitment; the hashes hold all the same.
"""

from typing import Any

from governance.canonical import canonical_json
from governance.choices import EventKind
from governance.commitments import commitment, masked
from governance.models import LedgerEntry, Minutes, MinutesVersion
from governance.rules import sees_inside

EVIDENCE_FORMAT = "samagt-evidence-1"
LAST = frozenset({"minutes_adjusted", "paragraph_adjusted", "rectified", "secret_ballots_disposed"})


def reads_all(user: Any, minutes: Minutes) -> bool:
    """Return whether the person reads the body's own rendition, with nothing hidden."""
    return bool(sees_inside(user, minutes.meeting))


def adjusted_version(minutes: Minutes, item: int | None = None) -> MinutesVersion | None:
    """Return the version that was adjusted: of the whole minutes, or of one § at once."""
    if minutes.is_adjusted:
        return minutes.versions.filter(item__isnull=True).order_by("number").last()
    if item is None:
        return None
    return minutes.versions.filter(paragraphs__item=item).first()


def evidence(minutes: Minutes, version: MinutesVersion, *, whole: bool) -> dict[str, Any]:
    """Return the evidence of an adjusted version; `whole` for those who may read everything."""
    content = version.content if whole else masked(version.content)
    meeting = minutes.meeting
    items = {row.pk: row.is_closed for row in meeting.items.all()}
    hidden = set() if whole else {pk for pk, closed in items.items() if closed}
    entries = _stretch(minutes, items)
    return {
        "format": EVIDENCE_FORMAT,
        "body": str(meeting.council.public_id),
        "meeting": meeting.pk,
        "previous_hash": entries[0].previous_hash if entries else "",
        "ledger": [_entry(entry, meeting.pk, items, hidden) for entry in entries],
        "minutes": content,
    }


def evidence_text(minutes: Minutes, version: MinutesVersion, *, whole: bool) -> str:
    """Return the evidence as canonical JSON: the same bytes each time."""
    return canonical_json(evidence(minutes, version, whole=whole)).decode("utf-8")


def _stretch(minutes: Minutes, items: dict[int, bool]) -> list[LedgerEntry]:
    """Return the entries from the opening of the meeting to the last that its minutes rest on."""
    meeting = minutes.meeting
    opened = meeting.events.filter(kind=EventKind.OPENED).order_by("number").first()
    if opened is None:
        return []
    rows = LedgerEntry.objects.filter(
        council=meeting.council_id, recorded_at__gte=opened.recorded_at
    ).order_by("number")
    found = list(rows.iterator(chunk_size=2000))
    first = next((n for n, e in enumerate(found) if _is_about(e, meeting.pk, items)), len(found))
    last = max(
        (n for n, e in enumerate(found) if e.kind in LAST and _is_about(e, meeting.pk, items)),
        default=-1,
    )
    return found[first : last + 1]


def _is_about(entry: LedgerEntry, meeting: int, items: dict[int, bool]) -> bool:
    data = entry.content["data"]
    return data.get("meeting") == meeting or data.get("item") in items


def _items_in(data: dict[str, Any]) -> set[int | None]:
    """Return the items that an entry tells of; one of a disposal tells of a poll in each."""
    return {data.get("item"), *(row.get("item") for row in data.get("polls", []))}


def _entry(
    entry: LedgerEntry, meeting: int, items: dict[int, bool], hidden: set[int]
) -> dict[str, Any]:
    content = entry.content
    row = {
        "number": entry.number,
        "kind": entry.kind,
        "recorded_at": content["recorded_at"],
        "hash": entry.hash,
    }
    data = content["data"]
    if not entry.salt:
        return row | {"data": data}
    if _is_about(entry, meeting, items) and not _items_in(data) & hidden:
        return row | {"salt": entry.salt, "data": data}
    return row | {"commitment": commitment(entry.salt, data)}
