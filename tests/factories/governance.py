"""Bodies with people on their seats, and meetings on the way."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile

from core.actions import SYSTEM
from governance.actions import councils, planning, seats
from governance.actions.room import opening
from governance.choices import BodyKind, OfficeKind, PresenceMode, ShelfKind
from governance.models import (
    AgendaItem,
    Council,
    Mandate,
    Meeting,
    Seat,
    ShelfDocument,
    ShelfVersion,
)
from governance.states import MeetingState
from members.models import PersonName, User
from tests.factories.members import MembershipFactory, MunicipalityFactory, UserFactory

LONG_AGO = date(2020, 1, 1)
APPOINTED = {
    "appointed_by": "Kommunstyrelsen",
    "appointed_on": date(2019, 12, 1),
    "decision_number": "§ 7/2019",
}


@dataclass
class Body:
    """A body with one ordinary member and one substitute per seat."""

    council: Council
    seats: list[Seat] = field(default_factory=list)
    ordinary: list[User] = field(default_factory=list)
    substitutes: list[User] = field(default_factory=list)
    secretary: User | None = None

    def who(self, *numbers: int) -> dict[int, str]:
        """Return the roll call in which the ordinary members of these seats (from 0) answer."""
        return {self.ordinary[n].name_id: PresenceMode.ROOM for n in numbers}

    def fresh(self, user: User) -> User:
        """Return the account as a request would load it."""
        return User.objects.select_related("name").get(pk=user.pk)


def make_body(
    size: int = 3,
    *,
    kind: str = BodyKind.COUNCIL,
    substitutes: bool = True,
    name: str = "Provrådet",
    **details: Any,
) -> Body:
    """Return a body of `size` filled seats; seat 0 has the chair, seat 1 the vice chair."""
    council = councils.create_council(
        by=SYSTEM,
        name=name,
        slug=details.pop("slug", "provradet"),
        kind=kind,
        mandate="Beslutar om provtjänsten.",
        registry_code=details.pop("registry_code", "FR-PROV"),
        **details,
    )
    body = Body(council, secretary=UserFactory())
    for __ in range(size):
        add_seat(body, substitute=substitutes)
    offices = [(OfficeKind.SECRETARY, body.secretary)]
    offices += list(zip((OfficeKind.CHAIR, OfficeKind.VICE_CHAIR), body.ordinary, strict=False))
    for office, user in offices:
        seats.give_office(
            by=SYSTEM,
            council=council,
            person=user.name,
            kind=office,
            starts_on=LONG_AGO,
            appointed_reference="Prov § 1",
        )
    return body


def add_seat(body: Body, *, substitute: bool = True, starts_on: date = LONG_AGO) -> Seat:
    """Give another municipality a seat with an ordinary member, and a substitute if wanted."""
    organisation = MunicipalityFactory().organisation
    MembershipFactory(organisation=organisation)
    seat = seats.give_seat(
        by=SYSTEM, council=body.council, organisation=organisation, starts_on=starts_on
    )
    body.seats.append(seat)
    places = [(0, body.ordinary)] + ([(1, body.substitutes)] if substitute else [])
    for position, people in places:
        people.append(UserFactory())
        appoint(seat, people[-1].name, position, starts_on=starts_on)
    return seat


def appoint(
    seat: Seat, person: PersonName, position: int = 0, *, starts_on: date = LONG_AGO, **days: Any
) -> Any:
    """Give a person a mandate on a seat, by a decision that is there to read."""
    return seats.appoint(
        by=SYSTEM, seat=seat, person=person, position=position, starts_on=starts_on,
        **APPOINTED | {"document": appointing_decision(seat.council)} | days,
    )  # fmt: skip


def appoint_without_document(
    seat: Seat, person: PersonName, position: int = 0, *, starts_on: date = LONG_AGO
) -> Mandate:
    """Give a person a mandate from older times: the decision is named, its document missing."""
    return Mandate.objects.create(
        seat=seat, person=person, position=position, starts_on=starts_on, **APPOINTED
    )


def appointing_decision(council: Council) -> ShelfDocument:
    """Return the decision that appointed everybody in a body, filed long ago."""
    known = council.shelf.appointing().first()
    if known is not None:
        return known
    document = ShelfDocument.objects.create(
        council=council,
        title="Beslut om uppdrag",
        kind=ShelfKind.APPOINTMENT,
        dated_on=APPOINTED["appointed_on"],
    )
    ShelfVersion.objects.create(
        document=document,
        number=1,
        file=ContentFile(b"Beslut", "beslut.txt"),
        filename="beslut.txt",
        size=6,
        sha256=sha256(b"Beslut").hexdigest(),
        uploaded_at=datetime(2019, 12, 2, 9, tzinfo=UTC),
    )
    return document


def make_meeting(body: Body, *, starts_at: datetime | None = None, **details: Any) -> Meeting:
    """Return a meeting as a draft with its standing items."""
    start = starts_at or datetime(2026, 3, 12, 9, tzinfo=UTC)
    return planning.plan_meeting(
        by=SYSTEM,
        council=body.council,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place="Sessionssalen",
        **details,
    )


def add_items(meeting: Meeting, *titles: str, **details: Any) -> list[AgendaItem]:
    """Add items with a proposal to decision each."""
    fields = {"proposal": ["godkänna förslaget"]} | details
    return [planning.add_item(by=SYSTEM, meeting=meeting, title=t, **fields) for t in titles]


def open_room(
    body: Body, present: dict[int, str] | None = None, *, items: tuple[str, ...] = ("Budget",),
    at: datetime | None = None, **details: Any,
) -> Meeting:  # fmt: skip
    """Return a meeting in progress; everyone ordinary is present unless told otherwise.

    The summons is left aside: what it demands has tests of its own.
    """
    meeting = make_meeting(body, starts_at=at, **details)
    add_items(meeting, *items)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED)
    meeting.refresh_from_db()
    roll = body.who(*range(len(body.ordinary))) if present is None else present
    return opening.open_meeting(by=SYSTEM, meeting=meeting, present=roll, at=at)


def item_named(meeting: Meeting, title: str) -> AgendaItem:
    """Return the item with this heading."""
    return AgendaItem.objects.get(meeting=meeting, title=title)
