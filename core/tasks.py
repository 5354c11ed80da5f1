"""What actions set off in the background."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

DELIVER_OUTBOX = "core.jobs.deliver_outbox"


def wake_outbox() -> None:
    """Ask a worker to look at the outbox now; if no broker answers, beat does it soon anyway."""
    try:
        current_app.send_task(DELIVER_OUTBOX, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("outbox: no broker to wake (%s); beat will look", type(error).__name__)
