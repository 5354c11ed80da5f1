"""What the clock sets off in governance."""

import logging

from celery import shared_task
from django.conf import settings

from governance.actions.minutes.reminders import remind_of_minutes
from governance.actions.polls.per_capsulam import close_overdue, remind_missing
from governance.actions.proof import heads
from governance.actions.vacancies import (
    tell_of_failed_summonses,
    tell_of_missing_decisions,
    tell_of_vacancies,
)
from governance.timestamps import TimestampError

logger = logging.getLogger(__name__)


@shared_task(name="governance.jobs.watch_summonses")
def watch_summonses() -> None:
    """Warn secretaries of summonses that do not arrive."""
    tell_of_failed_summonses()


@shared_task(name="governance.jobs.watch_terms")
def watch_terms() -> None:
    """Tell of vacant seats, of terms that end and of members who lack their decision."""
    tell_of_vacancies()
    tell_of_missing_decisions()


@shared_task(name="governance.jobs.watch_per_capsulam")
def watch_per_capsulam() -> None:
    """Remind those who have not answered without a meeting, and close what is out of time."""
    remind_missing()
    close_overdue()


@shared_task(name="governance.jobs.remind_of_minutes")
def remind() -> None:
    """Let times of appeal end, and tell of late minutes, follow-ups and notices."""
    remind_of_minutes()


@shared_task(name="governance.jobs.stamp_heads")
def stamp_heads() -> None:
    """Have the heads of the ledger timestamped; those that fail are tried again the next time."""
    if not settings.TIMESTAMP_URL:
        return
    try:
        heads.stamp_heads()
    except TimestampError as error:
        logger.warning("heads of the ledger are not timestamped: %s", error)
