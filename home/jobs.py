"""What the clock sets off on the site's pages."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="home.jobs.publish_scheduled_pages")
def publish_scheduled_pages() -> None:
    """Publish and take down the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)
