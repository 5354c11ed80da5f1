"""Rooms at the point where a poll is taken, and polls made from stored vectors."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import cases
from governance.actions.polls import closing, opening, per_capsulam, proposing, voting
from governance.actions.room import deciding, items, motions, recusals
from governance.actions.room.opening import close_meeting
from governance.choices import ItemKind, MotionKind, OfficeKind, PollEntry
from governance.house_rules import to_data
from governance.models import (
    AgendaItem,
    Case,
    CouncilSettings,
    Meeting,
    Poll,
    WeightRow,
    WeightTableVersion,
)
from governance.polls import Base, Rule, RuleType
from tests.factories.governance import (
    LONG_AGO,
    Body,
    add_items,
    item_named,
    make_body,
    make_meeting,
    open_room,
)
from tests.factories.minutes import Held, adjust, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import User

NAME = "Budget"


def set_rules(meeting: Meeting, **changes: Any) -> Meeting:
    """Give a meeting other rules than its body's."""
    meeting.rules = to_data(replace(meeting.profile(), **changes))
    meeting.save()
    return meeting


def weigh(body: Body, weights: Sequence[int]) -> None:
    """Give the seats of a body weights."""
    table = WeightTableVersion.objects.create(
        council=body.council, table="inhabitants", valid_from=LONG_AGO, adopted_reference="§ 1"
    )
    for seat, weight in zip(body.seats, weights, strict=True):
        WeightRow.objects.create(version=table, organisation=seat.organisation, weight=weight)


def debated(body: Body, meeting: Meeting, *, name: str = NAME) -> AgendaItem:
    """Return the item, opened."""
    return items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, name))


def close_debate(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """Close the debate of an item."""
    return items.close_debate(by=SYSTEM, meeting=meeting, item=item)


def move(meeting: Meeting, item: AgendaItem, user: User, kind: str, text: str = "") -> Any:
    """Make a motion."""
    return motions.make_motion(
        by=SYSTEM, meeting=meeting, item=item, person=user.name, kind=kind, text=text
    )


def find(meeting: Meeting, item: AgendaItem, **found: Any) -> None:
    """State what the chair found."""
    deciding.state_finding(by=SYSTEM, meeting=meeting, item=item, **found)


def asked(body: Body, meeting: Meeting, item: AgendaItem) -> Poll:
    """Request a poll, for the first seat that serves."""
    room = meeting.room()
    person = next(user.name for user in body.ordinary if room.serves(user.name_id))
    return proposing.request_poll(by=SYSTEM, meeting=meeting, item=item, person=person)


def approved(
    body: Body, meeting: Meeting, item: AgendaItem | None = None, **order: Any
) -> list[Poll]:
    """Return the polls of an item from finding to approved order; the proposal is the main one."""
    if item is None:
        item = close_debate(meeting, debated(body, meeting))
        find(meeting, item, proposal=True)
    asked(body, meeting, item)
    return proposing.approve_order(by=SYSTEM, meeting=meeting, item=item, **order)


def opened(meeting: Meeting, poll: Poll) -> Poll:
    """Open a poll."""
    return opening.open_poll(by=SYSTEM, meeting=meeting, poll=poll)


def vote(body: Body, poll: Poll, **choices: str) -> None:
    """Cast the ballots of seats by their members: `s0="yes"`."""
    for name, choice in choices.items():
        user = body.ordinary[int(name[1:])]
        names = [choice] if poll.is_election and choice else []
        voting.cast_ballot(
            by=user, poll=poll, choice="" if poll.is_election else choice, names=names
        )


def closed(meeting: Meeting, poll: Poll) -> Poll:
    """Close a poll."""
    return closing.close_poll(by=SYSTEM, meeting=meeting, poll=poll)


def open_poll_in(body: Body, present: dict[int, str] | None = None, **order: Any) -> Poll:
    """Return an open poll on the prepared proposal in a new room."""
    meeting = open_room(body, present)
    return opened(meeting, approved(body, meeting, **order)[0])


def ended(body: Body, meeting: Meeting) -> Held:
    """Choose adjusters and close the meeting; what has not been handled waits for the next."""
    choose(body, meeting)
    closed_meeting = close_meeting(by=SYSTEM, meeting=meeting, put_off_rest=True)
    return Held(body, closed_meeting)


def adjusted(body: Body, meeting: Meeting) -> Held:
    """Close the meeting and let everyone sign its minutes."""
    return adjust(ended(body, meeting))


def election_in(
    body: Body, names: Sequence[str], *, positions: int = 1, is_secret: bool = False
) -> Poll:
    """Return an open election between names in a new room."""
    meeting = make_meeting(body)
    add_items(meeting, "Val", kind=ItemKind.ELECTION, proposal=[], positions=positions)
    meeting = _open(body, meeting)
    return elect_on(body, meeting, names, is_secret=is_secret)


def _open(body: Body, meeting: Meeting, present: dict[int, str] | None = None) -> Meeting:
    from governance.actions.room.opening import open_meeting
    from governance.states import MeetingState

    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED)
    meeting.refresh_from_db()
    roll = body.who(*range(len(body.ordinary))) if present is None else present
    return open_meeting(by=SYSTEM, meeting=meeting, present=roll)


