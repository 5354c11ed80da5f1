"""Strict reading of JSON: every refusal is one line that names the field."""

from __future__ import annotations

from enum import StrEnum

import pytest

from core.json_input import LARGEST_INTEGER, InputError, JsonObject, is_text, parse_json


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def read(**fields: object) -> JsonObject:
    return JsonObject(fields, "", InputError)


def test_parse_json_returns_the_value() -> None:
    assert parse_json('{"å": [1, true, null, "x"]}'.encode()) == {"å": [1, True, None, "x"]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff{}", "input: not UTF-8 (byte 0)"),
        (b"", "input: not JSON (Expecting value, line 1, column 1)"),
        (b'{"a": 1,\n "b"}', "input: not JSON (Expecting ':' delimiter, line 2, column 5)"),
        (b'{"a": 1, "a": 1}', "'a': comes twice in one object"),
        (b'[{"a\\n": 1, "a\\n": 1}]', "'a\\n': comes twice in one object"),
        (b'{"\\ud800": 1, "\\ud800": 1}', "'\\ud800': comes twice in one object"),
        (b"[NaN]", "input: not JSON (NaN is not a number of JSON)"),
        (b"[-Infinity]", "input: not JSON (-Infinity is not a number of JSON)"),
        (b"[" * 100_000, "input: nested too deeply"),
        (b"1" * 5_000, "input: a number has too many digits"),
    ],
)
def test_parse_json_refuses_with_one_line(content: bytes, message: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_json(content)
    assert str(refusal.value) == message


def test_object_must_be_an_object() -> None:
    for value in (None, [], "x", 1, True):
        with pytest.raises(InputError, match=r"^input: must be an object$"):
            JsonObject(value, "", InputError)
    with pytest.raises(InputError, match=r"^rule: must be an object$"):
        read(rule=[]).nested("rule")
    with pytest.raises(InputError, match=r"^roll\[1\]: must be an object$"):
        read(roll=[{}, None]).objects("roll")


def test_fields_know_their_path() -> None:
    row = read(roll=[{}, {"parts": [{"x": 1}]}]).objects("roll")[1]
    assert [part.integer("x", minimum=0) for part in row.objects("parts")] == [1]
    with pytest.raises(InputError, match=r"^roll\[1\]\.parts\[0\]\.y: is missing$"):
        row.objects("parts")[0].value("y")
    with pytest.raises(InputError, match=r"^rule\.base: must be true or false$"):
        read(rule={"base": 1}).nested("rule").boolean("base")


def test_contains_tells_of_null_fields_too() -> None:
    fields = read(a=None)
    assert ("a" in fields, "b" in fields) == (True, False)


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None, [], {}, 2])
def test_integer_refuses_what_is_none(value: object) -> None:
    with pytest.raises(InputError, match=r"^n: must be an integer of at least 3$"):
        read(n=value).integer("n", minimum=3)


def test_integer_limits() -> None:
    assert read(n=3).integer("n", minimum=3) == 3
    assert read(n=LARGEST_INTEGER - 1).integer("n", minimum=0) == LARGEST_INTEGER - 1
    with pytest.raises(InputError, match=r"^n: has too many digits$"):
        read(n=LARGEST_INTEGER).integer("n", minimum=0)


@pytest.mark.parametrize("value", [0, 1, "true", None])
def test_boolean_refuses_what_is_none(value: object) -> None:
    with pytest.raises(InputError, match=r"^b: must be true or false$"):
        read(b=value).boolean("b")


@pytest.mark.parametrize("value", ["", "a\ud800", 1, None, ["x"]])
def test_text_refuses_what_is_none(value: object) -> None:
    assert is_text(value) is False
    with pytest.raises(InputError, match=r"^t: must be a text that is not empty$"):
        read(t=value).text("t")


def test_text_and_boolean_and_array_are_returned() -> None:
    fields = read(t="Å", b=False, a=[1])
    assert (fields.text("t"), fields.boolean("b"), fields.array("a")) == ("Å", False, [1])


def test_one_of() -> None:
    assert read(c="red").one_of("c", Colour) is Colour.RED
    for value in ("RED", "", 1, None, ["red"], {}):
        with pytest.raises(InputError, match=r"^c: must be one of red, blue$"):
            read(c=value).one_of("c", Colour)


def test_array_refuses_an_object() -> None:
    with pytest.raises(InputError, match=r"^a: must be an array$"):
        read(a={}).array("a")
