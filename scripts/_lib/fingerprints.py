"""Fingerprints of files, and the record of what an earlier start already did."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def of_files(paths: Iterable[Path], *extra: str) -> str:
    """Return one hash over the names and contents of the files, and any extra words."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        digest.update(f"\0{path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def of_stats(paths: Iterable[Path], *extra: str) -> str:
    """Return one hash over names, sizes and times: for large trees that nobody edits by hand."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        stat = path.stat()
        digest.update(f"\0{path}\0{stat.st_size}\0{stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def read_json(path: Path) -> dict[str, Any]:
    """Return the stored object, or an empty one when it is missing or broken."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace the file in one stroke, so that an interrupted write leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=1, sort_keys=True)
    Path(name).replace(path)


class Record:
    """Remembers by name with which fingerprint a step was last finished."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._done = read_json(path)

    def is_done(self, name: str, fingerprint: str) -> bool:
        """Tell whether the step was finished with just this fingerprint."""
        return self._done.get(name) == fingerprint

    def finish(self, name: str, fingerprint: str) -> None:
        """Note that the step is finished."""
        self._done[name] = fingerprint
        write_json(self.path, self._done)
