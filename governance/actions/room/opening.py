"""Opens, adjourns, resumes and closes a meeting, and keeps who is present."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import triggers
from core.actions import SYSTEM, require
from core.events import publish
from core.exceptions import RuleBroken
from governance.actions.cases import step_case
from governance.actions.minutes.writing import start_minutes
from governance.actions.planning import return_cases
from governance.actions.polls.invalidating import end_polls
from governance.actions.proof.heads import send_heads
from governance.actions.recording import closing_time, enter_room, record, require_open
from governance.actions.room.flags import flag_touched
from governance.choices import EventKind, ItemKind, OfficeKind, PresenceMode
from governance.events import MeetingChanged
from governance.house_rules import to_data
from governance.models import (
    AgendaItem,
    DelegateProxy,
    Mandate,
    Meeting,
    MeetingEvent,
    Office,
    RollPerson,
    RollSeat,
)
from governance.profiles import Distance
from governance.serving import Room
from governance.states import (
    CASES_AT_MEETING,
    ITEM,
    ITEMS_IN_HAND,
    ITEMS_WAITING,
    MEETING,
    ItemState,
    MeetingState,
    advance,
)
from members.models import PersonName

QUORUM_LOST = "mötet var inte längre beslutfört när det avslutades"
LEFT_OPEN = "punkten var avslutad"
"""Why polls are invalid is content, in the language of the records."""

Present = Mapping[int, str]
"""Who answered the roll call: id of the person's name → how the person takes part."""


@transaction.atomic
def open_meeting(
    *,
    by: Any,
    meeting: Meeting,
    present: Present,
    chair: PersonName | None = None,
    at: datetime | None = None,
    from_paper: bool = False,
) -> Meeting:
    """Open a summoned meeting: freeze the roll, make the roll call, see who presides.

    `chair` is who the meeting chooses when neither chair nor vice chair is present. `from_paper`
    marks a meeting that was held on paper and is entered afterwards. A meeting that is not
    quorate may be opened, but then only be adjourned or closed. Raises RuleBroken when the
    protection of the records is missing, or there is no secretary, roll call or chair.
    """
    require(by, "governance.open_meeting", meeting)
    meeting = enter_room(meeting)
    if MeetingState(meeting.state) != MeetingState.SUMMONED:
        advance(MEETING, meeting.state, "open")
    moment = _opening_time(meeting, at)
    meeting.opened_at, meeting.from_paper = moment, from_paper
    if not meeting.rules:
        meeting.rules = to_data(meeting.profile())
    meeting.save()
    freeze_roll(meeting, meeting.held_on)
    record(meeting, EventKind.OPENED, by=by, at=moment, data={"rules": meeting.rules})
    _call_roll(meeting, present, by=by, at=moment)
    room = meeting.room()
    if chair is not None and room.presiding is None:
        _choose(meeting, chair, by=by, at=moment)
        room = meeting.room()
    meeting.state = advance(
        MEETING,
        meeting.state,
        "open",
        triggers_present=not triggers.missing(),
        has_secretary=_has_secretary(meeting),
        has_roll=bool(present),
        has_chair=room.presiding is not None,
    )
    meeting.save()
    first = meeting.items.filter(state=ItemState.CONFIRMED).order_by("position").first()
    if first is not None and first.kind == ItemKind.FORMALITY:
        _pass(first, moment)
    publish(MeetingChanged(meeting.pk))
    return meeting


def _opening_time(meeting: Meeting, at: datetime | None) -> datetime:
    """Return when a meeting is opened, now unless told otherwise; never long before its time."""
    now = timezone.now()
    if at is not None and at < min(meeting.starts_at, now) - timedelta(days=1):
        raise RuleBroken(_("A meeting is not opened more than a day before its time."), field="at")
    return at or now


def freeze_roll(meeting: Meeting, day: date) -> None:
    """Copy who sits, until when and with what weight: nothing changes an opened meeting.

    Seats and mandates that begin later are copied too, since rights follow the day on which an
    item is opened, also after an adjournment (rules.md 2.4). A mandate whose appointing decision
    is not there to read gives no vote, so it is left out. A delegate with a proxy stands for the
    member's seat, and nobody else does.
    """
    roll = _freeze_seats(meeting, day)
    proxies = list(meeting.proxies.filter(seat__in=roll))
    mandates = Mandate.objects.filter(seat__in=roll).voting().exclude(ends_on__lt=day)
    mandates = mandates.exclude(seat__in=[row.seat_id for row in proxies])
    chairs = Office.objects.filter(council=meeting.council).on(day).presiding()
    RollPerson.objects.bulk_create(
        [
            *(_member(roll[row.seat_id], row) for row in mandates),
            *(_delegate(roll[row.seat_id], row) for row in proxies),
            *(_presider(meeting, row) for row in chairs),
        ]
    )


