"""For which organisation the person acts in this session, when there are several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from members.standing import Party, Standing

SESSION_KEY = "acting_for"


def chosen(session: MutableMapping[str, Any], standing: Standing) -> Party | None:
    """Return the party chosen in the session, else the first one, else None.

    The choice is compared with the roles of this moment at every request: a role that has ended
    takes the choice with it.
    """
    party = standing.party(session.get(SESSION_KEY)) if len(standing.parties) > 1 else None
    return party or next(iter(standing.parties), None)


def choose(session: MutableMapping[str, Any], party: Party) -> None:
    """Remember the party in the session."""
    session[SESSION_KEY] = party.organisation_id
