"""Plans meetings and builds their agendas."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import require
from core.events import publish
from core.exceptions import RuleBroken
from governance.actions.case_steps import clean_clauses, step_case
from governance.actions.recording import enter_room, item_in, record, require_open, touch
from governance.actions.room.flags import participants
from governance.choices import CaseKind, EventKind, ItemKind, OfficeKind
from governance.events import MeetingChanged
from governance.models import AgendaItem, AgendaTemplate, Case, Council, ItemNote, Meeting
from governance.states import ITEM, MEETINGS_AHEAD, CaseState, ItemState, MeetingState, advance

OPENING = "Mötet öppnas och upprop"
ADJUSTERS = "Val av justerare"
CLOSING = "Mötet avslutas"
REPORT = "Anmälan av beslut per capsulam"
CONSTITUTION: tuple[dict[str, str], ...] = (
    {"title": "Val av ordförande", "kind": ItemKind.ELECTION, "elects_to": OfficeKind.CHAIR},
    {
        "title": "Val av vice ordförande",
        "kind": ItemKind.ELECTION,
        "elects_to": OfficeKind.VICE_CHAIR,
    },
    {"title": "Arbetsordning", "kind": ItemKind.DECISION},
)
"""Headings in minutes are content, in the language of the records."""

MATTER = ("title", "kind", "case", "proposal", "elects_to")
"""What an item is about: people are summoned to this and nothing else (KL 5:13, 5:52)."""


@transaction.atomic
def plan_meeting(
    *,
    by: Any,
    council: Council,
    starts_at: datetime,
    ends_at: datetime,
    template: AgendaTemplate | None = None,
    **details: Any,
) -> Meeting:
    """Plan a meeting with the standing items; cases that wait return to its agenda by themselves.

    The standing items are those of `template`, else the usual ones; a constituting meeting also
    elects chair and vice chair and adopts the rules of procedure. `details` are mode, place, link,
    title and whether it is constituting. Raises RuleBroken for a dissolved body and for a meeting
    that ends before it begins.
    """
    require(by, "governance.plan_meeting", council)
    if council.dissolved_on and starts_at.date() >= council.dissolved_on:
        raise RuleBroken(_("The body is dissolved by then."), field="starts_at")
    meeting = Meeting(council=council, starts_at=starts_at, ends_at=ends_at, **details)
    _check_times(meeting)
    meeting.full_clean()
    meeting.save()
    for position, fields in enumerate(_standing_items(meeting, template), start=1):
        AgendaItem.objects.create(meeting=meeting, council=council, position=position, **fields)
    for case in council.cases.returning().order_by("year", "number"):
        _place_case(meeting, case, by=by)
    return meeting


def _standing_items(meeting: Meeting, template: AgendaTemplate | None) -> list[dict[str, Any]]:
    """Return the fields of the items that an agenda begins with."""
    if template is not None:
        names = ("kind", "title", "minutes_planned", "chooses_adjusters", "rapporteur")
        return list(template.items.order_by("position").values(*names))
    short: dict[str, Any] = {"minutes_planned": 5}
    elections = CONSTITUTION if meeting.is_constituting else ()
    return [
        short | {"title": OPENING, "kind": ItemKind.FORMALITY},
        short | {"title": ADJUSTERS, "kind": ItemKind.ELECTION, "chooses_adjusters": True},
        *(short | fields for fields in elections),
        short | {"title": CLOSING, "kind": ItemKind.FORMALITY},
    ]


@transaction.atomic
def plan_series(
    *, by: Any, council: Council, times: Iterable[tuple[datetime, datetime]], **details: Any
) -> list[Meeting]:
    """Plan a year or a series: one meeting for each pair of begin and end."""
    return [
        plan_meeting(by=by, council=council, starts_at=start, ends_at=end, **details)
        for start, end in times
    ]


@transaction.atomic
def change_meeting(*, by: Any, meeting: Meeting, **changes: Any) -> Meeting:
    """Change time or place of a meeting that is not opened.

    Once summoned, the change reaches people by a new summons. Raises RuleBroken after opening.
    """
    require(by, "governance.plan_meeting", meeting)
    meeting = _plannable(meeting)
    for field, value in changes.items():
        setattr(meeting, field, value)
    _check_times(meeting)
    meeting.full_clean()
    meeting.save()
    touch(meeting)
    publish(MeetingChanged(meeting.pk))
    return meeting


def _check_times(meeting: Meeting) -> None:
    if meeting.ends_at <= meeting.starts_at:
        raise RuleBroken(_("The meeting must end after it begins."), field="ends_at")


@transaction.atomic
def add_item(
    *,
    by: Any,
    meeting: Meeting,
    title: str,
    kind: str = ItemKind.DECISION,
    proposal: Sequence[str] = (),
    **details: Any,
) -> AgendaItem:
    """Add an item before the closing of the meeting; `details` are its other fields.

    Nobody was summoned to it once the summons has been sent: then it is proposed until a new
    summons tells of it, or all present agree to take it up (confirm_item).
    """
    require(by, "governance.plan_meeting", meeting)
    meeting = enter_room(meeting)
    if meeting.state not in {*MEETINGS_AHEAD, MeetingState.OPEN}:
        raise RuleBroken(_("The agenda can no longer be changed."))
    item = _insert(meeting, title=title, kind=kind, proposal=clean_clauses(proposal), **details)
    touch(meeting)
    return item


@transaction.atomic
def confirm_item(*, by: Any, meeting: Meeting, item: AgendaItem, all_agree: bool) -> AgendaItem:
    """Take up a matter that was not on the summons: only when all present agree (KL 5:52).

    The event says who served and so agreed. Raises RuleBroken unless the meeting is in progress
    and may decide.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    require_open(meeting)
    item = item_in(meeting, item)
    if not all_agree:
        raise RuleBroken(_("An unprepared matter is taken up only when all present agree."))
    room = meeting.room()
    if not room.may_decide:
        raise RuleBroken(_("Too few are present to decide. Adjourn or close the meeting."))
    item.state = advance(ITEM, item.state, "confirm")
    item.save()
    data = {"agreed": participants(room)}
    record(meeting, EventKind.ITEM_AGREED, by=by, item=item, data=data)
    return item


