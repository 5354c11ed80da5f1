"""The content of minutes, built from what happened: nothing is typed twice (rules.md 1.7).

The content is data. `head` is about the meeting; each § has fields with a salt, so that a field
that some may not read can be hidden without breaking the checksum (governance.commitments).
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation

from governance.actions.minutes.presence import Presence, presence_of
from governance.choices import EventKind, MotionKind, OfficeKind, RecusalState
from governance.commitments import SALT_DIGITS
from governance.models import (
    AgendaItem,
    CaseDocument,
    Decision,
    Dissent,
    Meeting,
    MeetingEvent,
    Minutes,
    Motion,
    Poll,
    Recusal,
)
from governance.poll_records import Records, polls_of
from governance.states import ItemState, MotionState

SECRET_ANNEX = "Bilagan är inte offentlig."  # noqa: S105 - why an annex is hidden
# What is said of how proposals were put, by event; a finding has words of its own.
PUT = {
    EventKind.FINDING: "",
    EventKind.POLL_REQUESTED: "Votering begärs.",
    EventKind.POLL_WITHDRAWN: "Begäran om votering återtas.",
    EventKind.ITEM_AGREED: (
        "Alla närvarande är eniga om att ta upp ärendet, som inte fanns i kallelsen."
    ),
}
PLACED = (
    Prefetch("motions", Motion.objects.select_related("mover", "organisation")),
    Prefetch(
        "decisions",
        Decision.objects.standing().select_related("presided_by", "item").order_by("pk"),
    ),
    Prefetch(
        "dissents",
        Dissent.objects.select_related("person", "organisation").prefetch_related("also_for"),
    ),
    Prefetch("polls", Poll.objects.invalid()),
    Prefetch("recusals", Recusal.objects.select_related("person")),
    Prefetch(
        "case__documents",
        CaseDocument.objects.prefetch_related("versions").order_by("position", "pk"),
    ),
    "recipients",
)


def moment(at: datetime | None) -> str:
    """Write a moment as minutes do: local time to the minute, with its zone."""
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


@dataclass
class Source:
    """All that the minutes of a meeting are written from, read at once."""

    minutes: Minutes
    meeting: Meeting
    items: list[AgendaItem]
    events: list[MeetingEvent]
    presence: Presence
    polls: Records
    texts: dict[int | None, str] = field(default_factory=dict)


def source_of(minutes: Minutes, *, only: AgendaItem | None = None) -> Source:
    """Read what the minutes are written from; `only` one § when it is adjusted at once."""
    meeting = minutes.meeting
    rows = meeting.items.filter(paragraph__isnull=False).order_by("paragraph")
    if only is not None:
        rows = rows.filter(pk=only.pk)
    # The introduction is a draft until the whole minutes are adjusted: no § takes it along.
    texts = minutes.texts.filter(item=only) if only is not None else minutes.texts.all()
    items = list(
        rows.select_related("case", "council", "adjusted__version").prefetch_related(*PLACED)
    )
    for item in items:
        item.meeting = meeting
    return Source(
        minutes=minutes,
        meeting=meeting,
        items=items,
        events=list(meeting.events.in_force().order_by("number")),
        presence=presence_of(meeting),
        polls=polls_of(item.pk for item in items),
        texts={row.item_id: row.text for row in texts},
    )


def build_content(source: Source) -> dict[str, Any]:
    """Return the minutes as data, in Swedish, with a fresh salt for each field."""
    with translation.override("sv"):
        return {
            "head": _head(source),
            "paragraphs": [_paragraph(source, item) for item in source.items],
        }


def keep_adjusted(source: Source, content: dict[str, Any]) -> None:
    """Let §§ that were adjusted at once stand as signed; what was entered later is appended."""
    items = {item.pk: item for item in source.items}
    for place, paragraph in enumerate(content["paragraphs"]):
        item = items[paragraph["item"]]
        if not hasattr(item, "adjusted"):
            continue
        version = item.adjusted.version
        signed = next(p for p in version.content["paragraphs"] if p["item"] == item.pk)
        with translation.override("sv"):
            late = [_dissent(d) for d in item.dissents.all() if d.created_at > version.made_at]
        fields = dict(signed["fields"])
        if late:
            fields["appended"] = paragraph["fields"]["matter"] | {"value": {"dissents": late}}
        content["paragraphs"][place] = {**signed, "fields": fields}


def _head(source: Source) -> dict[str, Any]:
    meeting, minutes = source.meeting, source.minutes
    adjusters = list(meeting.adjusters.select_related("person"))
    numbers = [item.paragraph or 0 for item in source.items]
    return {
        "body": {
            "id": str(meeting.council.public_id),
            "name": meeting.council.name,
            "profile": meeting.council.kind,
        },
        "meeting": meeting.pk,
        "title": meeting.title,
        "mode": str(meeting.get_mode_display()),
        "place": meeting.place,
        "opened": moment(meeting.opened_at),
        "closed": moment(meeting.closed_at),
        "breaks": _breaks(source.events),
        "from_paper": meeting.from_paper,
        "roll": source.presence.roll(),
        "present": source.presence.rows(),
        "others": _others(source),
        "secretary": str(minutes.secretary or ""),
        "adjusters": [str(row.person) for row in adjusters if not row.is_substitute],
        "substitutes": [str(row.person) for row in adjusters if row.is_substitute],
        "adjusted_at_place": minutes.place,
        "adjusted_at_latest": minutes.due_on.isoformat(),
        "first": min(numbers, default=0),
        "last": max(numbers, default=0),
        "introduction": source.texts.get(None, ""),
    }


def _breaks(events: Iterable[MeetingEvent]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for event in events:
        if event.kind == EventKind.ADJOURNED:
            found.append({"from": moment(event.effective_at), "to": ""})
        elif event.kind == EventKind.RESUMED and found:
            found[-1]["to"] = moment(event.effective_at)
    return found


def _others(source: Source) -> list[dict[str, str]]:
    """Return who kept the minutes, and those of the body's offices who were there beside it."""
    meeting, secretary = source.meeting, source.minutes.secretary
    found = []
    if secretary is not None:
        found.append({"name": str(secretary), "role": str(OfficeKind.SECRETARY.label)})
    kinds = [OfficeKind.SECRETARY, OfficeKind.COOPTED]
    offices = meeting.council.offices.on(meeting.held_on).filter(
        kind__in=kinds, person__in=source.presence.attended()
    )
    if secretary is not None:
        offices = offices.exclude(kind=OfficeKind.SECRETARY, person=secretary)
    rows = offices.select_related("person").order_by("kind", "position", "pk")
    return found + [{"name": str(row.person), "role": str(row.get_kind_display())} for row in rows]


