"""Strict reading of JSON that people hand to the product's commands.

JSON as such is generous: keys may come twice, numbers may be floats, `true` passes for 1 in
Python. Where votes are recounted and costs are split nothing of that may slip through, so bytes
become values here (`parse_json`) and values become typed fields (`JsonObject`), and everything
that is wrong becomes one `InputError` of one line that names the field.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NoReturn, TypeVar

LARGEST_INTEGER = 10**1000
"""First integer that is refused: far above any figure, far below what Python refuses to print."""

E = TypeVar("E", bound=StrEnum)


class InputError(ValueError):
    """Input that cannot be used; the message is one line that names the field."""


def parse_json(content: bytes) -> object:
    """Return the value that the UTF-8 text `content` holds.

    Raises InputError for text that is not UTF-8 or not JSON (RFC 8259), for a key that comes
    twice in one object, for NaN and Infinity, for nesting and numbers beyond what can be read.
    """
    try:
        return json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_object_without_repeated_keys,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        message = f"input: not UTF-8 (byte {error.start})"
    except json.JSONDecodeError as error:
        message = f"input: not JSON ({error.msg}, line {error.lineno}, column {error.colno})"
    except RecursionError:
        message = "input: nested too deeply"
    except InputError as error:
        message = str(error)
    except ValueError:
        # Python refuses to read integers of more than a few thousand digits.
        message = "input: a number has too many digits"
    raise InputError(message)


def _object_without_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the pairs as a dict; raise InputError when a key comes twice."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            message = f"{key!r}: comes twice in one object"
            raise InputError(message)
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN, Infinity and -Infinity, which Python reads though JSON has no such numbers."""
    message = f"input: not JSON ({name} is not a number of JSON)"
    raise InputError(message)


class JsonObject:
    """One object of the input, read field by field; every refusal names the field by its path.

    `value` is what the JSON held, `path` where it stood ("" for the outermost object, else
    "roll[3]"), `error` the class of error to raise.
    """

    def __init__(self, value: object, path: str, error: type[InputError]) -> None:
        """Wrap `value`; raise `error` when it is not an object."""
        self._path = path
        self._error = error
        if not isinstance(value, dict):
            message = f"{path or 'input'}: must be an object"
            raise error(message)
        self._fields: dict[str, object] = value

    def __contains__(self, key: str) -> bool:
        """Tell whether the object has the field `key`, be it null."""
        return key in self._fields

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise the error for the field `key`."""
        message = f"{self._path_of(key)}: {reason}"
        raise self._error(message)

    def _path_of(self, key: str) -> str:
        """Return where the field `key` stands in the input."""
        return f"{self._path}.{key}" if self._path else key

    def value(self, key: str) -> object:
        """Return the field as it is; refuse when it is missing."""
        if key not in self._fields:
            self.refuse(key, "is missing")
        return self._fields[key]

    def integer(self, key: str, *, minimum: int) -> int:
        """Return an integer of at least `minimum`; a boolean or a float is none."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < minimum:
            self.refuse(key, f"must be an integer of at least {minimum}")
        if value >= LARGEST_INTEGER:
            self.refuse(key, "has too many digits")
        return value

    def boolean(self, key: str) -> bool:
        """Return true or false, nothing that merely counts as one."""
        value = self.value(key)
        if not isinstance(value, bool):
            self.refuse(key, "must be true or false")
        return value

    def text(self, key: str) -> str:
        """Return a text that is not empty and can be written as UTF-8."""
        value = self.value(key)
        if not is_text(value):
            self.refuse(key, "must be a text that is not empty")
        return str(value)

    def one_of(self, key: str, options: type[E]) -> E:
        """Return the member of `options` whose value the field holds."""
        value = self.value(key)
        allowed = [option.value for option in options]
        if not isinstance(value, str) or value not in allowed:
            self.refuse(key, f"must be one of {', '.join(allowed)}")
        return options(value)

    def array(self, key: str) -> list[object]:
        """Return the field, which must be an array."""
        value = self.value(key)
        if not isinstance(value, list):
            self.refuse(key, "must be an array")
        return value

    def nested(self, key: str) -> JsonObject:
        """Return the object that the field holds, knowing its own path."""
        return JsonObject(self.value(key), self._path_of(key), self._error)

    def objects(self, key: str) -> list[JsonObject]:
        """Return the objects of an array, each knowing its own path."""
        path = self._path_of(key)
        return [
            JsonObject(item, f"{path}[{place}]", self._error)
            for place, item in enumerate(self.array(key))
        ]


def is_text(value: object) -> bool:
    """Tell whether `value` is a non-empty text without lone surrogates.

    A lone surrogate is valid in JSON as an escape but in no encoding, so it could not be printed.
    """
    return (
        isinstance(value, str)
        and value != ""
        and not any("\ud800" <= character <= "\udfff" for character in value)
    )
