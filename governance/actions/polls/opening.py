"""Opens a poll: what yes and no mean is settled, and the roll is frozen."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import triggers
from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.polls.alternatives import alternatives
from governance.actions.polls.entering import chain, poll_in, step_poll
from governance.actions.recording import item_in, require_open
from governance.choices import PollQuestion
from governance.models import AgendaItem, Meeting, Poll, PollSeat, RollSeat, SecretUrn, SecretVoter
from governance.profiles import has_casting_vote
from governance.propositions import PropositionError, plan_polls, proposals_of
from governance.quorum import is_quorate
from governance.serving import Body, Room
from governance.states import ItemState, PollState


@transaction.atomic
def open_poll(*, by: Any, meeting: Meeting, poll: Poll) -> Poll:
    """Open an approved poll for voting; from now on rule, base and weights are fixed.

    The roll lists every filled seat, present or not, with its weight. Raises RuleBroken when the
    protection of the records is missing, too few serve (Q6), another poll is open, an earlier
    poll that decides what stands against what is not finished (K5), and for a secret poll of
    seats that weigh differently, where a weight would tell who voted.
    """
    require(by, "governance.preside", meeting)
    poll = poll_in(meeting, poll)
    meeting = _meeting_of(poll)
    require_open(meeting)
    item = item_in(meeting, _item_of(poll))
    if item.state != ItemState.DEBATE_CLOSED:
        raise RuleBroken(_("The item is not at the point where proposals are put."))
    room = meeting.room()
    ready = _settle_sides(poll, item)
    others = Poll.objects.filter(meeting=meeting).open().exclude(pk=poll.pk)
    poll.opened_at = timezone.now()
    before = poll.state
    step_poll(
        poll,
        "open",
        triggers_present=not triggers.missing(),
        quorate=room.may_decide,
        no_other_poll=not others.exists(),
        earlier_settled=ready,
    )
    opened, poll.state = poll.state, before
    _freeze(poll, meeting, room)
    poll.state = opened
    poll.save()
    rows = poll.roll.select_related("organisation", "person").order_by("seat")
    roll = [row.opening_content() for row in rows]
    chain(poll, "poll_opened", item=item.pk, terms=poll.terms(), roll=roll)
    return poll


def _meeting_of(poll: Poll) -> Meeting:
    if poll.meeting is None:
        raise RuleBroken(_("The poll belongs to another meeting."))
    return poll.meeting


def _item_of(poll: Poll) -> AgendaItem:
    if poll.item is None:
        raise RuleBroken(_("The poll belongs to another meeting."))
    return poll.item


def _settle_sides(poll: Poll, item: AgendaItem) -> bool:
    """Write what yes and no stand for; tell whether the polls before this one are finished."""
    order = poll.order
    if order is None or poll.question == PollQuestion.ADDITION:
        return not _earlier(poll).unsettled().exists()
    winners = {row.step: row.winner for row in _earlier(poll).filter(state=PollState.SETTLED)}
    step = plan_polls(order.main, order.contenders)[poll.step - 1]
    try:
        yes, no = proposals_of(step, winners)
    except PropositionError:
        return False
    texts = alternatives(item, order.question)
    poll.yes_key, poll.no_key = yes, no
    poll.yes_means, poll.no_means = texts[yes], texts[no]
    return True


def _earlier(poll: Poll) -> Any:
    """Return the standing polls of the same order that come before this one."""
    rows = Poll.objects.filter(item=poll.item, order=poll.order, step__lt=poll.step).standing()
    return rows if poll.order_id else rows.none()


def _freeze(poll: Poll, meeting: Meeting, room: Room) -> None:
    """Copy the roll, and settle what follows from it."""
    body = meeting.body()
    filled = filled_seats(body, room)
    weights = {room.weights[seat] for seat in filled}
    weighted = weights - {1} != set()
    profile = meeting.profile()
    if poll.is_secret and weighted:
        raise RuleBroken(_("A secret poll needs seats that weigh one each."))
    poll.seats, poll.vacancies = len(room.seats), len(room.seats) - len(filled)
    poll.casting_vote = has_casting_vote(profile, weighted=weighted)
    poll.double_majority = profile.double_majority
    # Where jäv alone makes the room too small, fullmäktige may decide all the same (KL 5:46).
    strictly = is_quorate(serving=len(room.serving), seats=len(room.seats))
    poll.quorum = profile.quorum and strictly
    poll.save()
    rows = _roll_rows(poll, meeting, body, room, filled)
    PollSeat.objects.bulk_create(rows)
    if poll.is_secret:
        serving = sorted(row.seat_id for row in rows if row.serves)
        SecretVoter.objects.bulk_create(SecretVoter(poll=poll, seat_id=seat) for seat in serving)
        SecretUrn.objects.create(poll=poll)


def filled_seats(body: Body, room: Room) -> list[int]:
    """Return the seats of the room that somebody has a mandate on that day, in order."""
    held = {
        sitter.seat
        for sitter in body.sitters
        if room.day is not None
        and sitter.first <= room.day
        and (sitter.last is None or room.day <= sitter.last)
    }
    return sorted(seat for seat in room.seats if seat in held)


def _roll_rows(
    poll: Poll, meeting: Meeting, body: Body, room: Room, filled: list[int]
) -> list[PollSeat]:
    organisations = {
        row.seat_id: row.organisation
        for row in RollSeat.objects.filter(meeting=meeting).select_related(
            "organisation__municipality"
        )
    }
    people = {sitter.seat: set[int]() for sitter in body.sitters}
    for sitter in body.sitters:
        people[sitter.seat].add(sitter.person)
    rows = []
    for seat in filled:
        server = room.serving.get(seat)
        recused = server is None and bool(people[seat] & room.recused & set(room.present))
        rows.append(
            PollSeat(
                poll=poll,
                seat_id=seat,
                organisation=organisations[seat],
                municipality=municipality_code(organisations[seat]),
                weight=room.weights[seat],
                present=server is not None or recused,
                recused=recused,
                person_id=server,
            )
        )
    return rows


def municipality_code(organisation: Any) -> str:
    """Return the municipality's code, or for another organisation its identity."""
    municipality = getattr(organisation, "municipality", None)
    return municipality.code if municipality else f"org-{organisation.pk}"
