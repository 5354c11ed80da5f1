"""Who may do what in the bodies.

Sitting on a body is a mandate and nothing else; the desk of a body is run by its own secretary,
or by secretaries and administrators of the office. Everything follows the person's position today
except in a meeting that has been opened, where the frozen roll counts.
"""

from typing import Any

import rules

from governance.choices import OfficeKind
from governance.sitting import SECRETARIAT, bodies_of
from governance.states import FINAL_MINUTES
from members.rules import is_insider, is_member, is_office
from members.standing import standing_of

PRESIDE = (OfficeKind.CHAIR, OfficeKind.VICE_CHAIR)


def _body(obj: Any) -> Any:
    """Return the body of a meeting, an item, a case or of the body itself."""
    return getattr(obj, "council", obj)


def _holds(user: Any, obj: Any, *kinds: str) -> bool:
    offices = _body(obj).offices.on().filter(person=user.name_id, kind__in=kinds)
    return bool(offices.exists())


@rules.predicate
def belongs(user: Any, obj: Any) -> bool:
    """Return whether the person has a mandate or an office in the body today."""
    if obj is None or not user.is_authenticated:
        return False
    return _body(obj).pk in bodies_of(user)


@rules.predicate
def sits(user: Any, obj: Any) -> bool:
    """Return whether the person has a mandate on a seat of the body today."""
    if obj is None or not user.is_authenticated:
        return False
    mandates = user.name.mandates.on().filter(seat__council=_body(obj).pk)
    return bool(mandates.exists())


@rules.predicate
def runs_office_desk(user: Any) -> bool:
    """Return whether the person is secretary or administrator at the office."""
    return standing_of(user).holds(*SECRETARIAT)


@rules.predicate
def is_secretary(user: Any, obj: Any) -> bool:
    """Return whether the person is the secretary of the body today."""
    return obj is not None and user.is_authenticated and _holds(user, obj, OfficeKind.SECRETARY)


@rules.predicate
def is_chair(user: Any, obj: Any) -> bool:
    """Return whether the person is chair or vice chair of the body today."""
    return obj is not None and user.is_authenticated and _holds(user, obj, *PRESIDE)


@rules.predicate
def presides(user: Any, meeting: Any) -> bool:
    """Return whether the person presides over the meeting at this moment."""
    if meeting is None or not user.is_authenticated or not meeting.is_running:
        return False
    return bool(meeting.room().presiding == user.name_id)


@rules.predicate
def on_roll(user: Any, meeting: Any) -> bool:
    """Return whether the person stands on the frozen roll of the meeting.

    The roll holds nobody whose appointing decision is missing as a document.
    """
    if meeting is None or not user.is_authenticated or meeting.opened_at is None:
        return False
    return bool(meeting.roll_people.filter(person=user.name_id).exists())


@rules.predicate
def audience_admitted(user: Any, meeting: Any) -> bool:
    """Return whether anybody may follow the open items of the meeting."""
    return meeting is not None and meeting.council.open_meetings


@rules.predicate
def minutes_are_final(user: Any, obj: Any) -> bool:
    """Return whether the minutes of the meeting are adjusted and open to the person."""
    if obj is None or obj.state not in FINAL_MINUTES:
        return False
    return obj.council.minutes_audience == "public" or bool(is_insider(user))


def may_see_item(user: Any, item: Any) -> bool:
    """Return whether the person may see what an agenda item holds.

    An item behind closed doors shows its place and nothing else to those outside the body.
    """
    return not item.is_closed or bool(sees_inside(user, item))


manages = runs_office_desk | is_secretary
sees_inside = belongs | is_office

# Bodies.
rules.add_perm("governance.create_council", runs_office_desk)
rules.add_perm("governance.manage_council", manages)
# Cases: object is the body.
rules.add_perm("governance.manage_case", manages)
rules.add_perm("governance.raise_case", belongs | manages | is_member)
# Meetings: object is the meeting.
rules.add_perm("governance.plan_meeting", manages)
rules.add_perm("governance.answer_summons", belongs)
rules.add_perm("governance.view_documents", sees_inside)
rules.add_perm("governance.view_unadjusted", sees_inside | minutes_are_final)
rules.add_perm("governance.view_room", sees_inside | on_roll | audience_admitted)
rules.add_perm("governance.open_meeting", manages | is_chair)
rules.add_perm("governance.record_meeting", manages)
rules.add_perm("governance.preside", manages | presides)
rules.add_perm("governance.take_part", on_roll)
rules.add_perm("governance.announce_recusal", belongs | on_roll)
