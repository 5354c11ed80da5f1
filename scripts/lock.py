"""Makes the lock files in `requirements/` anew: `make lock`, or `make lock ARGS="--upgrade"`."""

import shutil
import subprocess
import sys
from pathlib import Path

from scripts._lib.console import StartRefused, Steps, fail
from scripts._lib.places import ROOT, VAR

# Debian 12 has Python 3.11.2; a lock made for a later one does not install there.
OLDEST_PYTHON = "3.11.2"
UV = "uv>=0.9,<1"
LOCKS = {"runtime": [], "dev": ["--group", "dev"]}


def main(arguments: list[str]) -> int:
    """Lock runtime and dev; arguments such as `--upgrade` go on to uv."""
    steps = Steps(len(LOCKS) + 1)
    try:
        with steps.work("uv"):
            uv = find_uv(VAR / "tools" / "uv")
        for name, group in LOCKS.items():
            with steps.work(f"requirements/{name}.txt"):
                call([*lock_command(uv, name, group), *arguments])
    except StartRefused as refused:
        fail(str(refused))
    return 0


def lock_command(uv: str, name: str, group: list[str]) -> list[str]:
    """Return the command that locks; no index address is written into the file."""
    command = [uv, "pip", "compile", "--universal", "--python-version", OLDEST_PYTHON]
    command += ["--generate-hashes", "--no-emit-index-url", "--quiet"]
    command += ["--custom-compile-command", "make lock", "pyproject.toml"]
    return [*command, *group, "-o", f"requirements/{name}.txt"]


def find_uv(folder: Path) -> str:
    """Return uv: the one on PATH, else one of our own in `var/tools`."""
    on_path = shutil.which("uv")
    if on_path:
        return on_path
    program = folder / "bin" / "uv"
    if not program.exists():
        call([sys.executable, "-m", "venv", "--clear", str(folder)])
        call([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", UV])
    return str(program)


def call(command: list[str]) -> None:
    """Run a command in the project folder."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise StartRefused(f"{Path(command[0]).name} misslyckades: se raderna ovanför.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
