"""Meetings whose §§ were settled by polls of every kind, taken through the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.actions import SYSTEM
from governance.actions.polls import closing, concluding, invalidating, proposing
from governance.choices import MotionKind
from governance.models import AgendaItem, Meeting, Poll
from tests.factories.governance import Body, item_named, make_body
from tests.factories.minutes import Held, begin, close
from tests.governance.polls.builders import (
    approved,
    close_debate,
    closed,
    debated,
    find,
    move,
    opened,
    set_rules,
    vote,
    weigh,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

DECIDED, TIED, CHAIR, COUNTER = "Budget", "Lokal", "Tidplan", "Avgift"
BEHIND = "Anbudet"
OPEN_ELECTION, SECRET_ELECTION = "Kontaktperson", "Ombud"
NAMES = ("Kandidat ett", "Kandidat två")
OPEN_POLLS, SECRET_POLLS = 6, 1


def polled(*, behind: bool = True) -> Held:
    """Return a closed meeting: open polls, ties, an invalid one, elections, one by secret lot."""
    body = make_body(6)
    begun = begin(
        body, DECIDED, TIED, CHAIR, COUNTER, closed=(BEHIND,) * behind,
        elections=(OPEN_ELECTION, SECRET_ELECTION), decided=False,
    )  # fmt: skip
    decided(begun, DECIDED, "yes", "yes", "yes", "no", "abstain", replaced=True)
    decided(begun, TIED, "yes", "yes", "yes", "no", "no", "no")
    chair_decides(begun)
    countered(begun)
    if behind:
        decided(begun, BEHIND, "yes", "yes", "yes", "no")
    elected(begun, OPEN_ELECTION, NAMES[0], NAMES[0], NAMES[1], "")
    elected(begun, SECRET_ELECTION, NAMES[0], NAMES[1], NAMES[0], NAMES[1], "", is_secret=True)
    return close(begun)


def weighted() -> Held:
    """Return a closed meeting of seats that weigh differently, under double majority."""
    body = make_body(5)
    weigh(body, [7, 5, 3, 2, 1])
    begun = begin(body, DECIDED, decided=False)
    begun.meeting = set_rules(again(begun.meeting), double_majority=True)
    decided(begun, DECIDED, "yes", "yes", "no", "no", "no")
    return close(begun)


def again(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now."""
    return Meeting.objects.select_related("council").get(pk=meeting.pk)


def choices_of(votes: Sequence[str]) -> dict[str, str]:
    """Return the votes of seats from 0 on as the builders name them."""
    return {f"s{place}": choice for place, choice in enumerate(votes)}


def asked(held: Held, title: str) -> list[Poll]:
    """Take an item to its approved polls on the proposal against a refusal."""
    meeting = again(held.meeting)
    item = debated(held.body, meeting, name=title)
    move(meeting, item, held.body.ordinary[1], MotionKind.REJECT)
    item = close_debate(meeting, item)
    find(meeting, item, proposal=True)
    return approved(held.body, meeting, item)


def decided(held: Held, title: str, *votes: str, replaced: bool = False) -> None:
    """Settle an item by one open poll; `replaced` takes it again after an invalid one."""
    poll = opened(again(held.meeting), asked(held, title)[0])
    if replaced:
        vote(held.body, poll, s0="no")
        poll = invalidating.declare_invalid(
            by=SYSTEM, meeting=again(held.meeting), poll=poll, reason="Fel röstlängd (prov)"
        )
        poll = opened(again(held.meeting), poll)
    vote(held.body, poll, **choices_of(votes))
    closed(again(held.meeting), poll)
    conclude(held, title)


def chair_decides(held: Held) -> None:
    """Settle an item where the chair abstained in a tie and had to vote (V03)."""
    poll = opened(again(held.meeting), asked(held, CHAIR)[0])
    vote(held.body, poll, s0="abstain", s1="yes", s2="no")
    poll = closed(again(held.meeting), poll)
    closing.cast_chair_vote(
        by=held.body.ordinary[0], meeting=again(held.meeting), poll=poll,
        person=held.body.ordinary[0].name, choice="yes",
    )  # fmt: skip
    conclude(held, CHAIR)


def countered(held: Held) -> None:
    """Settle an item with three proposals by two polls (K1)."""
    meeting = again(held.meeting)
    item = debated(held.body, meeting, name=COUNTER)
    for place, text in ((1, "höja avgiften"), (2, "sänka avgiften")):
        move(meeting, item, held.body.ordinary[place], MotionKind.AMEND, text)
    item = close_debate(meeting, item)
    find(meeting, item, proposal=True)
    for poll in approved(held.body, meeting, item):
        poll = opened(again(meeting), poll)  # noqa: PLW2901 - the same poll, now open
        vote(held.body, poll, s0="yes", s1="yes", s2="no", s3="yes")
        closed(again(meeting), poll)
    conclude(held, COUNTER)


def elected(held: Held, title: str, *votes: str, is_secret: bool = False) -> None:
    """Settle an election between the candidates; equal votes by lot."""
    meeting = again(held.meeting)
    item = debated(held.body, meeting, name=title)
    for name in NAMES:
        move(meeting, item, held.body.ordinary[0], MotionKind.NOMINATE, name)
    item = close_debate(meeting, item)
    poll = opened(meeting, election(meeting, item, held.body, is_secret=is_secret))
    vote(held.body, poll, **choices_of(votes))
    poll = closed(again(meeting), poll)
    if poll.state == "awaiting_lot":
        closing.draw_lot(
            by=SYSTEM, meeting=again(meeting), poll=poll, drawer=held.body.ordinary[0].name,
            witness=held.body.ordinary[1].name, witness_words="sjutton",
        )  # fmt: skip
    conclude(held, title)


def election(meeting: Meeting, item: AgendaItem, body: Body, *, is_secret: bool) -> Any:
    """Request an election."""
    return proposing.request_election(
        by=SYSTEM, meeting=meeting, item=item, person=body.ordinary[0].name, is_secret=is_secret
    )


def conclude(held: Held, title: str) -> None:
    """Let the gavel fall."""
    meeting = again(held.meeting)
    concluding.conclude_polls(by=SYSTEM, meeting=meeting, item=item_named(meeting, title))
