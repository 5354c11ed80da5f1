"""What the clock sets off in governance."""

from celery import shared_task

from governance.actions.minutes.reminders import remind_of_minutes


@shared_task(name="governance.jobs.remind_of_minutes")
def remind() -> None:
    """Let times of appeal end, and tell of late minutes, follow-ups and notices."""
    remind_of_minutes()
