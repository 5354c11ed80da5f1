"""The text of an agreement: a template's Markdown with its places filled from the parties' data.

Values are put in after the Markdown has become a tree, so that what a party is called can never
become a heading, a link or anything else but text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core.prose_tree import prose_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES = (
    "kommun",
    "organisationsnummer",
    "förening",
    "tjänst",
    "startdag",
    "uppsägningstid",
    "personuppgiftsansvarig",
    "personuppgiftsbiträde",
    "underbiträden",
)
"""Names that may stand in square brackets in a template."""

_PLACE = re.compile(r"\[([a-zåäö]+)\]")


def unknown_places(*texts: str) -> list[str]:
    """Return the names in square brackets that nothing fills, each once, in order."""
    found = [name for text in texts for name in _PLACE.findall(text)]
    return [name for name in dict.fromkeys(found) if name not in PLACES]


def filled_tree(markdown: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the blocks of a Markdown text with its places filled; unknown ones stay as written."""
    return [_filled(block, values) for block in prose_tree(markdown)]


def _filled(node: Any, values: Mapping[str, str]) -> Any:
    """Return a node of the tree with the places in its runs filled."""
    if isinstance(node, list):
        return [_filled(item, values) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: fill(value, values) if key == "text" else _filled(value, values)
        for key, value in node.items()
    }


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with each known place replaced by its value."""
    return _PLACE.sub(lambda match: values.get(match[1], match[0]), text)