def _freeze_seats(meeting: Meeting, day: date) -> dict[int, RollSeat]:
    """Copy the seats with their weights, and return the copies by seat."""
    council = meeting.council
    table = council.weight_tables.current(day)
    weights = dict(table.rows.values_list("organisation_id", "weight")) if table else {}
    ahead = council.seats.filter(cancelled_on__isnull=True).exclude(ends_on__lt=day)
    return {
        seat.pk: RollSeat.objects.create(
            meeting=meeting,
            seat=seat,
            organisation_id=seat.organisation_id,
            weight=weights.get(seat.organisation_id, 1),
            starts_on=seat.starts_on,
            ends_on=seat.ends_on,
        )
        for seat in ahead
    }


def _member(seat: RollSeat, mandate: Mandate) -> RollPerson:
    return RollPerson(
        meeting_id=seat.meeting_id,
        roll_seat=seat,
        mandate=mandate,
        person_id=mandate.person_id,
        position=mandate.position,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
    )


def _delegate(seat: RollSeat, proxy: DelegateProxy) -> RollPerson:
    return RollPerson(
        meeting_id=seat.meeting_id,
        roll_seat=seat,
        proxy=proxy,
        person_id=proxy.person_id,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
    )


def _presider(meeting: Meeting, office: Office) -> RollPerson:
    return RollPerson(
        meeting=meeting,
        office=office.kind,
        person_id=office.person_id,
        position=office.position,
        starts_on=office.starts_on,
        ends_on=office.ends_on,
    )


@transaction.atomic
def arrive(
    *,
    by: Any,
    meeting: Meeting,
    person: PersonName,
    mode: str = PresenceMode.ROOM,
    at: datetime | None = None,
) -> MeetingEvent:
    """Record that somebody came, or takes part in another way than before.

    Raises RuleBroken when taking part at a distance is not allowed for the body.
    """
    require(by, "governance.preside", meeting)
    meeting = _running(meeting)
    _check_mode(meeting, mode)
    event = record(meeting, EventKind.ARRIVED, by=by, person=person, mode=mode, at=at)
    flag_touched(meeting, event)
    return event


@transaction.atomic
def leave(
    *, by: Any, meeting: Meeting, person: PersonName, at: datetime | None = None
) -> MeetingEvent:
    """Record that somebody left; a substitute present steps in. Not used for jäv."""
    require(by, "governance.preside", meeting)
    meeting = _running(meeting)
    if at is None and person.pk not in meeting.room().present:
        raise RuleBroken(_("The person is not present."), field="person")
    event = record(meeting, EventKind.LEFT, by=by, person=person, at=at)
    flag_touched(meeting, event)
    return event


@transaction.atomic
def choose_chair(
    *, by: Any, meeting: Meeting, person: PersonName, at: datetime | None = None
) -> MeetingEvent:
    """Record whom the meeting chose to preside when neither chair nor vice chair can."""
    require(by, "governance.preside", meeting)
    meeting = _running(meeting)
    if meeting.room().presiding is not None:
        raise RuleBroken(_("Somebody already presides."))
    return _choose(meeting, person, by=by, at=at)


def _choose(meeting: Meeting, person: PersonName, *, by: Any, at: datetime | None) -> MeetingEvent:
    if not meeting.room().serves(person.pk):
        raise RuleBroken(_("Only a member who serves can preside."), field="chair")
    return record(meeting, EventKind.CHAIR_CHOSEN, by=by, person=person, at=at)


@transaction.atomic
def adjourn(
    *, by: Any, meeting: Meeting, until: str = "", at: datetime | None = None
) -> MeetingEvent:
    """Break the meeting off for a while; `until` says in words when it goes on."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    meeting.state = advance(MEETING, meeting.state, "adjourn")
    meeting.save()
    return record(meeting, EventKind.ADJOURNED, by=by, at=at, data={"until": until})


@transaction.atomic
def resume(
    *, by: Any, meeting: Meeting, present: Present | None = None, at: datetime | None = None
) -> MeetingEvent:
    """Go on after an adjournment; on another day a new roll call is made with `present`."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    meeting.state = advance(MEETING, meeting.state, "resume")
    meeting.save()
    event = record(meeting, EventKind.RESUMED, by=by, at=at)
    _call_roll(meeting, present or {}, by=by, at=at)
    return event


