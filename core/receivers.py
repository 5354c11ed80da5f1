"""Wagtail tells of publishing only by signals: received here, published as facts, nothing more."""

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.events import PageDeleted, PageMoved, PagePublished, PageUnpublished, publish


def connect() -> None:
    """Connect every receiver; each has a uid, so that connecting twice is connecting once."""
    page_published.connect(on_published, dispatch_uid="core.page_published")
    page_unpublished.connect(on_unpublished, dispatch_uid="core.page_unpublished")
    page_slug_changed.connect(on_moved, dispatch_uid="core.page_slug_changed")
    post_page_move.connect(on_moved, dispatch_uid="core.post_page_move")
    post_delete.connect(on_deleted, dispatch_uid="core.page_deleted")


def on_published(instance: Page, **_: Any) -> None:
    """Publish PagePublished, also for scheduled publishing."""
    publish(PagePublished(page_id=instance.pk))


def on_unpublished(instance: Page, **_: Any) -> None:
    """Publish PageUnpublished."""
    publish(PageUnpublished(page_id=instance.pk))


def on_moved(instance: Page, **_: Any) -> None:
    """Publish PageMoved for a new parent or a new slug."""
    publish(PageMoved(page_id=instance.pk))


def on_deleted(sender: type, instance: object, **_: Any) -> None:
    """Publish PageDeleted once per page: Django sends the signal for each parent class too."""
    if sender is Page and isinstance(instance, Page):
        publish(PageDeleted(page_id=instance.pk))
