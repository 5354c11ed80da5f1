"""The Celery application; every task and job of the product is found from here."""

from celery import Celery

from config.environment import load_settings

load_settings()

app = Celery("samagt")
app.config_from_object("django.conf:settings", namespace="CELERY")
# `tasks` are set off by actions, `jobs` by the clock; both are queue entry points.
app.autodiscover_tasks(related_name="tasks")
app.autodiscover_tasks(related_name="jobs")
