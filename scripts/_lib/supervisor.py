"""Starts child processes, shows what they say, and stops all of them together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

STOP_SECONDS = 10.0
LOOK_SECONDS = 0.1


class Child:
    """A named process in a process group of its own, so that its own children go with it."""

    def __init__(
        self, name: str, command: Sequence[str], environ: Mapping[str, str], folder: Path
    ) -> None:
        self.name = name
        self.is_shown = True
        self.process = subprocess.Popen(
            command,
            env=dict(environ),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # The terminal's Ctrl-C reaches only the supervisor, which stops all in order.
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._show, args=(self.process.stdout,), daemon=True)
        self._reader.start()

    def _show(self, lines: IO[bytes]) -> None:
        with lines:
            for line in lines:
                text = line.decode(errors="replace").rstrip()
                if self.is_shown:
                    print(f"{self.name:<6} | {text}", file=sys.stdout, flush=True)

    def has_ended(self) -> bool:
        """Tell whether the process is gone."""
        return self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """Ask the process itself; it takes its own children down in its own order."""
        if not self.has_ended():
            # Asked to stop while still importing, some parts print pages of traces; the last
            # words of one that ended by itself are what the person needs to see.
            self.is_shown = False
            self.process.terminate()

    def kill_group(self) -> None:
        """End whatever is left of the group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join(timeout=1)


class Supervisor:
    """Keeps a set of children: as long as all run, it runs; when one ends, all are stopped."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self.environ = environ
        self.folder = folder
        self.children: list[Child] = []

    def start(self, name: str, command: Sequence[str]) -> Child:
        """Start one more child."""
        child = Child(name, command, self.environ, self.folder)
        self.children.append(child)
        return child

    def ended(self) -> Child | None:
        """Return a child that has ended, if any has."""
        return next((child for child in self.children if child.has_ended()), None)

    def wait_until(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Wait for the condition; False when a child ended or time ran out first."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and not self.ended():
            if condition():
                return True
            time.sleep(LOOK_SECONDS)
        return False

    def watch(self) -> Child:
        """Wait until a child ends, and return it."""
        while True:
            child = self.ended()
            if child:
                return child
            time.sleep(LOOK_SECONDS)

    def stop(self, timeout: float = STOP_SECONDS) -> None:
        """Ask all to stop, wait for them together, then end what is left."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and not all(c.has_ended() for c in self.children):
            time.sleep(LOOK_SECONDS)
        for child in self.children:
            child.kill_group()


def interrupt_on_signals() -> None:
    """Let SIGTERM and a closed terminal end the command the same way as Ctrl-C."""

    def interrupt(number: int, _frame: object) -> None:
        # One request is enough; a second one while stopping must not leave children behind.
        for name in STOP_SIGNALS:
            signal.signal(name, signal.SIG_IGN)
        raise KeyboardInterrupt(number)

    for name in STOP_SIGNALS:
        signal.signal(name, interrupt)


STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
