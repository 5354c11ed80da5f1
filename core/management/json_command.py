"""The shape of commands that read JSON and answer in JSON, for people and for other programs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from django.core.management.base import BaseCommand

from core.json_input import InputError, parse_json

if TYPE_CHECKING:
    from argparse import ArgumentParser

LARGEST_INPUT = 16 * 1024 * 1024
"""Bytes read at most: a poll of every council in the country is far smaller."""

EXIT_BAD_INPUT = 2


class JsonCommand(BaseCommand):
    """Reads FILE (or `-`, standard input), computes, prints one line of JSON.

    Bad input: one line on standard error that names the field, exit status 2, nothing on
    standard output. Needs no database, so that anybody can check a result offline.
    """

    requires_system_checks: ClassVar[list[str]] = []  # type: ignore[misc]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the one argument FILE."""
        parser.add_argument("file", metavar="FILE", help="a file of JSON; - is standard input")

    def compute(self, data: object) -> object:
        """Return the answer to the input `data`; raise InputError when it cannot be used."""
        raise NotImplementedError

    def handle(self, *args: object, **options: object) -> None:
        """Read, compute and print."""
        try:
            answer = self.compute(parse_json(read_input(str(options["file"]))))
        except InputError as error:
            self.stderr.write(str(error))
            sys.exit(EXIT_BAD_INPUT)
        self.stdout.write(one_line(answer, encoding=getattr(self.stdout, "encoding", None)))


def read_input(file: str) -> bytes:
    """Return the content of `file`, or of standard input for `-`.

    Raises InputError when it cannot be read or is larger than LARGEST_INPUT.
    """
    try:
        if file == "-":
            content = sys.stdin.buffer.read(LARGEST_INPUT + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(LARGEST_INPUT + 1)
    except (OSError, ValueError, AttributeError) as error:
        # ValueError: a zero byte in the name; AttributeError: standard input is closed.
        reason = error.strerror if isinstance(error, OSError) else "not a readable file"
        message = f"FILE: {file!r} cannot be read ({reason})"
        raise InputError(message) from error
    if len(content) > LARGEST_INPUT:
        message = f"FILE: {file!r} is larger than {LARGEST_INPUT} bytes"
        raise InputError(message)
    return content


def one_line(answer: object, *, encoding: str | None) -> str:
    """Return `answer` as one line of JSON, keys sorted, readable in Swedish.

    Letters stand as they are unless the terminal's `encoding` lacks one of them; escaped they
    mean the same to every reader of JSON.
    """
    text = json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(answer, sort_keys=True, separators=(",", ":"))
    return text