def _paragraph(source: Source, item: AgendaItem) -> dict[str, Any]:
    reason = _reason(item)
    fields = {"matter": _field(_matter(source, item), reason)}
    documents = list(item.case.documents.all()) if item.case else []
    for number, document in enumerate(documents, start=1):
        versions = list(document.versions.all())
        if versions:
            value = {
                "title": document.title,
                "file": versions[0].filename,
                "sha256": versions[0].sha256,
            }
            fields[f"annex-{number}"] = _field(value, reason or _annex_reason(item, document))
    return {
        "item": item.pk,
        "paragraph": item.paragraph,
        "year": item.paragraph_year,
        "fields": fields,
    }


def _reason(item: AgendaItem) -> str:
    return (item.closed_reason or "Stängda dörrar") if item.is_closed else ""


def _annex_reason(item: AgendaItem, document: CaseDocument) -> str:
    if document.is_secret or (item.case and item.case.is_secret):
        return document.secrecy_reason or SECRET_ANNEX
    return "" if document.audience == "public" else SECRET_ANNEX


def _field(value: dict[str, Any], reason: str) -> dict[str, Any]:
    return {"reason": reason, "salt": secrets.token_hex(SALT_DIGITS // 2), "value": value}


def _matter(source: Source, item: AgendaItem) -> dict[str, Any]:
    decisions = list(item.decisions.all())
    outcome = next((d for d in reversed(decisions) if d.kind != "procedural"), None)
    return {
        "title": item.title,
        "case": item.case.registry_number if item.case else "",
        "kind": str(item.get_kind_display()),
        "state": str(ItemState(item.state).label),
        "opened": moment(item.opened_at),
        "ended": moment(item.ended_at),
        "text": source.texts.get(item.pk, ""),
        "proposal": list(item.proposal),
        "motions": [_motion(row) for row in item.motions.all() if _is_printed(row)],
        "propositions": _propositions(source.events, item),
        "polls": [row.printed() for row in source.polls.get(item.pk, [])],
        "invalid_polls": [_invalid_poll(row) for row in item.polls.all()],
        "decisions": [_decision(source, row) for row in decisions],
        "outcome": str(outcome.get_outcome_display()) if outcome else "",
        "presided": source.presence.presided(item, outcome),
        "took_part": source.presence.took_part(item, outcome),
        "recusals": [
            {"name": str(row.person), "ground": row.ground}
            for row in item.recusals.all()
            if row.state == RecusalState.IN_FORCE
        ],
        "dissents": [_dissent(row) for row in item.dissents.all()],
        "recipients": [row.name for row in item.recipients.all()],
    }


def _is_printed(motion: Motion) -> bool:
    """Withdrawn motions are not printed as put (kommunallagen 5:67 p. 1)."""
    return motion.state != MotionState.WITHDRAWN


def _motion(motion: Motion) -> dict[str, Any]:
    return {
        "number": motion.number,
        "kind": str(MotionKind(motion.kind).label),
        "text": motion.text,
        "mover": str(motion.mover),
        "organisation": motion.organisation.name if motion.organisation else "",
        "state": motion.outcome,
        "refusal": motion.refusal,
    }


def _propositions(events: Iterable[MeetingEvent], item: AgendaItem) -> list[str]:
    """Return in words how the proposals were put and what the chair found."""
    return [_put(e) for e in events if e.item_id == item.pk and e.kind in PUT]


def _put(event: MeetingEvent) -> str:
    return PUT[EventKind(event.kind)] or _finding(event)


def _finding(event: MeetingEvent) -> str:
    numbers = ", ".join(str(n) for n in event.data.get("motions", []))
    if event.data.get("question") == "formal":
        asked = "Ordföranden frågar om ärendet ska avgöras i dag och finner"
        return f"{asked} bifall till yrkande {numbers}." if numbers else f"{asked} ja."
    parts = ["förslaget"] if event.data.get("proposal") else []
    parts += [f"yrkande {numbers}"] if numbers else []
    if not parts:
        return "Ordföranden ställer proposition och finner avslag."
    return f"Ordföranden ställer proposition och finner bifall till {' och '.join(parts)}."


def _invalid_poll(poll: Poll) -> dict[str, Any]:
    """Return that a poll counts for nothing, why, and the poll that was taken in its place."""
    again = getattr(poll, "replaced_by", None)
    taken = {"poll": again.pk, "number": again.number} if again and again.opened_at else None
    return {
        "poll": poll.pk,
        "number": poll.number,
        "secret": poll.is_secret,
        "reason": poll.invalid_reason,
        "replaced_by": taken,
    }


def _decision(source: Source, decision: Decision) -> dict[str, Any]:
    return {
        "decision": decision.pk,
        "kind": str(decision.get_kind_display()),
        "method": str(decision.get_method_display()),
        "outcome": str(decision.get_outcome_display()),
        "clauses": list(decision.clauses),
        "motivation": decision.motivation,
        "decided": moment(decision.decided_at),
        "participants": [list(pair) for pair in decision.participants],
    }


def _dissent(row: Dissent) -> dict[str, Any]:
    return {
        "kind": str(row.get_kind_display()),
        "name": str(row.person),
        "organisation": row.members,
        "announced": moment(row.announced_at),
        "text": row.text,
    }
