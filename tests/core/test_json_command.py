"""The shape of the commands that read JSON: every fault is one line and exit status 2."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from core.json_input import InputError
from core.management import json_command
from core.management.json_command import JsonCommand, one_line

if TYPE_CHECKING:
    from pathlib import Path


class Echo(JsonCommand):
    """Answers with what it read, and refuses the text "no"."""

    def compute(self, data: object) -> object:
        if data == "no":
            raise InputError("input: says no")
        return data


def stdin_of(content: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")


def refusal(file: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as stopped:
        call_command(Echo(), file)
    printed = capsys.readouterr()
    assert (stopped.value.code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    return printed.err


def test_answer_is_sorted_compact_and_readable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "in.json"
    file.write_text('{"b": [1, 2],\n "a": "Öster"}', encoding="utf-8")
    call_command(Echo(), str(file))
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ('{"a":"Öster","b":[1,2]}\n', "")


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin_of(b"[1]"))
    call_command(Echo(), "-")
    assert capsys.readouterr().out == "[1]\n"


def test_refusal_of_the_computation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin_of(b'"no"'))
    assert refusal("-", capsys) == "input: says no\n"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 5_000, b'{"a":1,"a":2}', b"NaN"]
)
def test_bad_json(
    content: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin_of(content))
    refusal("-", capsys)


def test_unreadable_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory, absent = str(tmp_path), str(tmp_path / "none\n.json")
    assert refusal(directory, capsys) == f"FILE: {directory!r} cannot be read (Is a directory)\n"
    assert refusal(absent, capsys).endswith("cannot be read (No such file or directory)\n")
    assert refusal("a\0b", capsys) == "FILE: 'a\\x00b' cannot be read (not a readable file)\n"


def test_closed_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal("-", capsys) == "FILE: '-' cannot be read (not a readable file)\n"


def test_too_large_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(json_command, "LARGEST_INPUT", 4)
    monkeypatch.setattr(sys, "stdin", stdin_of(b"[1,2]"))
    assert refusal("-", capsys) == "FILE: '-' is larger than 4 bytes\n"
    monkeypatch.setattr(sys, "stdin", stdin_of(b"1234"))
    call_command(Echo(), "-")
    assert capsys.readouterr().out == "1234\n"


def test_letters_a_terminal_lacks_are_escaped() -> None:
    assert one_line(["Ł", "å"], encoding="latin-1") == '["\\u0141","\\u00e5"]'
    assert one_line(["Ł", "å"], encoding=None) == '["Ł","å"]'


def test_the_base_computes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin_of(b"1"))
    with pytest.raises(NotImplementedError):
        call_command(JsonCommand(), "-")
