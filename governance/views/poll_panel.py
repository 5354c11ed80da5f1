"""What the room and the pages show of polls: ballot, progress and result, never in between.

While a poll is open only who has voted is read, so that no page can tell how.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions.polls.alternatives import additions, alternatives, nominated
from governance.actions.polls.closing import elected_of
from governance.actions.polls.concluding import moot_polls, proposed_wording
from governance.actions.polls.counting import last_ballots
from governance.actions.polls.per_capsulam import reported_poll
from governance.actions.polls.proposing import preset_order
from governance.actions.polls.voting import may_write_in, still_serves
from governance.choices import MotionKind, PollEntry, PollQuestion
from governance.models import Ballot, Poll, PollSeat, SecretVoter
from governance.polls import Choice
from governance.states import POLLS_CLOSED, ItemState, MotionState, PollState
from governance.wording_diff import difference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import AgendaItem, Meeting, Motion
    from governance.serving import Room

TILES_AT_MOST = 40
"""With more votes than this a bar is drawn instead of a tile for each (DESIGN.md section 8)."""

OTHERS = 3
"""Fields for other names in the form for paper ballots."""

NO_FIRST = (Choice.NO.value, Choice.ABSTAIN.value, Choice.BLANK.value, Choice.YES.value)


@dataclass
class Progress:
    """How many of the serving have voted, and which seats are missing; never how."""

    voted: int
    serving: int
    missing: list[str]


@dataclass
class Voice:
    """A row of the result: a seat and what it voted, or that it did not."""

    organisation: str
    person: str
    choice: str
    label: str
    names: list[str]
    entry: str
    weight: int
    reason: str = ""
    is_mine: bool = False
    ticked: bool = False
    person_id: int | None = None


@dataclass
class PollView:
    """A poll as a page shows it."""

    poll: Poll
    progress: Progress | None = None
    voices: list[Voice] = field(default_factory=list)
    tiles: list[str] = field(default_factory=list)
    parts: list[tuple[str, int, int]] = field(default_factory=list)
    elected: list[str] = field(default_factory=list)
    is_weighted: bool = False
    on_paper: int = 0

    @property
    def result(self) -> dict[str, Any]:
        """The counted result, or nothing."""
        return self.poll.result or {}

    @property
    def total(self) -> int:
        """How many votes the bar is long."""
        return sum(count for __, __, count in self.parts)


def choice_label(choice: str) -> str:
    """Return what a choice is called."""
    labels = {
        Choice.YES.value: _("Yes"),
        Choice.NO.value: _("No"),
        Choice.ABSTAIN.value: _("Abstains"),
        Choice.BLANK.value: _("Blank"),
    }
    return labels.get(choice, "")


def progress_of(poll: Poll) -> Progress:
    """Return how far an open poll has come, by two queries."""
    rows = PollSeat.objects.filter(poll=poll).select_related("organisation")
    voted = _voted(poll)
    serving = [row for row in rows if row.serves or poll.per_capsulam]
    missing = [row.organisation.name for row in serving if row.seat_id not in voted]
    return Progress(len(serving) - len(missing), len(serving), missing)


def _voted(poll: Poll) -> set[int]:
    if poll.is_secret:
        ticked = SecretVoter.objects.filter(poll=poll, has_voted=True)
        return set(ticked.values_list("seat", flat=True))
    return set(Ballot.objects.filter(poll=poll).values_list("seat", flat=True))


def poll_view(poll: Poll, user: Any = None) -> PollView:
    """Return a poll with its result when it is closed, with its progress while it is open."""
    if poll.is_open:
        return PollView(poll, progress=progress_of(poll))
    if poll.state not in POLLS_CLOSED and poll.state != PollState.INVALID:
        return PollView(poll)
    view = PollView(poll, voices=_voices(poll, getattr(user, "name_id", None)))
    view.is_weighted = any(voice.weight != 1 for voice in view.voices)
    if poll.is_election:
        view.elected = elected_of(poll)
        view.on_paper = poll.urn.on_paper if poll.is_secret else 0
    elif poll.result:
        _draw(view)
    return view


def _voices(poll: Poll, me: int | None) -> list[Voice]:
    """Return a row per seat: no first, then abstaining, then yes; the absent last."""
    ballots = {} if poll.is_secret else {b.seat_id: b for b in last_ballots(poll)}
    ticked = _voted(poll)
    rows = PollSeat.objects.filter(poll=poll).select_related("organisation", "person")
    voices = []
    for row in rows:
        ballot = ballots.get(row.seat_id)
        voices.append(
            Voice(
                organisation=row.organisation.name,
                person=str(row.person or ""),
                choice=ballot.choice if ballot else "",
                label=_said(poll, row, ballot, ticked=row.seat_id in ticked),
                names=ballot.names if ballot else [],
                entry=_entry(ballot),
                weight=row.weight,
                reason=ballot.reason if ballot else "",
                is_mine=me is not None and row.person_id == me,
                ticked=row.seat_id in ticked,
                person_id=row.person_id,
            )
        )
    order = {choice: place for place, choice in enumerate(NO_FIRST)}
    return sorted(voices, key=lambda v: (order.get(v.choice, len(order)), not v.ticked))


def _entry(ballot: Ballot | None) -> str:
    """Return how a ballot came when the member did not cast it alone."""
    if ballot is None or ballot.entry == PollEntry.DEVICE:
        return ""
    return str(ballot.get_entry_display())


def _said(poll: Poll, row: PollSeat, ballot: Ballot | None, *, ticked: bool) -> str:
    if poll.is_secret:
        return _("Ticked off") if ticked else _("Has not voted")
    if ballot is not None:
        if poll.is_election:
            return ", ".join(ballot.names) or choice_label(Choice.BLANK)
        return choice_label(ballot.choice)
    if row.recused:
        return _("Recused")
    if not row.present and not poll.per_capsulam:
        return _("Absent")
    return _("Has not voted")


def _draw(view: PollView) -> None:
    """Choose tiles or a bar, in the order yes, no, abstain."""
    heads = view.result["heads"]
    order = [("yes", heads["yes"]), ("no", heads["no"]), ("abstain", heads["abstain"])]
    if sum(count for __, count in order) <= TILES_AT_MOST:
        view.tiles = [name for name, count in order for __ in range(count)]
        return
    start = 0
    for name, count in order:
        view.parts.append((name, start, count))
        start += count


@dataclass
class OwnBallot:
    """The ballot of one seat that the person votes for; a delegate may have several."""

    row: PollSeat
    last: Ballot | None
    label: str
    is_ticked: bool
    write_in: list[str]
    suffix: str

    @property
    def key(self) -> str:
        """The seat as the form sends it."""
        return str(self.row.seat_id)


def ballot_context(poll: Poll, user: Any) -> dict[str, Any]:
    """Return the own ballots, one per seat, with what was voted last (not in secret).

    `suffix` keeps the fields of several ballots on a page apart.
    """
    rows = [row for row in _own_rows(poll, user) if row.serves or _answers(poll, row)]
    seats = [row.seat_id for row in rows]
    last, ticked = {}, set()
    if seats and not poll.is_secret:
        ballots = poll.ballots.filter(seat__in=seats).order_by("seat", "revision")
        last = {ballot.seat_id: ballot for ballot in ballots}
    elif seats:
        voters = poll.voters.filter(seat__in=seats, has_voted=True)
        ticked = set(voters.values_list("seat", flat=True))
    own = [
        OwnBallot(
            row=row,
            last=last.get(row.seat_id),
            label=_said(poll, row, last[row.seat_id], ticked=False) if row.seat_id in last else "",
            is_ticked=row.seat_id in ticked,
            write_in=_write_in(poll, last.get(row.seat_id)),
            suffix=f"-{row.seat_id}" if len(rows) > 1 else "",
        )
        for row in rows
    ]
    return {"vote_poll": poll, "vote_ballots": own}


def _own_rows(poll: Poll, user: Any) -> list[PollSeat]:
    """Return the rows of the roll that the person votes for, by name of the member."""
    me = getattr(user, "name_id", None)
    if me is None:
        return []
    return list(poll.roll.filter(person=me).select_related("organisation"))


def _answers(poll: Poll, row: PollSeat) -> bool:
    return poll.per_capsulam and not row.recused


def _write_in(poll: Poll, last: Ballot | None) -> list[str]:
    """Return the fields for others than the nominated with what they hold, none where forbidden."""
    if not may_write_in(poll):
        return []
    written = [name for name in last.names if name not in poll.candidates] if last else []
    return [*written, *[""] * (poll.positions - len(written))]


def polls_of(item: AgendaItem) -> list[Poll]:
    """Return the polls of an item, withdrawn ones left out, by one query."""
    rows = Poll.objects.all().of_item(item).exclude(state=PollState.WITHDRAWN)
    return list(rows)


def poll_phase(item: AgendaItem) -> str:
    """Return what the forms about polls depend on."""
    rows = Poll.objects.filter(item=item).order_by("pk").values_list("pk", "state", "decision")
    return ",".join(f"{pk}{state[:3]}{decision or ''}" for pk, state, decision in rows)


def polls_for_all(item: AgendaItem) -> dict[str, Any]:
    """Return what the room shows of an item's polls to everybody alike; read, never changed."""
    polls = polls_of(item)
    current = [p for p in polls if p.decision_id is None and p.state != PollState.INVALID]
    moot = moot_polls(current)
    wanted = [poll for poll in current if poll not in moot]
    running = next((poll for poll in polls if poll.is_open), None)
    views = [poll_view(poll) for poll in polls]
    return {
        "polls": views,
        "current_polls": current,
        "open_poll": running,
        "poll_taken": any(poll.opened_at for poll in current),
        "open_progress": next((view.progress for view in views if view.poll is running), None),
        "chair_poll": next((p for p in current if p.state == PollState.AWAITING_CHAIR), None),
        "lot_poll": next((p for p in current if p.state == PollState.AWAITING_LOT), None),
        "next_poll": next((p for p in wanted if p.state == PollState.APPROVED), None),
        "order_wanted": any(p.state == PollState.REQUESTED for p in current),
        "polls_settled": bool(wanted) and all(p.state == PollState.SETTLED for p in wanted),
        "nominated": nominated(item) if item.kind == "election" else [],
        "amendments": amendments(item),
        "may_withdraw_election": bool(current)
        and all(p.is_election and p.state == PollState.APPROVED for p in current),
        "is_put": item.state == ItemState.DEBATE_CLOSED,
        "is_noted_only": item.is_noted_only or reported_poll(item) is not None,
    }


