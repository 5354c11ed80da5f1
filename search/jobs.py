"""What the clock sets off in the search."""

import logging

from celery import shared_task

from search import actions
from search.engines.contract import EngineDown

logger = logging.getLogger(__name__)


@shared_task(name="search.jobs.update_index")
def update_index() -> None:
    """Index what waits, until nothing does."""
    while actions.update_index():
        pass


@shared_task(name="search.jobs.compare_index")
def compare_index() -> None:
    """Compare index and database, and bring the index up to date with what differs."""
    try:
        found = actions.compare_index()
    except EngineDown as away:
        logger.warning("index: not compared (%s)", away)
        return
    if found.missing or found.foreign:
        text = "index: %d entries were missing, %d should not have been there"
        logger.warning(text, len(found.missing), len(found.foreign))
    update_index()
