"""What the header says of the person."""

from typing import Any

from django.http import HttpRequest

from members.standing import standing_of


def acting_for(request: HttpRequest) -> dict[str, Any]:
    """Return `acting_for_choices`: the organisations to choose between, when there are several.

    A function, so that a page without the header (the CMS, a fragment) asks nothing.
    """
    return {"acting_for_choices": lambda: _choices(request)}


def _choices(request: HttpRequest) -> list[dict[str, Any]]:
    current = getattr(request, "acting_for", None)
    parties = standing_of(getattr(request, "user", None)).parties if current else ()
    if len(parties) < 2:  # noqa: PLR2004 - one is no choice
        return []
    return [
        {"id": party.organisation_id, "name": party.name, "selected": party == current}
        for party in parties
    ]