def elect_on(
    body: Body, meeting: Meeting, names: Sequence[str], *, is_secret: bool = False
) -> Poll:
    """Nominate names on the item "Val" and open the poll between them."""
    item = debated(body, meeting, name="Val")
    for name in names:
        move(meeting, item, body.ordinary[0], MotionKind.NOMINATE, name)
    close_debate(meeting, item)
    poll = proposing.request_election(
        by=SYSTEM,
        meeting=meeting,
        item=item,
        person=body.ordinary[0].name,
        is_secret=is_secret,
    )
    return opened(meeting, poll)


def ready_case(body: Body, subject: str = "Avgift") -> Case:
    """Return a case that is ready to be decided."""
    case = cases.register_case(by=SYSTEM, council=body.council, subject=subject)
    cases.propose_decision(by=SYSTEM, case=case, proposal=["höja avgiften"])
    return cases.make_case_ready(by=SYSTEM, case=case)


class VectorRoom:
    """A room built from the input of a stored vector."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        # The factory gives seat 0 the chair, so the chair of the vector comes first.
        self.roll = sorted(data["roll"], key=lambda row: row["seat"] != data["chair"])
        self.body = make_body(len(self.roll), substitutes=False)
        for __ in range(data["vacancies"]):
            self._vacancy()
        if self.roll[0]["recused"]:
            # Nobody can break the tie: then there is no vice chair either.
            self.body.council.offices.filter(kind=OfficeKind.VICE_CHAIR).delete()
        weights = [row["weight"] for row in self.roll]
        if set(weights) != {1}:
            weigh(self.body, weights)
        self.index = {row["seat"]: n for n, row in enumerate(self.roll)}

    def _vacancy(self) -> None:
        from governance.actions.seats import give_seat
        from tests.factories.members import (
            MembershipFactory,
            MunicipalityFactory,
        )

        organisation = MunicipalityFactory().organisation
        MembershipFactory(organisation=organisation)
        give_seat(
            by=SYSTEM, council=self.body.council, organisation=organisation, starts_on=LONG_AGO
        )

    def poll(self) -> Poll:
        """Return the poll, open; raises RuleBroken when the room is not quorate."""
        data = self.data
        present = self.body.who(*(n for n, row in enumerate(self.roll) if row["present"]))
        election = data["kind"] == "election"
        meeting = make_meeting(self.body)
        kind = ItemKind.ELECTION if election else ItemKind.DECISION
        title, proposal = ("Val", []) if election else (NAME, ["godkänna"])
        add_items(meeting, title, kind=kind, proposal=proposal, positions=data.get("positions", 1))
        meeting = _open(self.body, meeting, present)
        self.meeting = set_rules(
            meeting,
            quorum=data["quorum"],
            casting_vote=data["casting_vote"],
            double_majority=data["double_majority"],
            chair_without_seat=data["chair"] is None,
        )
        item = item_named(meeting, title)
        for n, row in enumerate(self.roll):
            if row["recused"]:
                recusals.announce_recusal(
                    by=SYSTEM,
                    meeting=meeting,
                    item=item,
                    person=self.body.ordinary[n].name,
                    ground="Prov",
                )
        return self._election() if election else self._matter()

    def _election(self) -> Poll:
        ballots = [b["choice"] for b in self.data["ballots"] if b["choice"] != "blank"]
        names = sorted({name for choice in ballots for name in choice})
        return elect_on(self.body, self.meeting, names)

    def _matter(self) -> Poll:
        item = close_debate(self.meeting, debated(self.body, self.meeting))
        find(self.meeting, item, proposal=True)
        poll = approved(self.body, self.meeting, item)[0]
        rule = self.data["rule"]
        base = Base(rule["base"]) if "base" in rule else None
        chosen = Rule(RuleType(rule["type"]), rule.get("numerator"), rule.get("denominator"), base)
        proposing.set_rule(poll, chosen)
        poll.save()
        return opened(self.meeting, poll)

    def per_capsulam(self) -> Poll:
        """Return the poll taken without a meeting, closed when its time was out."""
        body = self.body
        setting = "unanimous" if self.data["rule"]["type"] == "unanimous" else "majority"
        CouncilSettings.objects.create(
            council=body.council,
            valid_from=LONG_AGO,
            changes={"per_capsulam": setting, "quorum": self.data["quorum"]},
            adopted_reference="§ 1",
        )
        case = ready_case(body)
        deadline = timezone.now() + timedelta(days=7)
        poll = per_capsulam.ask_per_capsulam(by=SYSTEM, case=case, deadline_at=deadline)
        for ballot in self.data["ballots"]:
            voter = body.ordinary[self.index[ballot["seat"]]]
            voting.cast_ballot(by=voter, poll=poll, choice=ballot["choice"], reason="Prov")
        per_capsulam.close_overdue(now=deadline)
        poll.refresh_from_db()
        return poll

    def cast(self, poll: Poll) -> None:
        """Cast the ballots, half of them by device and half entered by the secretary."""
        for n, ballot in enumerate(self.data["ballots"]):
            index, choice = self.index[ballot["seat"]], ballot["choice"]
            names = choice if isinstance(choice, list) else []
            said = "" if poll.is_election else choice
            if n % 2:
                seat, entry = self.body.seats[index].pk, PollEntry.ROLL_CALL
                voting.cast_ballot(
                    by=SYSTEM, poll=poll, choice=said, names=names, seat=seat, entry=entry
                )
            else:
                voting.cast_ballot(
                    by=self.body.ordinary[index], poll=poll, choice=said, names=names
                )
