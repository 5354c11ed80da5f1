"""Readable names of what the audit trail tells of; each app declares its own codes."""

from collections.abc import Iterable
from typing import Any

_labels: dict[str, Any] = {}


def declare(events: Iterable[tuple[str, Any]]) -> None:
    """Add codes with their (lazily translated) names."""
    _labels.update(events)


def label(code: str) -> str:
    """Return the name of a code in the active language; the code itself when nobody declared it."""
    return str(_labels.get(code, code))


def choices() -> list[tuple[str, str]]:
    """Return every declared code with its name, in order of name."""
    return sorted(((code, str(name)) for code, name in _labels.items()), key=lambda pair: pair[1])
