"""What the clock sets off in notifications."""

from celery import shared_task

from notifications.actions import send_digests


@shared_task(name="notifications.jobs.send_daily_digests")
def send_daily_digests() -> None:
    """Send the daily mails."""
    send_digests()
