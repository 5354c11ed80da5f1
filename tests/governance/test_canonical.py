"""Canonical JSON (RFC 8785) and the hash chain."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta, timezone
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.canonical import (
    GENESIS,
    LARGEST_EXACT,
    MAX_DEPTH,
    CanonicalError,
    canonical_json,
    entry_hash,
    instant,
)


class Word(StrEnum):
    YES = "yes"


class Number(IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-1, "-1"),
        (LARGEST_EXACT, "9007199254740991"),
        (-LARGEST_EXACT, "-9007199254740991"),
        (Number.ONE, "1"),
        (Word.YES, '"yes"'),
        ("", '""'),
        ([], "[]"),
        ({}, "{}"),
        ([1, [True, None], {"b": "x", "a": []}], '[1,[true,null],{"a":[],"b":"x"}]'),
        ("Västerås / 🙂", '"Västerås / 🙂"'),
        ('"\\\b\f\n\r\t\x00\x1f\x7f\u2028', '"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\u2028"'),
    ],
)
def test_canonical_json(value: object, expected: str) -> None:
    assert canonical_json(value) == expected.encode()


def test_the_example_of_key_order_in_rfc_8785() -> None:
    """RFC 8785 3.2.3: sorted by UTF-16 code units, a surrogate pair before U+FB33."""
    fields = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical_json(fields)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.0, "float: has no canonical form"),
        ([float("nan")], "float: has no canonical form"),
        ((1,), "tuple: has no canonical form"),
        (b"x", "bytes: has no canonical form"),
        (LARGEST_EXACT + 1, "integer: beyond 2^53 - 1"),
        (-LARGEST_EXACT - 1, "integer: beyond 2^53 - 1"),
        ({1: "x"}, "key: must be a text"),
        ("\ud800", "text: holds a lone surrogate"),
        ({"\ud800": 1}, "text: holds a lone surrogate"),
        (nested(MAX_DEPTH + 1), "nesting: more than 100 levels"),
        (nested(100_000), "nesting: more than 100 levels"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isprintable() else "",
)
def test_what_has_no_canonical_form(value: object, message: str) -> None:
    with pytest.raises(CanonicalError) as refusal:
        canonical_json(value)
    assert str(refusal.value) == message


def test_the_deepest_that_is_allowed() -> None:
    assert canonical_json(nested(MAX_DEPTH)) == b"[" * MAX_DEPTH + b"1" + b"]" * MAX_DEPTH


texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_EXACT, LARGEST_EXACT) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(value=values)
def test_canonical_json_is_json_of_the_same_value(value: object) -> None:
    assert json.loads(canonical_json(value)) == value


@given(fields=st.dictionaries(texts, values, max_size=5), data=st.data())
def test_order_of_keys_is_irrelevant(fields: dict[str, object], data: st.DataObject) -> None:
    shuffled = dict(data.draw(st.permutations(list(fields.items()))))
    assert canonical_json(shuffled) == canonical_json(fields)


def test_entry_hash_covers_the_previous_hash_and_the_payload() -> None:
    first = entry_hash(GENESIS, {"b": 1, "a": "å"})
    assert first == hashlib.sha256(bytes(32) + '{"a":"å","b":1}'.encode()).hexdigest()
    second = entry_hash(first, [])
    assert second == hashlib.sha256(bytes.fromhex(first) + b"[]").hexdigest()
    assert len({first, second, entry_hash(GENESIS, []), entry_hash(GENESIS, {"b": 1})}) == 4


@pytest.mark.parametrize(
    "previous", ["", "0" * 63, "0" * 65, "A" * 64, "g" * 64, " " * 64, "٠" * 64], ids=repr
)
def test_a_previous_hash_that_is_none(previous: str) -> None:
    with pytest.raises(CanonicalError, match=r"^previous_hash: must be 64 lower-case "):
        entry_hash(previous, {})


def test_instant_is_utc_to_the_microsecond():
    zone = timezone(timedelta(hours=2))
    assert instant(datetime(2026, 6, 1, 12, tzinfo=zone)) == "2026-06-01T10:00:00.000000+00:00"


def test_instant_refuses_a_time_without_a_zone():
    with pytest.raises(CanonicalError, match="no time zone"):
        instant(datetime(2026, 6, 1))  # noqa: DTZ001 - the point
