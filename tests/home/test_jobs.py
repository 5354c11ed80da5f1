"""What the clock sets off."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from home.jobs import publish_scheduled_pages
from tests.factories.home import make_text


@pytest.mark.django_db
def test_a_page_is_published_when_its_time_has_come(small_site, client):
    page = make_text(small_site, "Snart", slug="snart", live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert client.get("/snart/").status_code == 404
    revision = page.scheduled_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    publish_scheduled_pages()
    assert client.get("/snart/").status_code == 200


def test_the_clock_knows_the_job():
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert publish_scheduled_pages.name in names
