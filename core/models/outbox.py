"""What is to leave the system, written in the same transaction as its cause."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import OutboxQuerySet
from core.states import OutboxState


class OutboxMessage(models.Model):
    """A message on its way out: sent at least once, always under the same Message-ID.

    The body is encrypted and erased on delivery, so that nobody who reads the table later finds
    a link that lets someone in. The office sees recipient, kind and state.
    """

    kind = models.CharField(_("kind"), max_length=60, db_index=True)
    recipient = models.CharField(_("recipient"), max_length=254, db_index=True)
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    body = models.BinaryField(_("encrypted body"), null=True)
    state = models.CharField(
        _("state"), max_length=8, choices=OutboxState.choices, default=OutboxState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state="pending"),
                name="core_outbox_due",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OutboxState.values), name="core_outbox_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(body__isnull=True, sent_at__isnull=False),
                name="core_outbox_erased_on_delivery",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient} ({self.state})"
