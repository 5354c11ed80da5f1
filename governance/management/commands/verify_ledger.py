"""Verify the ledger of every body, against heads that were kept outside when they are given."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from core.json_input import InputError, parse_json
from governance.actions.ledger import HEADS_FORMAT, verify

BROKEN, BAD_INPUT = 1, 2
HASH_LENGTH = 64


class Command(BaseCommand):
    """Exit 0 and a summary, or exit 1 naming the first fault."""

    help = "Verify the hash chains of the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file of heads."""
        parser.add_argument("--heads", metavar="FILE", help="heads as they were sent out (JSON)")

    def handle(self, *args: object, **options: Any) -> None:
        """Verify, print and set the exit status."""
        try:
            outside = read_heads(Path(options["heads"]).read_bytes()) if options["heads"] else []
        except (OSError, InputError) as error:
            self.stderr.write(str(error))
            sys.exit(BAD_INPUT)
        with transaction.atomic():
            verdict = verify(outside=outside)
        if verdict.fault:
            self.stderr.write(verdict.fault)
            sys.exit(BROKEN)
        compared = f", {len(outside)} heads agree" if outside else ""
        gone = f", {verdict.disposed} secret polls gallrat" if verdict.disposed else ""
        whole = f"{verdict.entries} entries of {verdict.bodies} bodies are unbroken"
        self.stdout.write(f"OK: {whole}{compared}{gone}.")


def read_heads(content: bytes) -> list[dict[str, Any]]:
    """Return the heads of a file. Raises InputError for anything that is no such file."""
    data = parse_json(content)
    if not isinstance(data, dict) or data.get("format") != HEADS_FORMAT:
        raise InputError(f"format: must be {HEADS_FORMAT}")
    rows = data.get("heads")
    if not isinstance(rows, list):
        raise InputError("heads: must be a list")
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            raise InputError(f"heads[{place}]: must be an object")
        if type(row.get("number")) is not int or row["number"] < 1:
            raise InputError(f"heads[{place}].number: must be an integer of at least 1")
        if not isinstance(row.get("body"), str):
            raise InputError(f"heads[{place}].body: must be a text")
        if not isinstance(row.get("hash"), str) or len(row["hash"]) != HASH_LENGTH:
            raise InputError(f"heads[{place}].hash: must be 64 hexadecimal digits")
    return rows
