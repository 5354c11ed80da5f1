"""What the clock sets off in the catalogue."""

from celery import shared_task

from catalogue.actions.reminders import remind_of_days


@shared_task(name="catalogue.jobs.remind_of_days")
def remind() -> None:
    """Remind of days that come near; the same one is told once."""
    remind_of_days()
