"""How something that happens in a meeting is recorded: an event, its entry in the ledger.

Every action of the room begins with `enter_room`, which locks body and meeting in that order, so
that two secretaries at once come one after the other.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import RuleBroken
from governance.actions.ledger import append_row
from governance.choices import EventKind
from governance.models import AgendaItem, Council, Meeting, MeetingEvent
from governance.serving import Move
from governance.states import MeetingState
from members.models import PersonName


def enter_room(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now, locked with its body until the transaction ends."""
    council = Council.objects.select_for_update().get(pk=meeting.council_id)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    locked.council = council
    return locked


def item_in(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """Return the item as it is now; raise RuleBroken when it is of another meeting."""
    found = AgendaItem.objects.filter(meeting=meeting, pk=item.pk).first()
    if found is None:
        raise RuleBroken(_("The item belongs to another meeting."))
    found.meeting = meeting
    return found


def require_open(meeting: Meeting) -> None:
    """Raise RuleBroken unless the meeting is in progress."""
    if meeting.state != MeetingState.OPEN:
        raise RuleBroken(_("The meeting is not in progress."))


def record(
    meeting: Meeting,
    kind: str,
    *,
    by: Any,
    at: datetime | None = None,
    person: PersonName | None = None,
    item: AgendaItem | None = None,
    mode: str = "",
    data: dict[str, Any] | None = None,
    corrects: MeetingEvent | None = None,
    reason: str = "",
) -> MeetingEvent:
    """Write one event of a meeting and chain it; the meeting is locked by `enter_room`.

    `at` is when it happened, now unless told otherwise. Raises RuleBroken for a time to come and
    for one before the meeting was opened.
    """
    now = timezone.now()
    if at is not None and at > now:
        raise RuleBroken(_("The time has not come yet."), field="at")
    if at is not None and meeting.opened_at is not None:
        at = snapped(at, meeting.opened_at)
        if at < meeting.opened_at:
            raise RuleBroken(_("The meeting had not been opened then."), field="at")
    last = meeting.events.aggregate(last=Max("number"))["last"] or 0
    event = MeetingEvent.objects.create(
        meeting=meeting,
        number=last + 1,
        kind=kind,
        effective_at=at or now,
        recorded_at=now,
        recorded_by_id=getattr(by, "pk", None),
        person=person,
        item=item,
        mode=mode,
        data=data or {},
        corrects=corrects,
        reason=reason,
        from_paper=meeting.from_paper,
    )
    append_row(council=meeting.council, kind="meeting_event", row=event)
    touch(meeting)
    return event


def snapped(at: datetime, start: datetime) -> datetime:
    """Return `start` for an earlier time within its minute, else the time as it is.

    Times are entered in whole minutes: one in the minute of the opening is that of the opening.
    """
    return start if start.replace(second=0, microsecond=0) <= at < start else at


def closing_time(meeting: Meeting, at: datetime | None) -> datetime:
    """Return when a meeting ends, now unless told otherwise.

    Raises RuleBroken for a time before somebody last came or went, or an item or a decision. What
    was entered from paper without a time of its own says nothing of when it happened.
    """
    kinds = [*map(str, Move), EventKind.DECIDED]
    rows = meeting.events.in_force().filter(kind__in=kinds)
    if meeting.from_paper:
        rows = rows.exclude(effective_at=F("recorded_at"))
    last: datetime | None = rows.aggregate(last=Max("effective_at"))["last"]
    if at is None or last is None:
        return at or timezone.now()
    at = snapped(at, last)
    if at < last:
        raise RuleBroken(_("Something happened in the meeting after that time."), field="at")
    return at


def touch(meeting: Meeting) -> None:
    """Tell every device in the room that something has changed."""
    meeting.version += 1
    meeting.save(update_fields=["version", "updated_at"])
