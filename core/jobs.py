"""What the clock sets off in core."""

from datetime import timedelta

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from core.actions import blank_old_addresses, deliver_due

# How long the audit trail keeps the address that somebody acted from.
ADDRESS_KEPT = timedelta(days=365)


@shared_task(name="core.jobs.deliver_outbox")
def deliver_outbox() -> None:
    """Send what waits in the outbox, until nothing is due."""
    while deliver_due():
        pass


@shared_task(name="core.jobs.blank_addresses")
def blank_addresses() -> None:
    """Blank addresses in the audit trail that are older than twelve months."""
    blank_old_addresses(before=timezone.now() - ADDRESS_KEPT)


@shared_task(name="core.jobs.clear_expired_sessions")
def clear_expired_sessions() -> None:
    """Delete the sessions whose time is over; Django leaves them in the table otherwise."""
    call_command("clearsessions", verbosity=0)
