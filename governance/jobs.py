"""What the clock sets off in governance."""

from celery import shared_task

from governance.actions.polls.per_capsulam import close_overdue, remind_missing


@shared_task(name="governance.jobs.watch_per_capsulam")
def watch_per_capsulam() -> None:
    """Remind those who have not answered without a meeting, and close what is out of time."""
    remind_missing()
    close_overdue()
