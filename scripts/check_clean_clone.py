"""Checks what a newcomer meets: an empty clone, `make run`, the pages, Ctrl-C, and a quick restart.

Runs on Debian's own Python with a PATH that has neither Node, npm nor gettext.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts._lib.address import Address, free_port
from scripts._lib.console import StartRefused, fail, seconds
from scripts._lib.places import ROOT
from scripts._lib.supervisor import interrupt_on_signals

# Page and a word that it must say: minutes are written when the demonstration is loaded, so that
# a language that was not ready by then would stand in them for good.
PAGES = {
    "/": "Samägt",
    "/tjanster/": "Provisum",
    "/halsa/redo/": "ok",
    "/forvaltningsrad/provisum/moten/1/protokoll/": "I ett rum och på distans",
}
TOOLS = ("make", "sh", "env", "grep", "sed", "expand", "find", "rm", "uname", "dirname")
ABSENT = ("node", "npm", "npx", "msgfmt", "xgettext", "uv")
FIRST_START_SECONDS = 900.0
SECOND_START_SECONDS = 10.0
# Other work on the machine may slow one start down, not every one.
RESTARTS = 2
STOP_SECONDS = 20.0
# Worker and beat start after the web; if one cannot, everything stops within this time.
SETTLE_SECONDS = 20.0
OK = 200
# A person's own settings must not reach the clone; pip's, npm's and the proxy's must.
PERSONAL = ("SAMAGT_", "DJANGO_", "DATABASE_URL", "REDIS_URL", "BASE_URL", "SECRET_KEY", "VIRTUAL")


def main(arguments: list[str]) -> int:
    """Clone, start twice, and say how long each start took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default="/usr/bin/python3.11", help="tolken i den tomma miljön")
    options = parser.parse_args(arguments)
    interrupt_on_signals()
    try:
        with tempfile.TemporaryDirectory(prefix="samagt-clone-") as folder:
            check(Path(folder), options.python)
    except StartRefused as refused:
        fail(str(refused))
    except KeyboardInterrupt:
        fail("Avbrutet.", 130)
    return 0


def check(folder: Path, python: str) -> None:
    """Clone into the folder and start the product there twice."""
    clone = folder / "samagt"
    command = ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)]
    if subprocess.run(command, check=False).returncode:
        raise StartRefused("git clone misslyckades: se raderna ovanför.")
    address = Address("127.0.0.1", free_port())
    environ = bare_environment(bare_path(folder / "bin", python), address)
    first = start_and_stop(clone, environ, address, settle=SETTLE_SECONDS)
    print(f"Första starten: {seconds(first)}", flush=True)
    limit = f"gräns {seconds(SECOND_START_SECONDS)}"
    for _ in range(RESTARTS):
        again = start_and_stop(clone, environ, address)
        print(f"Omstart: {seconds(again)} ({limit})", flush=True)
        if again < SECOND_START_SECONDS:
            return
    raise StartRefused(f"Omstarten tar för lång tid ({limit}).")


def bare_path(folder: Path, python: str) -> Path:
    """Make a folder of commands that holds what a bare machine has, and only that."""
    folder.mkdir()
    for name in TOOLS:
        program = shutil.which(name)
        if not program:
            raise StartRefused(f"{name} saknas på den här datorn.")
        (folder / name).symlink_to(program)
    if not shutil.which(python):
        raise StartRefused(f"{python} saknas (på Debian: apt install python3.11-venv).")
    # A link would make the interpreter look for its library beside the link.
    for name in ("python3", "python3.11"):
        (folder / name).write_text(f'#!/bin/sh\nexec {python} "$@"\n', encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def bare_environment(path: Path, address: Address) -> dict[str, str]:
    """Return the environment of the commands: a bare PATH and the machine's package settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PERSONAL)}
    for name in ABSENT:
        if shutil.which(name, path=str(path)):
            raise StartRefused(f"{name} finns på den kala sökvägen; provet säger då inget.")
    for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "PYTHON"):
        kept.pop(name, None)
    return {**kept, "PATH": str(path), "PORT": str(address.port), "HOST": address.host}


def start_and_stop(
    clone: Path, environ: dict[str, str], address: Address, *, settle: float = 0.0
) -> float:
    """Start, fetch the pages, press Ctrl-C; return the seconds until the address answered."""
    started = time.monotonic()
    with running(clone, environ) as make:
        while not address.is_alive():
            refuse_if_ended(make)
            if time.monotonic() - started > FIRST_START_SECONDS:
                raise StartRefused("make run svarar inte.")
            time.sleep(0.1)
        duration = time.monotonic() - started
        for page, word in PAGES.items():
            fetch(address, page, word)
        time.sleep(settle)
        refuse_if_ended(make)
    if address.status_of("/halsa/") is not None:
        raise StartRefused("Ctrl-C lämnade webben igång.")
    return duration


def refuse_if_ended(make: "subprocess.Popen[bytes]") -> None:
    """Stop when the command has ended by itself."""
    if make.poll() is not None:
        raise StartRefused(f"make run avslutades med kod {make.returncode}.")


@contextmanager
def running(clone: Path, environ: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `make run` in a process group of its own, which gets Ctrl-C as in a terminal."""
    make = subprocess.Popen(["make", "run"], cwd=clone, env=environ, start_new_session=True)
    try:
        yield make
        os.killpg(make.pid, signal.SIGINT)
        make.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired as slow:
        raise StartRefused("Ctrl-C stoppade inte make run.") from slow
    finally:
        if make.poll() is None:
            os.killpg(make.pid, signal.SIGTERM)
            make.wait()


def fetch(address: Address, page: str, word: str) -> None:
    """Fetch a page; anything but 200 with the word in it is a failure."""
    status, text = address.answer_of(page) or (None, "")
    print(f"  {page}: {status}", flush=True)
    if status != OK:
        raise StartRefused(f"{page} svarade {status} i stället för {OK}.")
    if word not in text:
        raise StartRefused(f"{page} säger inte: {word}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
