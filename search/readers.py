"""Who asks, as the index knows them."""

from typing import Any

from governance.sitting import bodies_of
from members.standing import standing_of
from search.registry import EVERYONE


def audiences_for(user: Any) -> tuple[str, ...]:
    """Return the audiences that a person belongs to; a visitor only to everyone."""
    standing = standing_of(user)
    member = ("member",) if standing.is_member or standing.is_office else ()
    bodies = tuple(f"council:{pk}" for pk in sorted(bodies_of(user)))
    return (*EVERYONE, *member, *bodies)
