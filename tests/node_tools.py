"""Node tools of the tests (axe, the HTML checker, Lighthouse), installed when they are needed."""

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import build_assets

FOLDER = Path(__file__).resolve().parent / "tools"


def tool(path: str) -> Path:
    """Return a file of an installed package; install the locked packages when it is missing.

    Two test processes may ask at once, so the installation is done under a lock.
    """
    wanted = FOLDER / "node_modules" / path
    with (FOLDER / ".npmrc").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.exists():
            npm = shutil.which("npm")
            if not npm:
                pytest.fail("the test tools are installed by npm (Debian: npm)")
            subprocess.run([npm, "ci", "--ignore-scripts", "--silent"], cwd=FOLDER, check=True)
    return wanted


def node() -> str:
    """Return a Node.js that is new enough: the machine's own, else the one that builds assets."""
    _npm, path = build_assets.find_npm() or build_assets.install_node()
    program = shutil.which("node", path=path)
    assert program, path
    return program
