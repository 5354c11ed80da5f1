"""The files of the project as git knows them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*(.+?))?\s*\\?$")


def tracked_files() -> list[Path]:
    """Return the files that are, or are about to be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name.decode() for name in listed.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def texts() -> list[tuple[Path, str]]:
    """Return each tracked text file with its content."""
    contents = [(path, path.read_bytes()) for path in tracked_files()]
    return [(path, data.decode(errors="replace")) for path, data in contents if b"\0" not in data]


def pins(lock: str) -> dict[tuple[str, str], tuple[str, int]]:
    """Return (name, marker) → (version, number of hashes) for each requirement of a lock."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    current: tuple[str, str] | None = None
    for line in lock.splitlines():
        match = REQUIREMENT.match(line)
        if match:
            current = (match[1].lower(), match[3] or "")
            found[current] = (match[2], 0)
        elif current and "--hash=sha256:" in line:
            version, hashes = found[current]
            found[current] = (version, hashes + 1)
    return found
