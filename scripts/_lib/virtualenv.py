"""The project's own Python environment, kept equal to a lock file."""

import fcntl
import importlib.util
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts._lib.console import StartRefused
from scripts._lib.fingerprints import of_files, read_json, write_json
from scripts._lib.places import REQUIREMENTS, VENV

OLDEST = (3, 11, 2)
# The dev lock holds every pin of the runtime lock; a test compares them.
CONTENTS = {"runtime": ("runtime",), "dev": ("runtime", "dev")}
Installer = Callable[[Path, Path, Callable[[str], None]], None]


class Environment:
    """A virtual environment and the stamp that tells what was last installed in full.

    The stamp is removed before anything changes and written when all is in place, so an
    interrupted installation leaves an environment without a stamp, which is made anew.
    """

    def __init__(self, folder: Path = VENV, requirements: Path = REQUIREMENTS) -> None:
        self.folder = folder
        self.requirements = requirements
        self.stamp = folder / "installed.json"

    def lock_file(self, kind: str) -> Path:
        """Return the lock of `runtime` or `dev`."""
        return self.requirements / f"{kind}.txt"

    def is_current(self, kind: str) -> bool:
        """Tell whether this very Python has installed this very lock here."""
        stored = read_json(self.stamp)
        return (
            stored.get("python") == self._identity()
            and stored.get("locks", {}).get(kind) == of_lock(self.lock_file(kind))
            and (self.folder / "bin" / "python").exists()
        )

    def install(self, kind: str, tell: Callable[[str], None], pip: Installer | None = None) -> None:
        """Bring the environment to the lock; anything but adding `dev` starts from an empty one."""
        adding = kind == "dev" and self.is_current("runtime")
        self.stamp.unlink(missing_ok=True)
        if not adding:
            self._create()
        (pip or run_pip)(self.folder, self.lock_file(kind), tell)
        locks = {name: of_lock(self.lock_file(name)) for name in CONTENTS[kind]}
        write_json(self.stamp, {"python": self._identity(), "locks": locks})

    def _create(self) -> None:
        refuse_unfit_python()
        command = [sys.executable, "-m", "venv", "--clear", str(self.folder)]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            raise StartRefused(f"Kunde inte skapa {self.folder.name}: {last_line(made)}")

    def _identity(self) -> str:
        # Scripts in the environment name its folder, so a moved project needs a new one.
        base = os.path.realpath(sys.base_prefix)
        return f"{platform.python_implementation()} {sys.version} {base} {self.folder}"


def of_lock(path: Path) -> str:
    """Return the fingerprint of a lock, the same in every folder."""
    return of_files([], path.read_text(encoding="utf-8"))


def last_line(finished: "subprocess.CompletedProcess[str]") -> str:
    """Return the last thing the program said."""
    said = (finished.stderr or finished.stdout or "").strip().splitlines()
    return said[-1] if said else f"felkod {finished.returncode}"


def refuse_unfit_python() -> None:
    """Stop with one line when this Python is too old or cannot make environments."""
    if sys.version_info[:3] < OLDEST:
        raise StartRefused(
            f"Python 3.11.2 eller senare behövs; detta är {platform.python_version()}."
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise StartRefused(
            "Python saknar venv/ensurepip: installera det (på Debian: apt install python3-venv)."
        )


def run_pip(folder: Path, lock: Path, tell: Callable[[str], None]) -> None:
    """Install exactly the lock, told package by package; the machine's pip settings apply."""
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--require-hashes"]
    # The lock is complete, so nothing is left to resolve. Byte code is compiled when first used.
    command += ["--no-deps", "--no-compile", "--progress-bar", "off", "--no-input"]
    command += ["--disable-pip-version-check", "-r", str(lock)]
    counter = PipProgress(lock.read_text(encoding="utf-8").count("=="), tell)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        try:
            for line in pip.stdout or ():
                counter.read(line)
        except BaseException:
            pip.terminate()
            raise
    if pip.returncode:
        raise StartRefused(
            "\n".join([*counter.tail, "Installationen av Python-paket misslyckades."])
        )


class PipProgress:
    """Turns pip's lines into a count every twentieth package, and keeps the last lines."""

    def __init__(self, total: int, tell: Callable[[str], None]) -> None:
        self.total = total
        self.tell = tell
        self.collected = 0
        self.tail: list[str] = []

    def read(self, line: str) -> None:
        """Take one line of pip's output."""
        self.tail = [*self.tail, line.rstrip()][-12:]
        if line.startswith("Collecting "):
            self.collected += 1
            if self.collected % 20 == 0:
                self.tell(f"hämtat {self.collected} av cirka {self.total} paket")
        elif line.startswith("Installing collected packages"):
            self.tell(f"installerar {self.collected} paket")


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Let one installation at a time touch the folder; a second command waits for the first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
