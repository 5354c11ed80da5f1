"""Motions and the list of speakers."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.recording import enter_room, item_in, record, require_open, touch
from governance.actions.room.electing import name_for_ballot, nominee_of
from governance.actions.room.items import pending_finding, refuse_while_polled
from governance.choices import (
    NEEDS_TEXT,
    EventKind,
    ItemKind,
    MotionKind,
    RefusalGround,
    SpeakerState,
)
from governance.models import AgendaItem, Meeting, Motion, RollSeat, SpeakerRequest
from governance.serving import Room
from governance.states import MOTION, ItemState, MotionState, advance
from members.models import PersonName


@transaction.atomic
def make_motion(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    person: PersonName,
    kind: str,
    text: str = "",
    nominee: PersonName | None = None,
) -> Motion:
    """Make a motion on an open item while the debate lasts (rules.md 1.3, 1.9).

    A person moves for the own seat; who keeps the record enters others'. On an election to an
    office of the body the nomination names somebody on the roll, by `nominee` or `text`. Raises
    RuleBroken when the mover does not serve or is jävig, when the debate is closed, and when an
    amendment, an addition, a nomination or a referral back has no text (vector R6).
    """
    _require_self(by, meeting, person)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    require_open(meeting)
    if item.state != ItemState.OPENED:
        raise RuleBroken(_("Motions are made while the debate on the item lasts."))
    room = meeting.room()
    _require_serving(room, person)
    if kind == MotionKind.NOMINATE and item.kind == ItemKind.ELECTION and (text or nominee):
        nominee = nominee_of(meeting, item, nominee, text)
        text = name_for_ballot(meeting, nominee) if nominee else text
    else:
        nominee = None
    _check_kind(item, kind, text)
    last = item.motions.aggregate(last=Max("number"))["last"] or 0
    motion = Motion.objects.create(
        item=item,
        number=last + 1,
        kind=kind,
        text=text.strip(),
        nominee=nominee,
        mover=person,
        organisation_id=_organisation(meeting, room, person),
    )
    data = {"motion": motion.number, "kind": kind, "text": motion.text}
    record(meeting, EventKind.MOTION_MADE, by=by, item=item, person=person, data=data)
    return motion


@transaction.atomic
def withdraw_motion(*, by: Any, meeting: Meeting, motion: Motion) -> Motion:
    """Take a motion back while the debate lasts; it is not printed as put (KL 5:67)."""
    _require_self(by, meeting, motion.mover)
    return _change(meeting, motion, "withdraw", by=by)


@transaction.atomic
def refuse_motion(*, by: Any, meeting: Meeting, motion: Motion, ground: str, reason: str) -> Motion:
    """Refuse to put a motion: it raises a new matter, or is against law (KL 5:57)."""
    require(by, "governance.preside", meeting)
    if ground not in RefusalGround.values:
        raise RuleBroken(_("Choose the ground of the refusal."), field="ground")
    motion.refusal_ground, motion.refusal = ground, reason[:300]
    return _change(meeting, motion, "refuse", by=by, has_reason=bool(reason.strip()))


@transaction.atomic
def overrule_refusal(*, by: Any, meeting: Meeting, motion: Motion) -> Motion:
    """Record that the body takes up a motion that the chair held to be unlawful (KL 5:57).

    Raises RuleBroken for one that raises a new matter, and once the proposals have been put: when
    the item is closed, the chair has stated what was found, or a poll decides.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, motion.item)
    if not item.is_in_hand:
        raise RuleBroken(_("The item is closed: what was decided stands."))
    if pending_finding(item) is not None:
        raise RuleBroken(_("The chair has already stated what was found."))
    refuse_while_polled(item)
    lawful = motion.refusal_ground == RefusalGround.UNLAWFUL
    return _change(meeting, motion, "overrule", by=by, may_overrule=lawful)


