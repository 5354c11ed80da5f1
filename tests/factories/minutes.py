"""A meeting that has been held, and its minutes on the way to adjustment."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import planning
from governance.actions.minutes import signing, writing
from governance.actions.room import adjusters, deciding, items, opening
from governance.choices import BodyKind, EventKind, ItemKind
from governance.models import AgendaItem, Council, Decision, Meeting, Minutes, MinutesVersion
from governance.states import MeetingState
from members.models import User
from tests.factories.governance import Body, item_named, make_body, make_meeting

HELD = datetime(2026, 2, 10, 9, tzinfo=UTC)


@dataclass
class Held:
    """A closed meeting with its body; seat 0 presided, seat 1 adjusts, seat 2 stands in."""

    body: Body
    meeting: Meeting
    items: dict[str, AgendaItem] = field(default_factory=dict)

    @property
    def minutes(self) -> Minutes:
        """Return the minutes as they are now."""
        rows = Minutes.objects.select_related("meeting__council")
        return rows.get(meeting=self.meeting)

    def item(self, title: str) -> AgendaItem:
        """Return an item as it is now."""
        return AgendaItem.objects.select_related("meeting__council").get(
            meeting=self.meeting, title=title
        )

    def decision(self, title: str) -> Decision:
        """Return what a § came to."""
        return Decision.objects.of_paragraphs().get(item=self.item(title))

    def signers(self) -> list[User]:
        """Return secretary, chair and adjuster, in that order."""
        return [self.body.secretary, self.body.ordinary[0], self.body.ordinary[1]]


def decide(meeting: Meeting, item: AgendaItem, at: datetime | None = None) -> None:
    """Carry the proposal of an item by acclamation."""
    known = {"by": SYSTEM, "meeting": meeting, "item": item, "at": at}
    items.open_item(**known)
    items.close_debate(**known)
    deciding.state_finding(**known, proposal=True)
    deciding.gavel(**known)


def begin(
    body: Body | None = None,
    *titles: str,
    closed: tuple[str, ...] = (),
    elections: tuple[str, ...] = (),
    at: datetime = HELD,
    decided: bool = True,
    **details: Any,
) -> Held:
    """Return a meeting in progress whose items are decided; `closed` are behind closed doors.

    `elections` are left to the caller, and so are all items without `decided`.
    """
    body = body or make_body(3, **details)
    meeting = make_meeting(body, starts_at=at)
    for title in titles or ("Budget", "Plan"):
        planning.add_item(
            by=SYSTEM, meeting=meeting, title=title, proposal=[f"godkänna {title.lower()}"]
        )
    for title in closed:
        planning.add_item(
            by=SYSTEM, meeting=meeting, title=title, proposal=[f"godkänna {title.lower()}"],
            is_closed=True, closed_reason="Upphandling pågår",
        )  # fmt: skip
    for title in elections:
        planning.add_item(
            by=SYSTEM, meeting=meeting, title=title, kind=ItemKind.ELECTION, proposal=[]
        )
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED)
    meeting.refresh_from_db()
    present = body.who(*range(len(body.ordinary)))
    meeting = opening.open_meeting(by=SYSTEM, meeting=meeting, present=present, at=at)
    choose(body, meeting, at=at + timedelta(minutes=5))
    if decided:
        for place, title in enumerate((*(titles or ("Budget", "Plan")), *closed), start=1):
            moment = at + timedelta(minutes=10 * place)
            decide(meeting, item_named(meeting, title), moment)
    meeting.refresh_from_db()
    return Held(body, meeting)


def choose(body: Body, meeting: Meeting, at: datetime | None = None) -> None:
    """Choose seat 1 as adjuster, with seat 2 to stand in when there is one."""
    item = meeting.items.filter(chooses_adjusters=True).first()
    items.open_item(by=SYSTEM, meeting=meeting, item=item, at=at)
    adjusters.choose_adjusters(
        by=SYSTEM, meeting=meeting, item=item, adjusters=[body.ordinary[1].name],
        substitutes=[user.name for user in body.ordinary[2:3]], at=at,
    )  # fmt: skip


def close(held: Held, *, hours: int = 2) -> Held:
    """Close the meeting; its minutes begin."""
    at: datetime | None = held.meeting.opened_at + timedelta(hours=hours)
    # What was done in it without a time of its own happened now: then it ends now.
    if held.meeting.events.exclude(kind=EventKind.SUMMONED).filter(effective_at__gt=at).exists():
        at = None
    held.meeting = opening.close_meeting(by=SYSTEM, meeting=held.meeting, put_off_rest=True, at=at)
    return held


def hold(body: Body | None = None, *titles: str, **details: Any) -> Held:
    """Return a closed meeting with its minutes as a draft."""
    return close(begin(body, *titles, **details))


def send(held: Held) -> MinutesVersion:
    """Send the minutes for adjustment."""
    writing.finish_minutes(by=SYSTEM, minutes=held.minutes)
    return writing.send_for_adjustment(by=SYSTEM, minutes=held.minutes)


def sign(version: MinutesVersion, user: User, **changed: Any) -> Any:
    """Sign a version as a person who has just shown a second factor."""
    facts = {"sha256": version.sha256, "second_factor_at": timezone.now()} | changed
    return signing.sign_minutes(by=User.objects.get(pk=user.pk), version=version, **facts)


def adjust(held: Held) -> Held:
    """Let everyone sign."""
    version = send(held)
    for user in held.signers():
        sign(version, user)
    held.meeting.refresh_from_db()
    return held


def adjusted(body: Body | None = None, *titles: str, **details: Any) -> Held:
    """Return a meeting whose minutes are adjusted."""
    return adjust(hold(body, *titles, **details))


def committee(size: int = 3, **details: Any) -> Body:
    """Return a body under kommunallagen."""
    return make_body(size, kind=BodyKind.COMMITTEE, **details)


def only_municipality(body: Body) -> None:
    """Let all seats of a body be of one municipality, so that it has one notice board."""
    first = body.seats[0].organisation
    for number, seat in enumerate(body.seats[1:], start=2):
        seat.organisation, seat.number = first, number
        seat.save()
    body.council = Council.objects.get(pk=body.council.pk)
