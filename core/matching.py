"""Finding rows by a text, for lists of apps that know nothing of the search above them.

The search registers how it ranks a kind of row; a list asks here, and looks in its own columns
when nobody has registered or the search is away.
"""

from collections.abc import Callable
from typing import Any

Matcher = Callable[[str, Any], "list[int] | None"]

_matchers: dict[str, Matcher] = {}


def register(kind: str, matcher: Matcher) -> None:
    """Let a function `(text, user) -> ids, the best first, or None` rank rows of a kind."""
    _matchers[kind] = matcher


def ranked(kind: str, text: str, user: Any) -> list[int] | None:
    """Return the ids of the rows that a text finds for a person, None when nobody can say."""
    matcher = _matchers.get(kind)
    return matcher(text, user) if matcher else None
