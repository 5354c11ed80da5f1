"""Runs veraPDF, the industry's validator, on documents of ours."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent
POM = BASE / "tests" / "tools" / "verapdf" / "pom.xml"
LIBRARY = BASE / "var" / "tools" / "verapdf-1.28.2"


def library() -> Path:
    """Return the folder of veraPDF's jars, fetched by Maven the first time."""
    if not shutil.which("java"):
        pytest.fail("veraPDF needs Java (Debian: openjdk-17-jre-headless)")
    if not (LIBRARY / ".complete").exists():
        if not shutil.which("mvn"):
            pytest.fail("veraPDF is fetched by Maven (Debian: maven)")
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
        subprocess.run([*command, f"-DoutputDirectory={LIBRARY}"], check=True)
        (LIBRARY / ".complete").touch()
    return LIBRARY


def verdicts(path: Path, flavours: tuple[str, ...] = ("3a", "ua1")) -> dict[str, str]:
    """Return PASS or FAIL for each profile."""
    return verdicts_of([path], flavours)[path]


def verdicts_of(
    paths: Iterable[Path], flavours: tuple[str, ...] = ("3a", "ua1")
) -> dict[Path, dict[str, str]]:
    """Return PASS or FAIL of each document for each profile, by one start of Java a profile."""
    found: dict[Path, dict[str, str]] = {path: {} for path in paths}
    command = ["java", "-cp", f"{library()}/*", "org.verapdf.apps.GreenfieldCliWrapper"]
    for flavour in flavours:
        result = subprocess.run(
            [*command, "-f", flavour, "--format", "text", *map(str, found)],
            capture_output=True,
            text=True,
            check=False,
        )
        for line in result.stdout.splitlines():
            verdict, __, rest = line.partition(" ")
            for path, verdicts_here in found.items():
                if rest.startswith(str(path)):
                    verdicts_here[flavour] = verdict
    return found
