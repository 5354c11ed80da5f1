"""Creates the Python environment and installs a lock: `python -m scripts.bootstrap dev`."""

import argparse
import sys

from scripts._lib.console import StartRefused, Steps, fail
from scripts._lib.virtualenv import CONTENTS, Environment, only_one

TITLE = "Python-miljö"


def ensure_environment(kind: str, steps: Steps, environment: Environment | None = None) -> None:
    """Install the lock `kind` unless just that is in place already."""
    environment = environment or Environment()
    with only_one(environment.folder):
        if environment.is_current(kind):
            steps.skip(TITLE, "oförändrad")
            return
        with steps.work(f"{TITLE}: installerar {environment.lock_file(kind).name}"):
            environment.install(kind, steps.note)


def main(arguments: list[str]) -> int:
    """Read the command line and install."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", nargs="?", default="dev", choices=sorted(CONTENTS))
    try:
        ensure_environment(parser.parse_args(arguments).kind, Steps(1))
    except StartRefused as refused:
        fail(str(refused))
    except KeyboardInterrupt:
        fail("Avbrutet.", 130)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
