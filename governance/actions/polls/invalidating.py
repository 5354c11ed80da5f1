"""Declares a poll invalid, and makes the new one that takes its place."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.actions import require
from governance.actions.polls.entering import chain, poll_in, step_poll
from governance.models import Meeting, Poll
from governance.states import ITEMS_IN_HAND, POLLS_AHEAD, PollState

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


def _void(poll: Poll, reason: str) -> Poll:
    item = poll.item
    step_poll(
        poll,
        "invalidate",
        has_reason=bool(reason.strip()),
        item_open=item is not None and item.state in ITEMS_IN_HAND and poll.decision_id is None,
    )
    poll.invalid_reason = reason.strip()[:300]
    if poll.closed_at is None:
        poll.closed_at = timezone.now()
    poll.save()
    chain(poll, "poll_invalid", reason=poll.invalid_reason)
    again = Poll(replaces=poll, requested_at=timezone.now(), state=PollState.REQUESTED)
    for name in COPIED:
        setattr(again, name, getattr(poll, name))
    last = Poll.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0
    again.number = last + 1
    step_poll(again, "approve", order_approved=True)
    again.save()
    chain(again, "poll_approved", terms=again.terms(), replaces=poll.pk)
    return again
