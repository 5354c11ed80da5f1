"""Reads of what waits to be indexed."""

from collections import defaultdict
from datetime import datetime
from typing import Any, Self

from django.db import models


class IndexRequestQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Entries to index."""

    def next_batch(self, limit: int) -> list[Any]:
        """Return the rows that have waited longest, at most `limit`."""
        return list(self.order_by("pk")[:limit])


class WriterLeaseQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Leases of the index."""

    def free(self, now: datetime, holder: str) -> Self:
        """Return the leases that have run out or are the holder's own."""
        return self.filter(models.Q(until__lt=now) | models.Q(holder=holder))


def by_kind(rows: list[Any]) -> dict[str, set[int]]:
    """Return the ids that rows ask for, by kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.kind].add(row.object_id)
    return dict(wanted)
