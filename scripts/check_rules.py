"""`make rules`: the modules that hold the rules, tested by plain Python to the last branch.

They decide who votes, what is carried and what is paid, so every branch of them must be taken by
a test that needs neither Django's database nor any other part of the product.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts._lib.places import ROOT, venv_python

RULES = {
    "catalogue": ("cost_faults", "cost_input", "cost_sharing", "cost_years", "fees", "termination"),
    "governance": (
        *("canonical", "commitments", "deadlines", "election", "holidays", "house_rules", "lots"),
        *("per_capsulam", "poll_export", "poll_input", "polls", "profiles", "propositions"),
        *("proxies", "quorum", "recounting", "requirement", "serving", "tally", "weights"),
        "wording_diff",
    ),
}
PROPERTIES = "tests/catalogue/test_cost_properties.py"
NEEDS_NO_DATABASE = "no_database and not slow"


def modules() -> list[str]:
    """Return the paths of the modules."""
    return [f"{app}/{name}.py" for app, names in RULES.items() for name in names]


def tests() -> list[str]:
    """Return the files that test them: each lies where its module's name says."""
    named = [f"tests/{app}/test_{name}.py" for app, names in RULES.items() for name in names]
    return [*named, PROPERTIES]


def main() -> int:
    """Run the tests and return 0 when every branch of every module was taken."""
    with tempfile.TemporaryDirectory() as folder:
        data = f"--data-file={Path(folder) / 'coverage'}"
        # Nothing else is traced: the project's own settings name every app.
        asked = [f"--include={','.join(modules())}", f"--rcfile={os.devnull}", data]
        coverage = [venv_python(), "-m", "coverage"]
        pytest = ["-m", "pytest", "-q", "-m", NEEDS_NO_DATABASE, *tests()]
        environ = {**os.environ, "DATABASE_URL": "", "REDIS_URL": ""}
        for command in (
            [*coverage, "run", "--branch", *asked, *pytest],
            [*coverage, "report", "--show-missing", "--fail-under=100", *asked],
        ):
            done = subprocess.run(command, cwd=ROOT, env=environ, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
