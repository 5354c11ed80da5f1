"""The audit trail of account, role and permission events."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.querysets import AuditEntryQuerySet


class AuditEntry(models.Model):
    """One event that changed who someone is or what someone may do; never changed or deleted.

    Names are not stored here: actor and subject are ids, shown through the one place where a
    person's name is kept. The address is blanked after twelve months by one logged routine, the
    only update that the database's trigger lets through.
    """

    happened_at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    event = models.CharField(_("event"), max_length=60, db_index=True)
    actor_id = models.BigIntegerField(_("actor"), null=True, db_index=True)
    acting_for_id = models.BigIntegerField(_("acting for"), null=True)
    subject_id = models.BigIntegerField(_("person concerned"), null=True, db_index=True)
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.CharField(_("object"), max_length=40, blank=True)
    old = models.JSONField(_("before"), default=dict)
    new = models.JSONField(_("after"), default=dict)
    ip_address = models.GenericIPAddressField(_("address"), null=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ("-happened_at", "-pk")

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.event}"


triggers.guard(
    "core_auditentry",
    mutable=("ip_address",),
    columns=(
        "id",
        "happened_at",
        "event",
        "actor_id",
        "acting_for_id",
        "subject_id",
        "object_type",
        "object_id",
        "old",
        "new",
    ),
)
