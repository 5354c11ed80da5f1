"""Verify that an outside authority's timestamps fit the heads of the ledger beside them."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from governance.actions.proof.heads import head_files, token_path
from governance.timestamps import TimestampError, check_token, read_roots

BROKEN, BAD_INPUT = 1, 2


class Command(BaseCommand):
    """Exit 0 with a line per file, or exit 1 naming the first file whose timestamp is wrong."""

    help = "Verify the timestamps of the heads of the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the certificates that are trusted."""
        parser.add_argument(
            "--trust", metavar="FILE", help="the authority's root certificates (PEM)"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Verify, print and set the exit status."""
        try:
            roots = read_roots(Path(options["trust"]).read_bytes()) if options["trust"] else []
        except (OSError, TimestampError) as error:
            self.stderr.write(str(error))
            sys.exit(BAD_INPUT)
        files = head_files()
        stamped = [path for path in files if token_path(path).exists()]
        for path in stamped:
            self._verify(path, roots)
        waiting = len(files) - len(stamped)
        self.stdout.write(f"OK: {len(stamped)} timestamps fit their heads, {waiting} heads wait.")

    def _verify(self, path: Path, roots: list[Any]) -> None:
        try:
            stamp = check_token(token_path(path).read_bytes(), path.read_bytes(), roots=roots)
        except TimestampError as error:
            self.stderr.write(f"{path.name}: {error}")
            sys.exit(BROKEN)
        if roots and not stamp.trusted:
            self.stderr.write(f"{path.name}: no trusted root vouches for {stamp.authority}")
            sys.exit(BROKEN)
        self.stdout.write(f"{path.name}: {stamp.at.isoformat()}, {stamp.authority}")
