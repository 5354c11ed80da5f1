"""The evidence of a meeting: its minutes and the stretch of the ledger that vouches for them.

The stand-alone verifier (static/verktyg/kontrollera.py) reads it without our database. What the
reader may not see stands as a commitment; the hashes hold all the same.
"""

from typing import Any

from governance.canonical import canonical_json
from governance.choices import EventKind
from governance.commitments import commitment, masked
from governance.models import LedgerEntry, Minutes, MinutesVersion, SentHead
from governance.rules import sees_inside

EVIDENCE_FORMAT = "samagt-evidence-1"
LAST = frozenset({"minutes_adjusted", "paragraph_adjusted", "rectified", "secret_ballots_disposed"})
FRAME = frozenset({EventKind.OPENED, EventKind.ADJOURNED, EventKind.RESUMED, EventKind.CLOSED})
"""Events that tell when a meeting was held, and nothing of what happened in it."""
OF_VERSION = frozenset({"minutes_signed", "paragraph_adjusted"})
AFTER_PARAGRAPH = frozenset({"paragraph_adjusted", "decision_state", "announced", "taken_down"})
"""What is public of a § after it was adjusted at once: not what is announced or changed later."""


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
    reader = Reader(minutes, whole=whole)
    entries = _stretch(minutes, reader)
    reader.read(entries)
    return {
        "format": EVIDENCE_FORMAT,
        "body": str(meeting.council.public_id),
        "meeting": meeting.pk,
        "previous_hash": entries[0].previous_hash if entries else "",
        "ledger": [_entry(entry, shown=reader.sees(entry)) for entry in entries],
        "minutes": content,
    }


def evidence_text(minutes: Minutes, version: MinutesVersion, *, whole: bool) -> str:
    """Return the evidence as canonical JSON: the same bytes each time."""
    return canonical_json(evidence(minutes, version, whole=whole)).decode("utf-8")


class Reader:
    """What of a stretch of the ledger a reader of the evidence of a meeting sees.

    Decisions that are not adjusted are for the body only (rules.md 1.8). So until the minutes are
    adjusted, others see the entries of §§ that were adjusted at once, up to that moment, and when
    the meeting was opened and closed.
    """

    def __init__(self, minutes: Minutes, *, whole: bool) -> None:
        """Read which items the meeting has and which decision its minutes were adjusted by."""
        self.meeting, self.whole, self.is_final = minutes.meeting.pk, whole, minutes.is_adjusted
        rows = list(minutes.meeting.items.all())
        self.items = {row.pk: row.is_closed for row in rows}
        self.without_paragraph = {row.pk for row in rows if row.paragraph is None}
        self.adjusting = _adjusting_decision(minutes, whole=whole)
        self.at_once: dict[int, int] = {}
        self.versions: set[int] = set()

    def read(self, entries: list[LedgerEntry]) -> None:
        """Note which §§ were adjusted at once, in which versions."""
        for entry in entries:
            data = entry.content["data"]
            if entry.kind == "paragraph_adjusted" and self.is_about(entry):
                self.at_once |= {row["item"]: entry.number for row in data["paragraphs"]}
                self.versions.add(data["version"])

    def is_about(self, entry: LedgerEntry) -> bool:
        """Return whether an entry is about the meeting."""
        data = entry.content["data"]
        return data.get("meeting") == self.meeting or data.get("item") in self.items

    def sees(self, entry: LedgerEntry) -> bool:
        """Return whether the reader sees what an entry says."""
        data = entry.content["data"]
        if entry.kind == "decision" and data["id"] == self.adjusting:
            return True
        if not self.is_about(entry):
            return False
        items = _items_in(data)
        if self.whole:
            return True
        if any(self.items.get(item, True) for item in items):
            return self.is_final and self._is_frame(entry, items)
        return self.is_final or self._sees_early(entry, items)

    def _is_frame(self, entry: LedgerEntry, items: set[int]) -> bool:
        """Return whether an entry only tells that a closed item without § was passed.

        Nothing in the minutes says that anything is hidden then, so no event may be missing.
        """
        kinds = {EventKind.ITEM_OPENED, EventKind.DEBATE_CLOSED, EventKind.ITEM_CLOSED}
        data = entry.content["data"]
        passed = entry.kind == "meeting_event" and data["kind"] in kinds
        return passed and items <= self.without_paragraph

    def _sees_early(self, entry: LedgerEntry, items: set[int]) -> bool:
        """Return whether an entry is public before the minutes are adjusted."""
        data = entry.content["data"]
        if items:
            until = min(self.at_once.get(item, 0) for item in items)
            return entry.number < until or (until > 0 and entry.kind in AFTER_PARAGRAPH)
        if entry.kind == "meeting_event":
            return data["kind"] in FRAME
        return entry.kind in OF_VERSION and data["version"] in self.versions


def _adjusting_decision(minutes: Minutes, *, whole: bool) -> int | None:
    """Return the later decision that adjusted the minutes, once the reader may see it."""
    decision = minutes.adjusted_by_decision
    if decision is None:
        return None
    item = decision.item
    return decision.pk if whole or (hasattr(item, "adjusted") and not item.is_closed) else None


def _stretch(minutes: Minutes, reader: Reader) -> list[LedgerEntry]:
    """Return the entries from the opening of the meeting to the last that its minutes rest on.

    The head that was mailed when the meeting closed is among them.
    """
    meeting = minutes.meeting
    opened = meeting.events.filter(kind=EventKind.OPENED).order_by("number").first()
    if opened is None:
        return []
    rows = LedgerEntry.objects.filter(
        council=meeting.council_id, recorded_at__gte=opened.recorded_at
    ).order_by("number")
    found = list(rows.iterator(chunk_size=2000))
    sent = SentHead.objects.filter(meeting=meeting).values_list("number", flat=True).first()
    first = next((n for n, e in enumerate(found) if reader.is_about(e)), len(found))
    last = max(
        (
            n
            for n, e in enumerate(found)
            if e.number == sent or (e.kind in LAST and reader.is_about(e))
        ),
        default=-1,
    )
    return found[first : last + 1]


def _items_in(data: dict[str, Any]) -> set[int]:
    """Return the items that an entry tells of; one of a disposal tells of a poll in each."""
    found = {data.get("item"), *(row.get("item") for row in data.get("polls", []))}
    return {item for item in found if item is not None}


def _entry(entry: LedgerEntry, *, shown: bool) -> dict[str, Any]:
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
    if shown:
        return row | {"salt": entry.salt, "data": data}
    return row | {"commitment": commitment(entry.salt, data)}
