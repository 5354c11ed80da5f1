"""Canonical JSON and the hash chain of the ledger.

Two systems that hash the same content must get the same bytes, so content is written by RFC 8785
(JSON Canonicalization Scheme), limited to the types the ledger uses. Floats are refused: amounts
are öre and weights are integers.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LARGEST_EXACT = 2**53 - 1
"""RFC 8785 numbers are IEEE 754 doubles; larger integers would not survive the trip."""

MAX_DEPTH = 100
GENESIS = "0" * 64
"""What stands as the previous hash of the first entry."""

HASH_BYTES = 32


class CanonicalError(ValueError):
    """Content that has no canonical form here, or a hash that is none."""


def canonical_json(value: object) -> bytes:
    """Return `value` as canonical JSON in UTF-8.

    Allowed are str, int, bool, None, list and dict with text keys. Raises CanonicalError for
    anything else: floats, integers beyond 2^53 - 1, lone surrogates, nesting beyond 100 levels.
    """
    try:
        return _write(value, MAX_DEPTH).encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError("text: holds a lone surrogate") from error


def instant(moment: datetime) -> str:
    """Return how the ledger writes a moment: in UTC, to the microsecond, always the same length.

    Raises CanonicalError for a time without a zone, which names no moment.
    """
    if moment.tzinfo is None:
        raise CanonicalError("moment: has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(previous_hash: str, payload: object) -> str:
    """Return the hash of a ledger entry as 64 lower-case hexadecimal digits.

    It is SHA-256 over the 32 bytes of `previous_hash` (GENESIS for the first entry) followed by
    the canonical JSON of `payload`, so every entry vouches for all before it. Raises
    CanonicalError when `previous_hash` is no such hash or the payload has no canonical form.
    """
    return hashlib.sha256(_hash_bytes(previous_hash) + canonical_json(payload)).hexdigest()


def _hash_bytes(digits: str) -> bytes:
    """Return the 32 bytes written as 64 lower-case hexadecimal digits."""
    if len(digits) != 2 * HASH_BYTES or set(digits) - set("0123456789abcdef"):
        raise CanonicalError("previous_hash: must be 64 lower-case hexadecimal digits")
    return bytes.fromhex(digits)


def _write(value: object, depth: int) -> str:
    """Return the canonical text of `value`, at most `depth` levels deep."""
    if depth < 0:
        raise CanonicalError(f"nesting: more than {MAX_DEPTH} levels")
    if value is None or isinstance(value, (bool, str)):
        # json escapes a text exactly as RFC 8785 3.2.2.2 asks: quotes, backslash and controls.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return _write_integer(value)
    if isinstance(value, list):
        return f"[{','.join(_write(item, depth - 1) for item in value)}]"
    if isinstance(value, dict):
        return _write_object(value, depth - 1)
    raise CanonicalError(f"{type(value).__name__}: has no canonical form")


def _write_integer(value: int) -> str:
    """Return the digits of an integer that a double holds exactly."""
    if abs(value) > LARGEST_EXACT:
        raise CanonicalError("integer: beyond 2^53 - 1")
    return int.__repr__(value)


def _write_object(fields: dict[object, object], depth: int) -> str:
    """Return an object with its keys sorted by UTF-16 code units (RFC 8785 3.2.3)."""
    texts: list[tuple[bytes, str, object]] = []
    for key, value in fields.items():
        if not isinstance(key, str):
            raise CanonicalError("key: must be a text")
        texts.append((key.encode("utf-16-be"), key, value))
    texts.sort(key=lambda text: text[0])
    members = (f"{_write(key, depth)}:{_write(value, depth)}" for _, key, value in texts)
    return f"{{{','.join(members)}}}"
