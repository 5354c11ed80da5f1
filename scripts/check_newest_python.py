"""Checks that the runtime lock installs and starts on the newest Python of this machine too."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts._lib.console import StartRefused, fail
from scripts._lib.places import ROOT

NAMES = tuple(f"python3.{minor}" for minor in range(20, 10, -1))
RELEASE = re.compile(r"^3\.\d+\.\d+$")


def main() -> int:
    """Install into a folder of its own and let Django check the project."""
    try:
        version, python = newest()
        print(f"Nyaste Python här: {'.'.join(map(str, version))}", flush=True)
        with tempfile.TemporaryDirectory(prefix="samagt-newest-") as folder:
            install_and_check(python, Path(folder))
    except StartRefused as refused:
        fail(str(refused))
    return 0


def newest() -> tuple[tuple[int, ...], str]:
    """Return version and program of the newest interpreter that runs and can make environments."""
    found = [(version_of(program), program) for program in candidates()]
    fit = [(version, program) for version, program in found if version]
    if not fit:
        raise StartRefused("Ingen Python med venv hittades.")
    return max(fit)


def candidates() -> Iterator[str]:
    """Yield interpreters: those on PATH, and those a version manager keeps beside them."""
    yield from (name for name in NAMES if shutil.which(name))
    if shutil.which("pyenv"):
        for name in said_by("pyenv", "versions", "--bare").split():
            if RELEASE.match(name):
                yield str(Path(said_by("pyenv", "prefix", name)) / "bin" / "python")


def version_of(program: str) -> tuple[int, ...]:
    """Return the interpreter's version, nothing when it does not run or has no venv."""
    said = said_by(program, "-c", "import sys, venv, ensurepip; print(*sys.version_info[:3])")
    return tuple(int(part) for part in said.split())


def said_by(*command: str) -> str:
    """Return what the command printed, an empty text when it failed."""
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if finished.returncode else finished.stdout.strip()


def install_and_check(python: str, folder: Path) -> None:
    """Run the bootstrap with this interpreter, then `manage.py check` in what it made."""
    environ = {
        **os.environ,
        "SAMAGT_VENV": str(folder / "venv"),
        "SAMAGT_VAR_DIR": str(folder / "var"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
    }
    inside = str(folder / "venv" / "bin" / "python")
    for command in ([python, "-m", "scripts.bootstrap", "runtime"], [inside, "manage.py", "check"]):
        if subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode:
            raise StartRefused(f"Misslyckades på {python}: se raderna ovanför.")


if __name__ == "__main__":
    sys.exit(main())
