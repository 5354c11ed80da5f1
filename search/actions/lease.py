"""One writer of the index at a time, whatever machine it runs on."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from search.models import WriterLease

NAME = "index"
LENGTH = timedelta(seconds=60)

Renew = Callable[[], bool]


@contextmanager
def writer_lease() -> Iterator[Renew | None]:
    """Give a function that renews the lease, or None while another process writes.

    The function returns False when the lease was lost: then what has been written is not to be
    taken into use.
    """
    holder = uuid.uuid4().hex
    if not _take(holder):
        yield None
        return
    try:
        yield lambda: _take(holder)
    finally:
        WriterLease.objects.filter(name=NAME, holder=holder).update(until=timezone.now() - LENGTH)


def _take(holder: str) -> bool:
    now = timezone.now()
    free = WriterLease.objects.filter(name=NAME).free(now, holder)
    if free.update(holder=holder, until=now + LENGTH):
        return True
    if WriterLease.objects.filter(name=NAME).exists():
        return False
    try:
        with transaction.atomic():
            WriterLease.objects.create(name=NAME, holder=holder, until=now + LENGTH)
    except IntegrityError:
        return False
    return True
