"""What actions set off in the background."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

UPDATE_INDEX = "search.jobs.update_index"


def wake_indexer() -> None:
    """Ask a worker to look at what waits; if no broker answers, beat does it soon anyway."""
    try:
        current_app.send_task(UPDATE_INDEX, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("index: no broker to wake (%s); beat will look", type(error).__name__)
