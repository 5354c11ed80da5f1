"""What waits to be indexed, and who is writing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.querysets import IndexRequestQuerySet, WriterLeaseQuerySet


class IndexRequest(models.Model):
    """A thing whose entry in the index is to be made anew, written in the transaction of its cause.

    A change writes a row of its own, also when one waits already: the worker reads the thing first
    and removes the rows it knew of, so that a change in between is never lost.
    """

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField(_("id"))
    requested_at = models.DateTimeField(_("asked"), auto_now_add=True)

    objects = IndexRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry to index")
        verbose_name_plural = _("entries to index")

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class WriterLease(models.Model):
    """Who may write the index, until when: one process at a time, on whatever machine.

    A lease that is not renewed runs out, so that a killed process holds nobody up for long.
    """

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    holder = models.CharField(_("holder"), max_length=32)
    until = models.DateTimeField(_("until"))

    objects = WriterLeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("lease of the index")
        verbose_name_plural = _("leases of the index")

    def __str__(self) -> str:
        return f"{self.name}: {self.until:%Y-%m-%d %H:%M:%S}"
