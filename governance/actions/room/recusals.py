"""Recusals (jäv): announced, contested, tried by the body (rules.md 1.5)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.recording import enter_room, item_in, record, touch
from governance.actions.room.deciding import decide_procedure
from governance.actions.room.flags import flag_touched
from governance.actions.summoning import call_substitutes
from governance.choices import EventKind, RecusalState
from governance.models import AgendaItem, Meeting, Recusal
from governance.quorum import is_quorate
from governance.serving import Room
from governance.states import ITEMS_IN_HAND, ITEMS_WAITING, MeetingState
from members.models import PersonName

SETTLED = (RecusalState.IN_FORCE, RecusalState.DISMISSED)


@transaction.atomic
def announce_recusal(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    person: PersonName,
    ground: str,
    at: datetime | None = None,
) -> Recusal:
    """Announce a person's jäv in an item, before it or when it is open.

    A person announces the own; who presides or keeps the record enters others'. Before the
    meeting the seat's substitute is called; on an open item it takes effect at once: the person
    serves no longer and a substitute steps in.
    """
    own = getattr(by, "name_id", None) == person.pk
    require(by, "governance.announce_recusal" if own else "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if item.state not in {*ITEMS_IN_HAND, *ITEMS_WAITING}:
        raise RuleBroken(_("The item is finished."))
    if not ground.strip():
        raise RuleBroken(_("State the ground of the recusal."), field="ground")
    recusal, created = Recusal.objects.get_or_create(
        item=item, person=person, defaults={"ground": ground[:300]}
    )
    if not created and recusal.state in SETTLED:
        raise RuleBroken(_("The recusal has already been settled."))
    recusal.ground, recusal.state = ground[:300], RecusalState.ANNOUNCED
    if item.is_in_hand:
        _take_effect(meeting, recusal, by=by, at=at)
    recusal.save()
    if meeting.state == MeetingState.SUMMONED:
        call_substitutes(meeting)
    touch(meeting)
    return recusal


@transaction.atomic
def withdraw_recusal(*, by: Any, meeting: Meeting, recusal: Recusal) -> Recusal:
    """Take an announcement back before the item is opened."""
    if getattr(by, "name_id", None) != recusal.person_id:
        require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    recusal.refresh_from_db()
    if recusal.state not in {RecusalState.ANNOUNCED, RecusalState.CONTESTED}:
        raise RuleBroken(_("The recusal has already been settled."))
    recusal.state = RecusalState.WITHDRAWN
    recusal.called = None
    recusal.save()
    touch(meeting)
    return recusal


@transaction.atomic
def contest_recusal(
    *, by: Any, meeting: Meeting, item: AgendaItem, person: PersonName, ground: str
) -> Recusal:
    """Raise that a person may be jävig, or dispute an announcement: the body decides."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if not item.is_in_hand:
        raise RuleBroken(_("The question is tried when the item is open."))
    recusal, __ = Recusal.objects.get_or_create(
        item=item, person=person, defaults={"ground": ground[:300]}
    )
    if recusal.state in SETTLED:
        raise RuleBroken(_("The recusal has already been settled."))
    recusal.state = RecusalState.CONTESTED
    recusal.save()
    touch(meeting)
    return recusal


@transaction.atomic
def try_recusal(
    *, by: Any, meeting: Meeting, recusal: Recusal, recused: bool, at: datetime | None = None
) -> Recusal:
    """Record how the body decided a contested recusal, by acclamation.

    The person concerned takes no part, unless there would otherwise be no quorum. Raises
    RuleBroken when too few decide.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, recusal.item)
    recusal.refresh_from_db()
    if recusal.state != RecusalState.CONTESTED or not item.is_in_hand:
        raise RuleBroken(_("There is no contested recusal to decide."))
    room = meeting.room()
    without = exclude_concerned(room, recusal.person_id)
    clause = (
        "personen är jävig och inte får delta i handläggningen av ärendet"
        if recused
        else "personen inte är jävig"
    )
    decision = decide_procedure(meeting, item, [clause], by=by, at=at, room=room, without=without)
    record(
        meeting,
        EventKind.RECUSAL_TRIED,
        by=by,
        item=item,
        person=recusal.person,
        at=at,
        data={"recused": recused, "decision": decision.pk},
    )
    recusal.state = RecusalState.DISMISSED
    if recused:
        _take_effect(meeting, recusal, by=by, at=at)
    recusal.save()
    return recusal


def exclude_concerned(room: Room, person: int) -> int | None:
    """Return the person to leave out of the vote on the own jäv, or None when all are needed."""
    if not room.serves(person) or not room.conduct.quorum:
        return person
    enough = is_quorate(serving=len(room.serving) - 1, seats=len(room.seats))
    return person if enough else None


def _take_effect(meeting: Meeting, recusal: Recusal, *, by: Any, at: datetime | None) -> None:
    recusal.state = RecusalState.IN_FORCE
    event = record(
        meeting,
        EventKind.RECUSED,
        by=by,
        item=recusal.item,
        person=recusal.person,
        at=at,
        data={"ground": recusal.ground},
    )
    flag_touched(meeting, event)
