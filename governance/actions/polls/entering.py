"""Locks a poll, and chains what happens to it."""

from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.recording import enter_room, require_open, touch
from governance.models import Council, Meeting, Poll
from governance.states import POLL, PollState, advance


def enter_poll(poll: Poll) -> Poll:
    """Return the poll as it is now, locked until the transaction ends.

    The body and the meeting are locked first, as every action of the room does, so that ballots
    and the close come one after the other and nobody waits in a circle.
    """
    meeting: Meeting | None = None
    if poll.meeting is not None:
        meeting = enter_room(poll.meeting)
    else:
        Council.objects.select_for_update().get(pk=poll.council_id)
    rows = Poll.objects.select_for_update(of=("self",)).select_related("council")
    locked = rows.get(pk=poll.pk)
    if meeting is not None:
        locked.meeting = meeting
    return locked


def poll_in(meeting: Meeting, poll: Poll) -> Poll:
    """Return the poll, locked; raise RuleBroken when it is of another meeting."""
    if poll.meeting_id != meeting.pk:
        raise RuleBroken(_("The poll belongs to another meeting."))
    return enter_poll(poll)


def require_meeting_open(poll: Poll) -> None:
    """Raise RuleBroken when the meeting of a locked poll is not in progress (rules.md 1.9)."""
    if poll.meeting is not None:
        require_open(poll.meeting)


def step_poll(poll: Poll, event: str, **facts: bool) -> None:
    """Take a poll one step on; raises RuleBroken with the reason when it may not."""
    label = PollState(poll.state).label
    poll.state = advance(POLL, poll.state, event, label=label, **facts)


def chain(poll: Poll, kind: str, **data: Any) -> None:
    """Write what happened to a poll into the ledger of its body, and tell the room."""
    where = {"meeting": poll.meeting_id, "item": poll.item_id}
    content = {"id": poll.pk, "poll": str(poll.public_id), "state": poll.state, **where, **data}
    append(council=poll.council, kind=kind, data=content)
    if poll.meeting is not None:
        touch(poll.meeting)
