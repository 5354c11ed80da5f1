"""Start-up checks of what the database must guarantee."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from core import triggers


def register() -> None:
    """Register the checks under the tag `database` (run by migrate and by `check --database`)."""
    checks.register(append_only_triggers, checks.Tags.database)


def append_only_triggers(
    databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """E001 when a trigger that keeps a table append-only is missing, changed or disabled."""
    errors: list[checks.CheckMessage] = []
    for alias in databases or []:
        try:
            gone = triggers.missing(alias)
        except DatabaseError as error:
            gone = [str(error)]
        errors += [checks.Error(f"Trigger missing: {name}", id="core.E001") for name in gone]
    return errors
