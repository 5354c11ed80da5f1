"""Readable names of what the audit trail tells of; each app declares its own codes."""

from collections.abc import Iterable
from typing import Any

_labels: dict[str, Any] = {}
_fields: dict[str, Any] = {}
_words: dict[str, Any] = {}


def declare(events: Iterable[tuple[str, Any]]) -> None:
    """Add codes with their (lazily translated) names."""
    _labels.update(events)


def declare_words(
    *, fields: Iterable[tuple[str, Any]] = (), values: Iterable[tuple[str, Any]] = ()
) -> None:
    """Add (lazily translated) names of the entries' keys, and words for the codes they hold."""
    _fields.update(fields)
    _words.update(values)


def field_label(key: str) -> str:
    """Return what a key of an entry is called; the key itself when nobody declared it."""
    return str(_fields.get(key, key))


def word(code: str) -> str:
    """Return the word for a code that an entry holds, empty when nobody declared one."""
    return str(_words.get(code, ""))


def label(code: str) -> str:
    """Return the name of a code in the active language; the code itself when nobody declared it."""
    return str(_labels.get(code, code))


def choices() -> list[tuple[str, str]]:
    """Return every declared code with its name, in order of name."""
    return sorted(((code, str(name)) for code, name in _labels.items()), key=lambda pair: pair[1])
