"""The pytest runs of a test command: the embedded default first, then the same suite on servers."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts._lib.console import seconds
from scripts._lib.engines import Engines
from scripts._lib.places import ROOT, venv_python

CLOSING = re.compile(
    r"^(?:=+ )?(?:\d+ (?:passed|failed|skipped|deselected|error)|no tests ran).* in [\d.]+s.*$",
    re.MULTILINE,
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
NOTHING_COLLECTED = 5
# What a browser or a validator sees, and who may open what, does not depend on the database:
# once is enough.
ONCE = ("e2e", "validators", "once")
# Nor does what asks for no database of the run (tests/engines.py sets the mark).
ALIKE = "not (no_database and not postgres and not redis and not elasticsearch and not opensearch)"
# The servers of a run: the setting that tests are given, and what marks those that need one.
SERVERS = {
    "postgresql": ("DATABASE_URL", "postgres"),
    "redis": ("REDIS_URL", "redis"),
    "elasticsearch": ("ELASTICSEARCH_URL", "elasticsearch"),
    "opensearch": ("TEST_OPENSEARCH_URL", "opensearch"),
}


@dataclass(frozen=True)
class Run:
    """One run of pytest."""

    title: str
    marks: str
    environ: Mapping[str, str]


@dataclass
class Outcome:
    """How a run ended."""

    run: Run
    code: int
    closing: str
    duration: float

    def line(self) -> str:
        """Return the run in one line."""
        result = self.closing.strip("= ") or f"avslutades med kod {self.code}"
        return f"{self.run.title}: {result} ({seconds(self.duration)} i allt)"


def plan(engines: Engines, *, full: bool) -> list[Run]:
    """Return the runs: one without servers, and one with those that are there."""
    common = {"SAMAGT_TEST_FULL": "1" if full else ""}
    for name, variable in (("chromium", "CHROMIUM_PATH"), ("java", "JAVA_PATH")):
        common[variable] = engines.found.get(name, "")
    embedded = {**common, **dict.fromkeys((setting for setting, __ in SERVERS.values()), "")}
    runs = [Run("Inbyggt", without(mark for __, mark in SERVERS.values()), embedded)]
    names = [name for name in SERVERS if name in engines.found]
    if names:
        runs.append(Run(" + ".join(names), server_marks(names), server_environ(engines, common)))
    return runs


def server_marks(names: Sequence[str]) -> str:
    """Return the marker expression of the run with servers."""
    out = [*ONCE, *(["sqlite"] if "postgresql" in names else [])]
    out += [mark for name, (__, mark) in SERVERS.items() if name not in names]
    return f"{without(out)} and {ALIKE}"


def without(marks: Iterable[str]) -> str:
    """Return the marker expression that leaves out the marks."""
    return " and ".join(f"not {mark}" for mark in marks)


def server_environ(engines: Engines, common: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the run with servers."""
    found = engines.found
    return {**common, **{setting: found.get(name, "") for name, (setting, __) in SERVERS.items()}}


def execute(run: Run, arguments: Sequence[str]) -> Outcome:
    """Run pytest, show its output as it comes, and keep its closing line."""
    print(f"\n── {run.title} ──", flush=True)
    colour = "yes" if sys.stdout.isatty() else "no"
    command = [venv_python(), "-m", "pytest", f"--color={colour}", "-m", run.marks, *arguments]
    environ = {**os.environ, **run.environ, "PYTHONUNBUFFERED": "1"}
    started = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE) as pytest:
        assert pytest.stdout is not None  # noqa: S101 - a pipe was asked for
        tail = b""
        # Read as it comes and not by lines, so that the progress dots are seen.
        while chunk := os.read(pytest.stdout.fileno(), 65536):
            sys.stdout.buffer.write(chunk)
            sys.stdout.flush()
            tail = (tail + chunk)[-4000:]
    return Outcome(run, pytest.returncode, closing_line(tail), time.monotonic() - started)


def closing_line(output: bytes) -> str:
    """Return pytest's closing line, an empty text when there is none."""
    found = CLOSING.findall(COLOUR.sub("", output.decode(errors="replace")))
    return found[-1] if found else ""


def exit_code(outcomes: Sequence[Outcome], *, full: bool) -> int:
    """Return 0 when every run is green; a run that found no test counts only outside `--full`."""
    for outcome in outcomes:
        if outcome.code and (full or outcome.code != NOTHING_COLLECTED):
            return outcome.code
    return 0
