"""Reads the demo's texts from data/demo/."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

EXAMPLE = "exempel"
CONCLUSION_MARK = "~"


@dataclass(frozen=True)
class Source:
    """Who says something, and where; `read_on` is the day that the page was read."""

    citation: str
    url: str = ""
    read_on: date | None = None

    def as_conclusion(self) -> "Source":
        """Return the source of a fact that is a conclusion from it, not its own words."""
        return Source(f"slutsats ur {self.citation}", self.url, self.read_on)


def folder() -> Path:
    """Return the folder of the demo's texts."""
    return Path(settings.BASE_DIR, "data", "demo")


def read(name: str) -> dict[str, Any]:
    """Return a TOML file of the demo."""
    return tomllib.loads((folder() / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def sources() -> dict[str, Source]:
    """Return every source by its key; `exempel` is the source of what is made up."""
    found = {key: Source(**values) for key, values in read("sources").items()}
    return found | {EXAMPLE: Source(EXAMPLE)}


def source(key: str) -> Source:
    """Return the source of a key; `~key` is a conclusion from it. An unknown key is a KeyError."""
    if key.startswith(CONCLUSION_MARK):
        return sources()[key.removeprefix(CONCLUSION_MARK)].as_conclusion()
    return sources()[key]


def services() -> dict[str, dict[str, Any]]:
    """Return the sixteen services by slug, in order of slug."""
    files = sorted((folder() / "services").glob("*.toml"))
    return {file.stem: read(f"services/{file.stem}") for file in files}
