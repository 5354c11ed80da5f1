"""What a person may act for, and as what, on one day: every right is computed from this."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Party:
    """An organisation that the person may act for."""

    organisation_id: int
    representative_id: int
    name: str
    code: str = ""
    is_member: bool = False


@dataclass(frozen=True)
class HeldRole:
    """A role in force, and the party it is held for."""

    party: Party
    role: str
    of_office: bool = False


class Standing:
    """The roles that a person holds on one day, read by one query and asked many times."""

    def __init__(self, held: Iterable[HeldRole] = ()) -> None:
        self.held = tuple(held)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """The organisations that the person may act for, each once, in order of name."""
        return tuple(
            sorted({h.party for h in self.held}, key=lambda p: (p.name, p.organisation_id))
        )

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        """The ids of the organisations that the person may act for."""
        return frozenset(party.organisation_id for party in self.parties)

    @property
    def is_office(self) -> bool:
        """Whether the person holds any role of the office."""
        return any(held.of_office for held in self.held)

    @property
    def is_member(self) -> bool:
        """Whether the person holds a role in an organisation that is a member."""
        return any(held.party.is_member for held in self.held)

    def holds(self, *roles: str, organisation_id: int | None = None) -> bool:
        """Return whether one of the roles is held, in one organisation when it is given."""
        return any(
            held.role in roles
            and (organisation_id is None or held.party.organisation_id == organisation_id)
            for held in self.held
        )

    def roles_in(self, organisation_id: int) -> frozenset[str]:
        """Return the roles held in one organisation."""
        return frozenset(h.role for h in self.held if h.party.organisation_id == organisation_id)

    def party(self, organisation_id: int | None) -> Party | None:
        """Return the party with this organisation, or None when the person may not act for it."""
        return next((p for p in self.parties if p.organisation_id == organisation_id), None)


NOBODY = Standing()


def standing_of(user: Any) -> Standing:
    """Return the roles that the person holds today; nobody's for anonymous and closed accounts."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    return user.standing
