"""Takes ballots: from the member's own device, or entered by who keeps the record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.polls.counting import sorted_set
from governance.actions.polls.entering import enter_poll, require_meeting_open
from governance.actions.recording import touch
from governance.choices import ENTERED_FOR_OTHERS, PollEntry
from governance.models import Ballot, Meeting, Poll, PollSeat, SecretUrn, SecretVoter
from governance.polls import Choice
from governance.serving import Move, Room
from governance.states import PollState

LONGEST_REASON = 10_000
LONGEST_NAME = 200


@transaction.atomic
def cast_ballot(
    *,
    by: Any,
    poll: Poll,
    choice: str = "",
    names: Iterable[str] = (),
    seat: int | None = None,
    entry: str = PollEntry.DEVICE,
    reason: str = "",
) -> Ballot | None:
    """Cast or change the ballot of a seat while the poll is open (rules.md 1.9, V25).

    A member votes for the own seat (`seat` only when serving on several); who keeps the record
    enters others' by show of hands or roll call. The same vote again changes nothing. In a secret
    poll the seat is ticked off, nothing is returned, and the vote cannot be changed. Raises
    RuleBroken when poll or meeting is not open, the seat is not on the roll, absent or recused
    (J1, V24) or no longer served by who was to vote, and for a vote that cannot be counted.
    """
    poll = enter_poll(poll)
    _require_open(poll)
    row = _row_of(poll, by, seat, entry)
    require_serving(poll, [row])
    return _put(poll, row, by=by, choice=choice, names=names, entry=entry, reason=reason)


@transaction.atomic
def enter_ballots(
    *,
    by: Any,
    poll: Poll,
    choices: Mapping[int, str | Sequence[str]],
    entry: str = PollEntry.SHOW_OF_HANDS,
) -> int:
    """Enter the votes of several seats at once and return how many there were.

    `choices` maps seat to yes, no, abstain or blank, or for an election to a name or to several
    names, of which blank counts for none.
    """
    poll = enter_poll(poll)
    _require_open(poll)
    rows = {seat: _row_of(poll, by, seat, entry) for seat in choices}
    require_serving(poll, rows.values())
    for seat, chosen in choices.items():
        several = [chosen] if isinstance(chosen, str) else list(chosen)
        names = [name for name in several if name != Choice.BLANK] if poll.is_election else []
        said = "" if poll.is_election or not several else several[0]
        _put(poll, rows[seat], by=by, choice=said, names=names, entry=entry, reason="")
    return len(choices)


def require_serving(poll: Poll, rows: Iterable[PollSeat]) -> None:
    """Raise RuleBroken for a row whose person is recused or has left since the poll was opened.

    The roll of the poll is frozen, but nobody votes who may not take part now (rules.md 1.5, J1).
    """
    if poll.meeting is None or not _moved_since_opening(poll, poll.meeting):
        return
    room = poll.meeting.room()
    for row in rows:
        if row.person_id in room.recused:
            raise RuleBroken(_("Who is recused takes no part in the item."))
        if not still_serves(row, room):
            raise RuleBroken(_("The seat is not served."))


def still_serves(row: PollSeat, room: Room) -> bool:
    """Return whether who was on the roll still serves the seat, and is not recused."""
    person = row.person_id
    if person is None or person in room.recused:
        return False
    return room.serving.get(row.seat_id) == person


def _moved_since_opening(poll: Poll, meeting: Meeting) -> bool:
    """Tell whether anybody has moved since the roll was frozen: a large room is dear to compute."""
    moved = Q(kind__in=[str(move) for move in Move]) | Q(corrects__isnull=False)
    return meeting.events.filter(moved, recorded_at__gte=poll.opened_at).exists()


def _require_open(poll: Poll) -> None:
    if poll.state in {PollState.REQUESTED, PollState.APPROVED}:
        raise RuleBroken(_("The poll has not been opened."))
    if poll.state != PollState.OPEN:
        raise RuleBroken(_("The poll is closed: votes can no longer be given or changed."))
    require_meeting_open(poll)
    if poll.deadline_at is not None and timezone.now() > poll.deadline_at:
        raise RuleBroken(_("The time to answer is over."))


def _row_of(poll: Poll, by: Any, seat: int | None, entry: str) -> PollSeat:
    """Return the row of the roll that is voted for, by somebody who may."""
    rows = PollSeat.objects.filter(poll=poll).select_related("organisation")
    me = getattr(by, "name_id", None)
    if entry == PollEntry.DEVICE:
        own = rows.filter(person=me) if me is not None else rows.none()
        own = own if seat is None else own.filter(seat=seat)
        if own.count() > 1:
            raise RuleBroken(_("Choose which seat you vote for."), field="seat")
        row = own.first()
    else:
        row = _row_for_other(poll, by, rows, seat, entry)
    if row is None:
        raise RuleBroken(_("Only those on the roll of the poll vote."))
    if row.recused:
        raise RuleBroken(_("Who is recused takes no part in the item."))
    if not row.present and not poll.per_capsulam:
        raise RuleBroken(_("The seat is not served."))
    return row


def _row_for_other(poll: Poll, by: Any, rows: Any, seat: int | None, entry: str) -> Any:
    if entry not in ENTERED_FOR_OTHERS:
        raise RuleBroken(_("Say how the votes were given."), field="entry")
    if poll.is_secret:
        raise RuleBroken(_("In a secret poll each votes alone."))
    require(by, "governance.preside", poll.meeting or poll.council)
    return rows.filter(seat=seat).first()


def _put(
    poll: Poll,
    row: PollSeat,
    *,
    by: Any,
    choice: str,
    names: Iterable[str],
    entry: str,
    reason: str,
) -> Ballot | None:
    """Store the vote of a row of the roll in a poll that is locked."""
    chosen = checked_names(poll, names) if poll.is_election else []
    said = "" if poll.is_election else _checked_choice(poll, choice)
    if poll.is_secret:
        _put_secret(poll, row, chosen)
        _tell(poll)
        return None
    last = Ballot.objects.filter(poll=poll, seat=row.seat_id).order_by("-revision").first()
    same = (said, chosen, reason, entry)
    if last is not None and (last.choice, last.names, last.reason, last.entry) == same:
        return last
    if row.person is None:
        raise RuleBroken(_("The seat is not served."))
    ballot = Ballot.objects.create(
        poll=poll,
        seat_id=row.seat_id,
        revision=last.revision + 1 if last else 1,
        choice=said,
        names=chosen,
        person=row.person,
        entry=entry,
        reason=reason.strip()[:LONGEST_REASON],
        cast_at=timezone.now(),
        recorded_by_id=getattr(by, "pk", None),
    )
    _tell(poll)
    return ballot


def _put_secret(poll: Poll, row: PollSeat, names: list[str]) -> None:
    """Tick the seat off and add the ballot to the sorted set; nothing else is written."""
    ticked = SecretVoter.objects.filter(poll=poll, seat=row.seat_id, has_voted=False)
    if ticked.update(has_voted=True) == 0:
        raise RuleBroken(_("You have voted. A secret vote cannot be changed."))
    urn = SecretUrn.objects.select_for_update().get(poll=poll)
    urn.ballots = sorted_set([*(urn.ballots or []), names])
    urn.save(update_fields=["ballots"])


def _checked_choice(poll: Poll, choice: str) -> str:
    if choice not in set(Choice):
        raise RuleBroken(_("Choose how you vote."), field="choice")
    if poll.must_choose and choice not in {Choice.YES, Choice.NO}:
        raise RuleBroken(_("In this matter nobody may abstain: vote yes or no."), field="choice")
    return str(Choice(choice).value)


def checked_names(poll: Poll, names: Iterable[str]) -> list[str]:
    """Return the names on a ballot, sorted; those of the nominated as they were nominated.

    Where the body's rules allow it, others may be named too. Raises RuleBroken for others where
    they do not, for a name that comes twice, and for more names than places.
    """
    known = {_folded(name): name for name in poll.candidates}
    chosen = [known.get(_folded(name), " ".join(name.split())) for name in names if name.strip()]
    if len(set(map(_folded, chosen))) != len(chosen):
        raise RuleBroken(_("Name each person once."), field="names")
    if not set(chosen) <= set(poll.candidates) and not may_write_in(poll):
        raise RuleBroken(_("Vote for those who have been nominated, each once."), field="names")
    if any(len(name) > LONGEST_NAME or _folded(name) == Choice.BLANK for name in chosen):
        raise RuleBroken(_("Write the name of a person."), field="names")
    if len(chosen) > poll.positions:
        raise RuleBroken(_("Choose at most %(count)s.") % {"count": poll.positions}, field="names")
    return sorted(chosen)


def may_write_in(poll: Poll) -> bool:
    """Tell whether ballots may name others than the nominated (rules.md 1.0)."""
    return poll.is_election and poll.meeting is not None and poll.meeting.profile().write_in


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _tell(poll: Poll) -> None:
    """Let the room show how many have voted; never how."""
    if poll.meeting is not None:
        touch(poll.meeting)