@transaction.atomic
def close_meeting(
    *, by: Any, meeting: Meeting, put_off_rest: bool = False, at: datetime | None = None
) -> Meeting:
    """Close the meeting; its minutes follow.

    What is left goes to the next agenda when the meeting says so (`put_off_rest`) or quorum is
    lost; polls that are not settled end with the meeting. Raises RuleBroken while an item is
    open in a quorate room, while items are left, when no adjusters were chosen though items were
    handled, and for a time before the last event.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    room = meeting.room()
    moment = closing_time(meeting, at)
    give_up = not room.is_quorate
    if give_up:
        end_polls(meeting, QUORUM_LOST)
        _give_up_open(meeting, room, by=by, at=moment)
    for item in meeting.items.filter(state=ItemState.CONFIRMED, kind=ItemKind.FORMALITY):
        _pass(item, moment)
    left = meeting.items.filter(state__in=ITEMS_WAITING)
    handled = meeting.items.filter(paragraph__isnull=False).exclude(state=ItemState.NOT_REACHED)
    meeting.state = advance(
        MEETING,
        meeting.state,
        "close",
        nothing_open=not meeting.items.filter(state__in=ITEMS_IN_HAND).exists(),
        rest_handled=put_off_rest or give_up or not left.exists(),
        adjusters_chosen=meeting.adjusters.exists() or not handled.exists(),
    )
    for item in left:
        _miss(item, by=by, at=moment)
    end_polls(meeting, LEFT_OPEN)
    meeting.closed_at = moment
    meeting.save()
    record(meeting, EventKind.CLOSED, by=by, at=moment, data={"quorate": not give_up})
    return_cases(meeting, by=by)
    start_minutes(by=SYSTEM, meeting=meeting)
    send_heads(meeting=meeting)
    publish(MeetingChanged(meeting.pk))
    return meeting


def longest_serving(meeting: Meeting) -> PersonName | None:
    """Return who leads the choice of a chair: the one who serves and has sat the longest.

    None where the rules of the body leave it to the meeting.
    """
    if not meeting.profile().longest_serving_leads:
        return None
    serving = list(meeting.room().serving.values())
    first = (
        Mandate.objects.filter(seat__council=meeting.council_id, person__in=serving)
        .order_by("starts_on", "pk")
        .select_related("person")
        .first()
    )
    return first.person if first else None


def _running(meeting: Meeting) -> Meeting:
    meeting = enter_room(meeting)
    if not meeting.is_running:
        require_open(meeting)
    return meeting


def _call_roll(meeting: Meeting, present: Present, *, by: Any, at: datetime | None) -> None:
    people = PersonName.objects.in_bulk(list(present))
    for pk, mode in present.items():
        _check_mode(meeting, mode)
        if pk not in people:
            raise RuleBroken(_("This person is not known."), field="present")
        record(meeting, EventKind.ARRIVED, by=by, person=people[pk], mode=mode, at=at)


def _check_mode(meeting: Meeting, mode: str) -> None:
    if mode not in PresenceMode.values:
        raise RuleBroken(_("Say how the person takes part."), field="mode")
    if mode == PresenceMode.DISTANCE and meeting.profile().distance == Distance.FORBIDDEN:
        raise RuleBroken(
            _("The rules of the body let nobody take part at a distance."), field="mode"
        )
    if mode == PresenceMode.DISTANCE and meeting.mode == "room":
        raise RuleBroken(_("The summons gave no way to take part at a distance."), field="mode")


def _has_secretary(meeting: Meeting) -> bool:
    offices = meeting.council.offices.on(meeting.held_on)
    return bool(offices.filter(kind=OfficeKind.SECRETARY).exists())


def _pass(item: AgendaItem, at: datetime) -> None:
    item.state = advance(ITEM, item.state, "pass", is_formality=item.kind == ItemKind.FORMALITY)
    item.opened_at = item.ended_at = at
    item.save()


def _give_up_open(meeting: Meeting, room: Room, *, by: Any, at: datetime) -> None:
    """Leave the open item undecided when quorum is lost."""
    item = meeting.items.filter(state__in=ITEMS_IN_HAND).first()
    if item is None:
        return
    if item.state == ItemState.DEBATE_CLOSED:
        item.state = advance(ITEM, item.state, "reopen_debate", meeting_open=True)
    _miss(item, by=by, at=at)
    record(meeting, EventKind.ITEM_CLOSED, by=by, item=item, at=at, data={"state": item.state})


def _miss(item: AgendaItem, *, by: Any, at: datetime) -> None:
    item.state = advance(ITEM, item.state, "miss")
    item.ended_at = at
    item.save()
    # A case that was written off meanwhile stays so: the meeting can be closed all the same.
    if item.case is not None and item.case.state in CASES_AT_MEETING:
        step_case(item.case, "miss", by=by, item=item)