def _change(meeting: Meeting, motion: Motion, event: str, *, by: Any, **facts: bool) -> Motion:
    meeting = enter_room(meeting)
    require_open(meeting)
    item = item_in(meeting, motion.item)
    now = Motion.objects.get(pk=motion.pk).state
    motion.state = advance(
        MOTION,
        now,
        event,
        label=MotionState(now).label,
        debate_open=item.state == ItemState.OPENED,
        **facts,
    )
    motion.save()
    data = {"motion": motion.number, "state": motion.state, "reason": motion.refusal}
    record(meeting, EventKind.MOTION_CHANGED, by=by, item=item, data=data)
    return motion


def _check_kind(item: AgendaItem, kind: str, text: str) -> None:
    if kind not in MotionKind.values:
        raise RuleBroken(_("Choose what you move."), field="kind")
    if kind == MotionKind.NOMINATE and item.kind != ItemKind.ELECTION:
        raise RuleBroken(_("Nominations belong to elections."), field="kind")
    if kind in NEEDS_TEXT and not text.strip():
        wanted = {
            MotionKind.REFER_BACK: _("Say why it should be referred back."),
            MotionKind.NOMINATE: _("Write whom you nominate."),
        }
        raise RuleBroken(
            wanted.get(MotionKind(kind), _("Write the wording of the motion.")), field="text"
        )


def _require_self(by: Any, meeting: Meeting, person: PersonName) -> None:
    if getattr(by, "name_id", None) != person.pk:
        require(by, "governance.preside", meeting)


def _require_serving(room: Room, person: PersonName) -> None:
    if person.pk in room.recused:
        raise RuleBroken(_("Who is recused takes no part in the item."))
    if not room.takes_part(person.pk):
        raise RuleBroken(_("Only those who serve take part in the item."))


def _organisation(meeting: Meeting, room: Room, person: PersonName) -> int | None:
    seat = room.seat_of(person.pk)
    row = RollSeat.objects.filter(meeting=meeting, seat=seat).first()
    return row.organisation_id if row else None


@transaction.atomic
def ask_to_speak(
    *, by: Any, meeting: Meeting, item: AgendaItem, person: PersonName, is_reply: bool = False
) -> SpeakerRequest:
    """Put a person on the list of speakers; a reply goes before the list."""
    _require_self(by, meeting, person)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if item.state != ItemState.OPENED:
        raise RuleBroken(_("The debate on this item is closed."))
    room = meeting.room()
    if person.pk not in room.present or person.pk in room.recused:
        raise RuleBroken(_("Only those present may speak."))
    if item.speakers.filter(person=person, state=SpeakerState.WAITING).exists():
        raise RuleBroken(_("The person is already on the list."))
    request = SpeakerRequest.objects.create(item=item, person=person, is_reply=is_reply)
    touch(meeting)
    return request


@transaction.atomic
def give_floor(*, by: Any, meeting: Meeting, request: SpeakerRequest) -> SpeakerRequest:
    """Let the next one speak; who spoke before has finished."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    request.refresh_from_db()
    if request.state != SpeakerState.WAITING:
        raise RuleBroken(_("The person is not waiting to speak."))
    now = timezone.now()
    request.item.speakers.filter(state=SpeakerState.SPEAKING).update(
        state=SpeakerState.DONE, ended_at=now
    )
    request.state, request.began_at = SpeakerState.SPEAKING, now
    request.save()
    touch(meeting)
    return request


@transaction.atomic
def leave_list(*, by: Any, meeting: Meeting, request: SpeakerRequest) -> SpeakerRequest:
    """End a speech, or take a wish to speak back."""
    _require_self(by, meeting, request.person)
    meeting = enter_room(meeting)
    request.refresh_from_db()
    speaking = request.state == SpeakerState.SPEAKING
    request.state = SpeakerState.DONE if speaking else SpeakerState.WITHDRAWN
    request.ended_at = timezone.now()
    request.save()
    touch(meeting)
    return request
