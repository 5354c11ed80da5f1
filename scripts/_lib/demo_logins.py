"""Shows the demo accounts that `load_demo` wrote."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

COLUMNS = {
    "role": "Roll",
    "organisation": "Organisation",
    "email": "E-post",
    "password": "Lösenord",
    "totp_secret": "Engångskod (TOTP-nyckel)",
}


def read_logins(path: Path) -> list[dict[str, str]]:
    """Return the accounts of the file, none when it is missing or broken."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [row for row in stored if isinstance(row, dict)] if isinstance(stored, list) else []


def table(logins: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield the accounts as aligned lines under a heading; nothing when there are none."""
    rows = [[str(login.get(key) or "–") for key in COLUMNS] for login in logins]
    if not rows:
        return
    lines = [list(COLUMNS.values()), *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(COLUMNS))]
    for line in lines:
        cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()