def room_polls(
    meeting: Meeting,
    item: AgendaItem,
    user: Any,
    shown: dict[str, Any],
    *,
    room: Room,
    may_preside: bool,
) -> dict[str, Any]:
    """Return `shown` (polls_for_all) as one person sees it: the own ballot and votes, the lead.

    Who has left the room or been recused since the roll was frozen is shown no ballot.
    """
    me = getattr(user, "name_id", None)
    context = shown | {"polls": [_with_own(view, me) for view in shown["polls"]]}
    if context["open_poll"] is not None:
        context |= ballot_context(context["open_poll"], user)
        own = context["vote_ballots"]
        context["vote_ballots"] = [ballot for ballot in own if still_serves(ballot.row, room)]
        context["vote_url"] = reverse(
            "governance:room_command", args=[meeting.council.slug, meeting.pk, "rosta"]
        )
    if may_preside:
        context |= _lead_context(item, context)
    return context


def _with_own(view: PollView, me: int | None) -> PollView:
    """Return the poll with the person's own votes pointed out."""
    if me is None or all(voice.person_id != me for voice in view.voices):
        return view
    return replace(view, voices=[replace(v, is_mine=v.person_id == me) for v in view.voices])


def _lead_context(item: AgendaItem, context: dict[str, Any]) -> dict[str, Any]:
    """Return what the one who leads needs: the order to approve, the roll to enter by."""
    extra: dict[str, Any] = {}
    if context["order_wanted"]:
        first = next(p for p in context["current_polls"] if p.state == PollState.REQUESTED)
        is_formal = first.question == PollQuestion.FORMAL
        extra = {
            "order_choices": list(alternatives(item, first.question).items()),
            "order_is_formal": is_formal,
            "order_additions": [] if is_formal else additions(item),
        }
        keys = preset_order(item, first.question)
        places = {key: place for place, key in enumerate(keys[1:], start=1)}
        extra["order_rows"] = [
            {"key": key, "text": text, "place": places.get(key)}
            for key, text in extra["order_choices"]
        ]
        extra["order_places"] = range(1, len(extra["order_choices"]) + 1)
    running = context["open_poll"]
    if running is not None and not running.is_secret:
        rows = running.roll.filter(present=True, recused=False).select_related("organisation")
        extra["entry_rows"] = list(rows)
        extra["entry_places"] = range(1, running.positions + 1)
    if running is not None and running.is_secret:
        extra |= _paper(running)
    if context["polls_settled"]:
        extra["settled_wording"] = (
            proposed_wording(item)
            if context["current_polls"][0].question != PollQuestion.FORMAL
            else []
        )
    return extra


def _paper(poll: Poll) -> dict[str, Any]:
    """Return what the form for paper ballots needs: the seats that have not voted."""
    waiting = poll.voters.filter(has_voted=False).values("seat")
    rows = poll.roll.filter(seat__in=waiting).select_related("organisation")
    return {
        "paper_rows": list(rows),
        "paper_others": range(1, OTHERS + 1) if may_write_in(poll) else [],
    }


def amendments(item: AgendaItem) -> list[dict[str, Any]]:
    """Return the amendments of an item with their difference to the proposal."""
    if not item.proposal:
        return []
    rows: Iterable[Motion] = item.motions.filter(kind=MotionKind.AMEND).exclude(
        state__in=[MotionState.WITHDRAWN, MotionState.REFUSED]
    )
    proposal = " ".join(item.proposal)
    return [
        {"motion": motion, "pieces": difference(proposal, motion.text)}
        for motion in rows.select_related("organisation", "mover")
    ]
