"""An index of a test's own, on whichever engine the run has."""

import uuid
from collections.abc import Iterator

import pytest

from search.actions import rebuild_index, update_index
from search.engines.chosen import engine


@pytest.fixture
def index(settings, tmp_path, db) -> Iterator[None]:
    """Build an index of what there is, and remove it when the test is done."""
    settings.SEARCH_DIR = tmp_path / "search"
    settings.SEARCH_PREFIX = f"test-{uuid.uuid4().hex[:12]}"
    rebuild_index()
    yield
    discard()


def discard() -> None:
    """Remove the index of a server; a folder goes with the test's own."""
    drop = getattr(engine(), "discard", None)
    if drop:
        drop()


def brought_up_to_date() -> int:
    """Index what waits, as the worker does, and return how many rows there were."""
    number = 0
    while done := update_index():
        number += done
    return number
