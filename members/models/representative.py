"""People act for organisations through representations with roles and a period."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from members.models.organisation import Organisation
from members.querysets import RepresentativeQuerySet, RepresentativeRoleQuerySet
from members.states import Role


class Representative(TimeStamped):
    """A person who may act for an organisation during a period, last day inclusive.

    A person who leaves is ended, never deleted: history keeps who acted, and when.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="representations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="representatives"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended by hand"), null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ("organisation", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="members_representative_period",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False),
                name="members_representative_ended",
            ),
            models.UniqueConstraint(
                fields=("user", "organisation"),
                condition=Q(ends_on__isnull=True),
                name="members_representative_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organisation_id}"


class RepresentativeRole(TimeStamped):
    """One role of a representative during a period, last day inclusive."""

    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="roles"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended by hand"), null=True, blank=True)

    objects = RepresentativeRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("role",)
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="members_representativerole_role"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="members_representativerole_period",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False),
                name="members_representativerole_ended",
            ),
            models.UniqueConstraint(
                fields=("representative", "role"),
                condition=Q(ends_on__isnull=True),
                name="members_representativerole_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