def confirm_summoned(meeting: Meeting) -> None:
    """Put what the summons that is sent tells of on the agenda: now people are summoned to it."""
    for item in meeting.items.filter(state=ItemState.PROPOSED):
        item.state = advance(ITEM, item.state, "confirm")
        item.save()


@transaction.atomic
def put_case_on_agenda(*, by: Any, meeting: Meeting, case: Case) -> AgendaItem:
    """Put a case that is ready or tabled on the agenda, with its proposal."""
    require(by, "governance.plan_meeting", meeting)
    meeting = _plannable(meeting)
    if case.council_id != meeting.council_id:
        raise RuleBroken(_("The case is with another body."), field="case")
    item = _place_case(meeting, case, by=by)
    touch(meeting)
    return item


@transaction.atomic
def change_item(*, by: Any, meeting: Meeting, item: AgendaItem, **changes: Any) -> AgendaItem:
    """Change an item that has not been opened; a proposal is given as att-clauses.

    After the summons another matter is proposed, until a new summons tells of it. While the
    meeting runs the matter of what is on the agenda stands: raises RuleBroken.
    """
    require(by, "governance.plan_meeting", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if item.state not in {ItemState.PROPOSED, ItemState.CONFIRMED}:
        raise RuleBroken(_("An item that has been opened cannot be changed."))
    if "proposal" in changes:
        changes["proposal"] = clean_clauses(changes["proposal"])
    if changes.get("is_closed") and not changes.get("closed_reason", item.closed_reason):
        raise RuleBroken(_("Give the reason of the closed doors."), field="closed_reason")
    is_other = any(name in changes and changes[name] != getattr(item, name) for name in MATTER)
    if is_other and item.state == ItemState.CONFIRMED and meeting.state not in MEETINGS_AHEAD:
        raise RuleBroken(_("While the meeting runs, the item stands as it was summoned to."))
    for field, value in changes.items():
        setattr(item, field, value)
    if is_other:
        item.state = _standing_of(meeting, item)
    _clean(item)
    item.save()
    touch(meeting)
    return item


@transaction.atomic
def move_item(*, by: Any, meeting: Meeting, item: AgendaItem, steps: int) -> AgendaItem:
    """Move an item up (negative) or down the agenda by so many places, not past what is done."""
    require(by, "governance.plan_meeting", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    order = [
        row
        for row in meeting.items.order_by("position", "pk")
        if row.state in {ItemState.PROPOSED, ItemState.CONFIRMED}
    ]
    places = [row.position for row in order]
    rows = [row for row in order if row.pk != item.pk]
    if len(rows) == len(order):
        raise RuleBroken(_("An item that has been opened cannot be moved."))
    index = next(n for n, row in enumerate(order) if row.pk == item.pk)
    rows.insert(max(0, min(len(rows), index + steps)), item)
    for row, position in zip(rows, places, strict=True):
        AgendaItem.objects.filter(pk=row.pk).update(position=position)
    touch(meeting)
    item.refresh_from_db()
    return item


@transaction.atomic
def remove_item(*, by: Any, meeting: Meeting, item: AgendaItem) -> None:
    """Take an item off an agenda before the meeting; its case waits for the next one."""
    require(by, "governance.plan_meeting", meeting)
    meeting = _plannable(meeting)
    item = item_in(meeting, item)
    if item.case is not None:
        step_case(item.case, "miss", by=by, item=item)
    item.notes.all().delete()
    item.recusals.all().delete()
    item.delete()
    for position, row in enumerate(meeting.items.order_by("position", "pk"), start=1):
        AgendaItem.objects.filter(pk=row.pk).update(position=position)
    touch(meeting)


@transaction.atomic
def write_note(*, by: Any, item: AgendaItem, text: str) -> None:
    """Keep a person's own note on an item; an empty text takes it away."""
    require(by, "governance.answer_summons", item)
    if not text.strip():
        ItemNote.objects.filter(item=item, user=by).delete()
        return
    ItemNote.objects.update_or_create(item=item, user=by, defaults={"text": text[:5000]})


def return_cases(meeting: Meeting, *, by: Any) -> None:
    """Put the body's waiting cases on its next agenda, when that is already planned.

    On an agenda that has been sent out they stand until the next summons tells of them.
    """
    ahead = meeting.council.meetings.planned().filter(starts_at__gt=meeting.starts_at).first()
    if ahead is not None:
        place_waiting(ahead, by=by)


def place_waiting(ahead: Meeting, *, by: Any) -> None:
    """Put every case of the body that waits on an agenda that can still change."""
    for case in ahead.council.cases.returning().order_by("year", "number"):
        _place_case(ahead, case, by=by)
    touch(ahead)


def _plannable(meeting: Meeting) -> Meeting:
    meeting = enter_room(meeting)
    if meeting.state not in MEETINGS_AHEAD:
        raise RuleBroken(_("The agenda can no longer be changed."))
    return meeting


def _place_case(meeting: Meeting, case: Case, *, by: Any) -> AgendaItem:
    """Put a case before the closing; what was carried without a meeting is reported (P1)."""
    if case.state not in {CaseState.READY, CaseState.TABLED}:
        raise RuleBroken(_("The case is not ready for a meeting."), field="case")
    if case.polls.filter(per_capsulam=True).unsettled().exists():
        raise RuleBroken(_("The case is being answered without a meeting."), field="case")
    is_report = case.polls.unreported().exists()
    item = _insert(
        meeting,
        title=report_title(case) if is_report else case.subject,
        kind=ItemKind.INFORMATION if is_report else kind_for(case),
        case=case,
        proposal=case.proposal,
        is_closed=case.is_secret,
        closed_reason=case.secrecy_reason,
    )
    step_case(case, "put_on_agenda", by=by, item=item)
    return item


def kind_for(case: Case) -> str:
    """Return what kind of item takes up a case."""
    kinds = {CaseKind.ELECTION: ItemKind.ELECTION, CaseKind.REPORT: ItemKind.INFORMATION}
    return kinds.get(CaseKind(case.kind), ItemKind.DECISION)


def report_title(case: Case) -> str:
    """Return the heading under which a decision without a meeting is reported."""
    return f"{REPORT}: {case.subject}"[:200]


def _insert(meeting: Meeting, **fields: Any) -> AgendaItem:
    """Save an item in the place before the closing."""
    items = AgendaItem.objects.filter(meeting=meeting)
    position = items.next_position()
    last = items.order_by("position").last()
    if last is not None and last.kind == ItemKind.FORMALITY and last.state == ItemState.CONFIRMED:
        position = last.position
        AgendaItem.objects.filter(pk=last.pk).update(position=position + 1)
    item = AgendaItem(meeting=meeting, council=meeting.council, position=position, **fields)
    item.state = _standing_of(meeting, item)
    _clean(item)
    item.save()
    return item


def _standing_of(meeting: Meeting, item: AgendaItem) -> ItemState:
    """Return how an item stands on the agenda: proposed when nobody was summoned to its matter."""
    if meeting.state == MeetingState.DRAFT:
        return ItemState.CONFIRMED
    summoned = meeting.state == MeetingState.SUMMONED and _is_announced(meeting, item)
    return ItemState.CONFIRMED if summoned else ItemState.PROPOSED


def _is_announced(meeting: Meeting, item: AgendaItem) -> bool:
    """Tell whether the last summons told of the matter as it stands (rules.md 1.3, KL 5:52)."""
    last = meeting.summonses.first()
    matter = {
        "title": item.title,
        "kind": item.kind,
        "case": item.case.registry_number if item.case else "",
        "proposal": list(item.proposal),
    }
    rows = last.snapshot["items"] if last else []
    return any({name: row[name] for name in matter} == matter for row in rows)


def _clean(item: AgendaItem) -> None:
    try:
        item.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise RuleBroken(messages[0], field="" if field == "__all__" else field) from error
