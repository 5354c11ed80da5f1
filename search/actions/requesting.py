"""Notes that things are to be indexed anew, in the transaction that changed them."""

from collections.abc import Iterable

from django.db import transaction

from search.models import IndexRequest
from search.tasks import wake_indexer


@transaction.atomic
def request_entries(kind: str, ids: Iterable[int]) -> None:
    """Let the entries of things be made anew, or taken out, once this transaction is done.

    The worker is woken when nothing waited before; else it is awake, or beat sees to it.
    """
    rows = [IndexRequest(kind=kind, object_id=pk) for pk in sorted(set(ids))]
    if not rows:
        return
    idle = not IndexRequest.objects.exists()
    IndexRequest.objects.bulk_create(rows, batch_size=1000)
    if idle:
        transaction.on_commit(wake_indexer, robust=True)
