"""Start-up check: the CMS groups say what the roles of the office say."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from members.models import User


def register() -> None:
    """Register the check under the tag `database`."""
    checks.register(cms_groups, checks.Tags.database)


def cms_groups(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """W001 for each account whose CMS groups differ from what its roles of today give."""
    if not databases:
        return []
    try:
        differences = User.objects.cms_group_differences()
    except DatabaseError:
        return []  # Before the first migrate there are no accounts.
    return [
        checks.Warning(
            f"Account {pk}: lacks {sorted(wanted - held)}, has too much {sorted(held - wanted)}",
            hint="manage.py check_cms_groups --fix",
            id="members.W001",
        )
        for pk, (wanted, held) in differences.items()
    ]
