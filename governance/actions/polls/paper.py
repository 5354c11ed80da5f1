"""Secret ballots on paper: the secretary enters the totals and who were ticked off."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.polls.counting import sorted_set
from governance.actions.polls.entering import chain, poll_in, require_meeting_open
from governance.actions.polls.voting import checked_names, require_serving
from governance.models import Meeting, Poll, SecretUrn
from governance.states import PollState

FEWEST = 2
"""A single ballot would not be secret: whoever enters it sees whose it is."""


@transaction.atomic
def enter_paper_ballots(
    *,
    by: Any,
    meeting: Meeting,
    poll: Poll,
    seats: Sequence[int],
    totals: Mapping[str, int],
    blank: int = 0,
) -> int:
    """Enter secret ballots that were given on paper; return how many there were (rules.md 1.4).

    `seats` are those ticked off, `totals` how many ballots bear each name, `blank` how many bear
    none. What is kept is a set of ballots with these totals, as for any secret poll, and that so
    many of them were on paper. Raises RuleBroken for a poll that is open or not secret, fewer
    than two ballots, a seat that may not vote now or has voted, and totals that cannot be those of
    so many ballots.
    """
    require(by, "governance.preside", meeting)
    poll = poll_in(meeting, poll)
    require_meeting_open(poll)
    if poll.state != PollState.OPEN or not poll.is_secret:
        raise RuleBroken(_("Paper ballots are entered while a secret poll is open."))
    ticked = sorted(set(seats))
    if len(ticked) < FEWEST:
        raise RuleBroken(_("At least two paper ballots are entered at once: one is no secret."))
    require_serving(poll, poll.roll.filter(seat__in=ticked))
    ballots = as_ballots(len(ticked), _counted(poll, totals), blank, poll.positions)
    if _waiting(poll, ticked).update(has_voted=True) != len(ticked):
        raise RuleBroken(_("Somebody ticked off may not vote, or has voted already."))
    urn = SecretUrn.objects.select_for_update().get(poll=poll)
    urn.ballots = sorted_set([*(urn.ballots or []), *ballots])
    urn.on_paper = F("on_paper") + len(ticked)
    urn.save(update_fields=["ballots", "on_paper"])
    chain(poll, "paper_ballots", ticked_off=[f"S{seat}" for seat in ticked])
    return len(ticked)


def _counted(poll: Poll, totals: Mapping[str, int]) -> dict[str, int]:
    """Return the totals by the names as ballots keep them, names without a vote left out."""
    counted: dict[str, int] = {}
    for written, count in totals.items():
        if count > 0:
            for name in checked_names(poll, [written]):
                counted[name] = counted.get(name, 0) + count
    return counted


def _waiting(poll: Poll, seats: Iterable[int]) -> Any:
    return poll.voters.filter(seat__in=seats, has_voted=False)


def as_ballots(number: int, totals: Mapping[str, int], blank: int, places: int) -> list[list[str]]:
    """Return `number` ballots with these totals, each name at most once on a ballot.

    Raises RuleBroken when there are none: the names on all ballots must be at least one for each
    that is not blank, and at most as many as there are places.
    """
    written = number - blank
    names = sum(totals.values())
    fits = 0 <= blank <= number and written <= names <= written * places
    if not fits or any(count > written for count in totals.values()):
        raise RuleBroken(_("The totals do not add up to as many ballots as were ticked off."))
    ballots: list[list[str]] = [[] for __ in range(number)]
    place = 0
    for name, count in sorted(totals.items()):
        for __ in range(count):
            ballots[place % written].append(name)
            place += 1
    return ballots
