"""Facts that the catalogue states."""

from dataclasses import dataclass
from datetime import date

from core.events import fact


@fact
@dataclass(frozen=True)
class LifecycleChanged:
    """A service passed to another part of its life; `old` and `new` are codes of Lifecycle."""

    service_id: int
    old: str
    new: str
    changed_on: date


@fact
@dataclass(frozen=True)
class ParticipationAgreed:
    """An organisation's agreement is signed by both sides and holds from `starts_on`.

    `starts_on` is the later of the agreed start and the last signature. `wants_seat` says whether
    it takes a seat on the service's council; a SeatTaken with the people follows when it does.
    """

    participation_id: int
    organisation_id: int
    service_id: int
    starts_on: date
    wants_seat: bool


@fact
@dataclass(frozen=True)
class ParticipationDateChanged:
    """The first or last day of an agreed participation is another than was said before."""

    participation_id: int
    organisation_id: int
    service_id: int
    starts_on: date
    ends_on: date | None


@fact
@dataclass(frozen=True)
class ParticipationTerminated:
    """Notice was received on `received_on`; the participation lasts through `ends_on`."""

    participation_id: int
    organisation_id: int
    service_id: int
    received_on: date
    ends_on: date


@fact
@dataclass(frozen=True)
class TerminationWithdrawn:
    """Both sides agreed on `withdrawn_on` that the termination is undone: no last day any more."""

    participation_id: int
    organisation_id: int
    service_id: int
    withdrawn_on: date


@fact
@dataclass(frozen=True)
class SeatTaken:
    """From `starts_on` the organisation has its seat; the people appointed may be none yet.

    Published again, with the same first day, when other people are appointed. `document_id` is
    the document of the decision that appointed them, on the record of the participation.
    """

    participation_id: int
    organisation_id: int
    service_id: int
    starts_on: date
    ordinary_id: int | None
    substitute_id: int | None
    document_id: int | None = None


@fact
@dataclass(frozen=True)
class SeatLeft:
    """The organisation leaves its seat after `ends_on`, though it stays in the service."""

    participation_id: int
    organisation_id: int
    service_id: int
    ends_on: date


@fact
@dataclass(frozen=True)
class ParticipationEnded:
    """The participation is settled and closed; its last day was `ends_on`."""

    participation_id: int
    organisation_id: int
    service_id: int
    ends_on: date
