"""Declares polls invalid, and makes the new one that takes the place of one in a meeting."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.planning import kind_for, report_title
from governance.actions.polls.counting import seal_urn, ticked_off
from governance.actions.polls.entering import chain, enter_poll, poll_in, step_poll
from governance.actions.recording import touch
from governance.models import AgendaItem, Meeting, Poll
from governance.states import ITEMS_IN_HAND, ITEMS_WAITING, POLLS_AHEAD, PollState

COPIED = (
    *("council", "meeting", "item", "order", "step", "kind", "question", "title", "yes_key"),
    *("no_key", "yes_means", "no_means", "candidates", "positions", "is_secret", "must_choose"),
    *("rule_type", "numerator", "denominator", "base", "requested_by"),
)


@transaction.atomic
def declare_invalid(*, by: Any, meeting: Meeting, poll: Poll, reason: str) -> Poll:
    """Declare a poll invalid for an error of procedure, and return the new one linked to it.

    The ballots stay readable and count for nothing. Later polls of the same order that were taken
    on the ground of this one fall with it. Raises RuleBroken without a reason, and when the item
    is closed, where what was decided stands.
    """
    require(by, "governance.preside", meeting)
    poll = poll_in(meeting, poll)
    later = Poll.objects.filter(order=poll.order, item=poll.item, step__gt=poll.step).standing()
    if poll.order_id:
        for row in later.exclude(state__in=POLLS_AHEAD).order_by("-step"):
            row.meeting = poll.meeting
            _void(row, reason)
    return _void(poll, reason)


@transaction.atomic
def declare_answers_invalid(*, by: Any, poll: Poll, reason: str) -> Poll:
    """Declare a poll per capsulam invalid for an error of procedure, until it has been reported.

    The answers stay readable and count for nothing; the case can be sent out again, or met about:
    an agenda that was to report the decision takes it up as any case. Raises RuleBroken without
    a reason, for a poll of a meeting, and once the decision stands under its §.
    """
    require(by, "governance.manage_case", poll.council)
    poll = enter_poll(poll)
    if poll.case is None:
        raise RuleBroken(_("The poll is declared invalid in the meeting room."))
    void_poll(poll, reason, allowed=poll.decision_id is None)
    rows = AgendaItem.objects.filter(case=poll.case, title=report_title(poll.case))
    for item in rows.filter(state__in=[*ITEMS_WAITING, *ITEMS_IN_HAND]).select_related("meeting"):
        item.kind, item.title = kind_for(poll.case), poll.case.subject[:200]
        item.save(update_fields=["kind", "title", "updated_at"])
        touch(item.meeting)
    return poll


def _void(poll: Poll, reason: str) -> Poll:
    item = poll.item
    in_hand = item is not None and item.state in ITEMS_IN_HAND
    void_poll(poll, reason, allowed=in_hand and poll.decision_id is None)
    again = Poll(replaces=poll, requested_at=timezone.now(), state=PollState.REQUESTED)
    for name in COPIED:
        setattr(again, name, getattr(poll, name))
    last = Poll.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0
    again.number = last + 1
    step_poll(again, "approve", order_approved=True)
    again.save()
    chain(again, "poll_approved", terms=again.terms(), replaces=poll.pk)
    return again


def void_poll(poll: Poll, reason: str, *, allowed: bool) -> None:
    """Make a locked poll invalid and chain it; `allowed` tells that its item is not closed.

    The set of a secret poll is sealed as at a close, so that it can be disposed of and verified.
    """
    if poll.is_open and poll.is_secret:
        seal_urn(poll)
    step_poll(poll, "invalidate", has_reason=bool(reason.strip()), item_open=allowed)
    poll.invalid_reason = reason.strip()[:300]
    if poll.closed_at is None:
        poll.closed_at = timezone.now()
    poll.save()
    chain(poll, "poll_invalid", reason=poll.invalid_reason, **_kept_in_secret(poll))


def _kept_in_secret(poll: Poll) -> dict[str, Any]:
    """Return who was ticked off and the checksum of the set; never what the ballots say."""
    if not poll.is_secret:
        return {}
    return {"ticked_off": ticked_off(poll), "digest": poll.urn.digest}


def end_polls(meeting: Meeting, reason: str) -> None:
    """Let nothing be voted on any longer when a meeting closes (rules.md 1.9, avsluta).

    What is not settled becomes invalid for `reason`, and what was never opened is withdrawn. The
    caller has locked the meeting.
    """
    for poll in Poll.objects.filter(meeting=meeting).unsettled().order_by("pk"):
        poll.meeting = meeting
        if poll.state in POLLS_AHEAD:
            step_poll(poll, "withdraw")
            poll.save()
            chain(poll, "poll_withdrawn")
        else:
            void_poll(poll, reason, allowed=True)
