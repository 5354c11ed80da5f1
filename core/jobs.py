"""What the clock sets off in core."""

from celery import shared_task

from core.actions import deliver_due


@shared_task(name="core.jobs.deliver_outbox")
def deliver_outbox() -> None:
    """Send what waits in the outbox, until nothing is due."""
    while deliver_due():
        pass
