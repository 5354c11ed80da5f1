"""What the commands tell the person at the terminal: numbered steps and one-line errors."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO


class StartRefused(Exception):  # noqa: N818 - a sentence for people, not a fault in the code
    """Something the person must put right; the text is shown as it is, in one line."""


class Steps:
    """Numbers the steps of a longer command: `[3/8] Översättningar`."""

    def __init__(self, total: int, *, done: int = 0, stream: TextIO | None = None) -> None:
        self.total = total
        self.done = done
        self.stream = stream

    def skip(self, title: str, reason: str = "oförändrat") -> None:
        """Tell in one line that the step had nothing to do."""
        self.done += 1
        self._write(f"[{self.done}/{self.total}] {title}: {reason}")

    @contextmanager
    def work(self, title: str) -> Iterator[None]:
        """Announce the step, run the block, and tell how long it took."""
        self.done += 1
        self._write(f"[{self.done}/{self.total}] {title} …")
        started = time.monotonic()
        yield
        self.note(f"klart på {seconds(time.monotonic() - started)}")

    def note(self, text: str) -> None:
        """Print a line that belongs to the step under way."""
        self._write(f"      {text}")

    def _write(self, line: str) -> None:
        print(line, file=self.stream or sys.stdout, flush=True)


def seconds(duration: float) -> str:
    """Return the duration as Swedish text with one decimal: `1,4 s`."""
    return f"{duration:.1f} s".replace(".", ",")


def fail(message: str, code: int = 1) -> NoReturn:
    """Print one line on standard error and end the command."""
    print(message, file=sys.stderr, flush=True)
    raise SystemExit(code)
