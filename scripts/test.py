"""`make test` and `make test-full`: the suite on SQLite and on every server at hand."""

import argparse
import os
import subprocess
import sys

from scripts._lib import engines as engine_search
from scripts._lib import pytest_runs
from scripts._lib.console import StartRefused, Steps, fail
from scripts._lib.engines import Engines
from scripts._lib.places import ROOT, venv_python
from scripts._lib.supervisor import interrupt_on_signals
from scripts.bootstrap import ensure_environment

# Two processes that take a few tests at a time in the order that pytest-django gives: those that
# empty the database come after those that need what the migrations put there.
WORKERS = ["-n", "2", "--maxschedchunk", "8"]


def main(arguments: list[str]) -> int:
    """Prepare, run and sum up; pytest's own closing lines come last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="allt krävs: webbläsare, servrar, Java")
    parser.add_argument("--only", metavar="MARK", help="bara prov med märket, på inbyggd databas")
    options, passed_on = parser.parse_known_args(arguments)
    interrupt_on_signals()
    try:
        prepare()
        with engine_search.available() as engines:
            tell(engines, full=options.full)
            return run_all(engines, passed_on, full=options.full, only=options.only)
    except StartRefused as refused:
        fail(str(refused))
    except KeyboardInterrupt:
        fail("Avbrutet.", 130)


def prepare() -> None:
    """Install the tools, build what the pages load, compile the translations."""
    steps = Steps(3)
    ensure_environment("dev", steps)
    for title, command in (
        ("Typsnitt, stilmallar och skript", ["scripts/build_assets.py"]),
        ("Översättningar", ["manage.py", "compile_translations"]),
    ):
        with steps.work(title):
            run([venv_python(), *command])


def run(command: list[str]) -> None:
    """Run a part of the preparation."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    if subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode:
        raise StartRefused("Proven kunde inte förberedas: se raderna ovanför.")


def tell(engines: Engines, *, full: bool) -> None:
    """Print what runs and what is left out; with `--full` nothing may be left out."""
    for line in engines.lines():
        print(line, flush=True)
    if full and engines.missing:
        missing = ", ".join(sorted(engines.missing))
        raise StartRefused(f"make test-full kräver alla motorer; det saknas: {missing}.")


def run_all(engines: Engines, passed_on: list[str], *, full: bool, only: str | None) -> int:
    """Run pytest once for each set of engines and return the exit code of the whole."""
    runs = pytest_runs.plan(engines, full=full or only is not None)
    if only:
        runs = [pytest_runs.Run(only, only, runs[0].environ)]
    workers = [] if any(a.startswith(("-n", "--pdb")) for a in passed_on) else WORKERS
    outcomes = [pytest_runs.execute(each, [*workers, *passed_on]) for each in runs]
    print("\nSammanfattning", flush=True)
    for outcome in outcomes:
        print(f"  {outcome.line()}")
    for outcome in outcomes:
        print(outcome.closing)
    return pytest_runs.exit_code(outcomes, full=full)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
