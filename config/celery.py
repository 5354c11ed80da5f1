"""The Celery application; every task and job of the product is found from here."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("samagt")
app.config_from_object("django.conf:settings", namespace="CELERY")
# `tasks` are set off by actions, `jobs` by the clock; both are queue entry points.
app.autodiscover_tasks(related_name="tasks")
app.autodiscover_tasks(related_name="jobs")
