"""The demo's polls: open, tied, secret with a lot, one that is open now, one without a meeting."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import planning
from governance.actions.polls import closing, concluding, opening, per_capsulam, proposing, voting
from governance.actions.room import deciding, items, motions
from governance.choices import ItemKind, MotionKind, PollEntry
from governance.models import AgendaItem, Case, Meeting, Poll
from members.models import User

TEN_MINUTES = timedelta(minutes=10)
ELECTION = "Val av kontaktperson för utveckling (exempel)"
CANDIDATES = ("Kontaktperson ett (exempel)", "Kontaktperson två (exempel)")
ADDED = ("Gemensam utbildning (exempel)", "Tätare driftrapporter (exempel)")


def add_polled_items(meeting: Meeting) -> None:
    """Put an item that is polled, one that ends in a tie and an election on an agenda."""
    proposals = (["hålla en gemensam utbildning i mars"], ["få en driftrapport varje månad"])
    for title, proposal in zip(ADDED, proposals, strict=True):
        planning.add_item(by=SYSTEM, meeting=meeting, title=title, proposal=proposal)
    planning.add_item(by=SYSTEM, meeting=meeting, title=ELECTION, kind=ItemKind.ELECTION)


def polled_items(meeting: Meeting, members: Sequence[User]) -> None:
    """Decide those items by polls: carried, by the casting vote, and in secret by lot."""
    for title, votes, minutes in ((ADDED[0], "yyynya", 65), (ADDED[1], "yyynnn", 80)):
        at = meeting.starts_at + timedelta(minutes=minutes)
        poll = open_poll(meeting, meeting.items.get(title=title), members, at=at)
        cast(poll, members, votes)
        closing.close_poll(by=SYSTEM, meeting=meeting, poll=poll)
        item = poll_item(poll)
        concluding.conclude_polls(by=SYSTEM, meeting=meeting, item=item, at=at + TEN_MINUTES)
    _elect(meeting, members, at=meeting.starts_at + timedelta(minutes=95))


def open_poll(
    meeting: Meeting, item: AgendaItem, members: Sequence[User], *, at: datetime | None = None
) -> Poll:
    """Take an item to an open poll on its proposal; without `at` it is under debate already."""
    if at is not None:
        item = items.open_item(by=SYSTEM, meeting=meeting, item=item, at=at)
    motions.make_motion(
        by=SYSTEM, meeting=meeting, item=item, person=members[1].name, kind=MotionKind.REJECT
    )
    items.close_debate(by=SYSTEM, meeting=meeting, item=item)
    deciding.state_finding(by=SYSTEM, meeting=meeting, item=item, proposal=True)
    proposing.request_poll(by=SYSTEM, meeting=meeting, item=item, person=members[1].name)
    poll = proposing.approve_order(by=SYSTEM, meeting=meeting, item=item)[0]
    return opening.open_poll(by=SYSTEM, meeting=meeting, poll=poll)


def cast(poll: Poll, members: Sequence[User], votes: str) -> None:
    """Cast ballots in order of the members who serve: y, n or a each; the last by roll call."""
    words = {"y": "yes", "n": "no", "a": "abstain"}
    rows = {row.person_id: row for row in poll.roll.filter(present=True, recused=False)}
    serving = [user for user in members if user.name_id in rows]
    for place, (user, vote) in enumerate(zip(serving, votes, strict=False)):
        seat = rows[user.name_id].seat_id
        last = place == len(votes) - 1
        voting.cast_ballot(
            by=SYSTEM if last else user,
            poll=poll,
            choice=words[vote],
            seat=seat,
            entry=PollEntry.ROLL_CALL if last else PollEntry.DEVICE,
        )


def _elect(meeting: Meeting, members: Sequence[User], *, at: datetime) -> None:
    """Elect in secret with equal votes, so that a lot decides."""
    item = meeting.items.get(title=ELECTION)
    item = items.open_item(by=SYSTEM, meeting=meeting, item=item, at=at)
    for name in CANDIDATES:
        motions.make_motion(
            by=SYSTEM,
            meeting=meeting,
            item=item,
            person=members[0].name,
            kind=MotionKind.NOMINATE,
            text=name,
        )
    items.close_debate(by=SYSTEM, meeting=meeting, item=item)
    poll = proposing.request_election(
        by=SYSTEM, meeting=meeting, item=item, person=members[0].name, is_secret=True
    )
    poll = opening.open_poll(by=SYSTEM, meeting=meeting, poll=poll)
    voters = [user for user in members if poll.roll.filter(person=user.name_id).exists()]
    for place, user in enumerate(voters[:6]):
        voting.cast_ballot(by=user, poll=poll, names=[CANDIDATES[place % 2]])
    poll = closing.close_poll(by=SYSTEM, meeting=meeting, poll=poll)
    closing.draw_lot(
        by=SYSTEM,
        meeting=meeting,
        poll=poll,
        drawer=members[0].name,
        witness=members[1].name,
        witness_words="sjutton",
    )
    concluding.conclude_polls(by=SYSTEM, meeting=meeting, item=item, at=at + TEN_MINUTES)


def poll_item(poll: Poll) -> AgendaItem:
    """Return the item of a poll taken in a meeting."""
    if poll.item is None:
        raise LookupError("the poll has no item")
    return poll.item


def ask_without_meeting(case: Case, members: Sequence[User]) -> Poll:
    """Send a case out to be decided without a meeting; some have answered."""
    last = datetime.combine(timezone.localdate() + timedelta(days=6), time(16, 0))
    poll = per_capsulam.ask_per_capsulam(
        by=SYSTEM, case=case, deadline_at=timezone.make_aware(last)
    )
    reasons: tuple[tuple[Any, str], ...] = (
        (members[0], "Avgiften är rimlig (exempel)."),
        (members[1], ""),
    )
    for user, reason in reasons:
        voting.cast_ballot(by=user, poll=poll, choice="yes", reason=reason)
    return poll
