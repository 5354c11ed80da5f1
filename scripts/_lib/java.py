"""Finds a Java that is new enough, by asking each one at hand what it is."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts._lib.throwaway import ServerMissing

# Where packages of Linux, macOS and SDKMAN put their Javas: the folders that become JAVA_HOME.
JVM_HOMES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/.sdkman/candidates/java/*",
)
# Java 8 and older call themselves 1.8 and so on.
VERSION = re.compile(r'version "(?:1\.)?(\d+)')
ANSWER_SECONDS = 20


class JavaTooOld(ServerMissing):
    """There is no Java, or none that is new enough."""


def java(at_least: int) -> str:
    """Return the program of JAVA_HOME when it is fit, else of the newest Java at hand.

    Raises JavaTooOld with a line that says what was found.
    """
    home = os.environ.get("JAVA_HOME")
    if home and version_of(program_in(Path(home))) >= at_least:
        return str(program_in(Path(home)))
    found = {version_of(program): program for program in programs()}
    newest = max(found, default=0)
    if newest >= at_least:
        return str(found[newest])
    here = f"Java {newest} är för gammal" if newest else "java saknas"
    raise JavaTooOld(f"{here}: Java {at_least} eller senare behövs")


def programs() -> Iterator[Path]:
    """Yield the Java of PATH and those of the usual folders."""
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path)
    for pattern in JVM_HOMES:
        root, __, rest = str(Path(pattern).expanduser()).partition("*")
        for home in sorted(Path(root).glob(f"*{rest}")):
            yield program_in(home)


def program_in(home: Path) -> Path:
    """Return where the program lies in a JAVA_HOME."""
    return home / "bin" / "java"


def version_of(program: Path) -> int:
    """Return the main version the program says it has, 0 when it cannot be run."""
    command = [str(program), "-version"]
    try:
        asked = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=ANSWER_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    said = VERSION.search(asked.stderr) if asked.returncode == 0 else None
    return int(said[1]) if said else 0
