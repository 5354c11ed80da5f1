"""The ledger: an append-only chain of hashes per body."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import triggers
from governance.models.council import Council
from governance.querysets import LedgerQuerySet


class LedgerEntry(models.Model):
    """One thing that happened, chained to all before it (governance.canonical).

    `content` is body, number, kind, time and data. The data is hashed as a commitment under
    `salt`, so that a proof may hide it and still be checked. Whoever rewrites an entry must
    rewrite all after it, and then the heads that left the system no longer fit. An entry without
    salt, from before commitments, is hashed with its data.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="ledger")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=40)
    recorded_at = models.DateTimeField(_("recorded"))
    content = models.JSONField(_("content"))
    salt = models.CharField(_("salt"), max_length=32, blank=True)
    previous_hash = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ("council", "number")
        constraints = [
            models.UniqueConstraint(fields=("council", "number"), name="governance_ledger_number"),
            models.UniqueConstraint(
                fields=("council", "previous_hash"), name="governance_ledger_one_chain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number} {self.kind}"


triggers.guard("governance_ledgerentry")
