"""Roles that a login service's claims gave."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from members.models.representative import RepresentativeRole


class ClaimedRole(TimeStamped):
    """A role that rests on a login service's claims, and ends when they no longer say so.

    A role given by people has no such row and is never touched by claims.
    """

    role = models.OneToOneField(
        RepresentativeRole,
        verbose_name=_("role"),
        on_delete=models.PROTECT,
        related_name="claimed",
    )
    service = models.CharField(_("login service"), max_length=40)

    class Meta:
        verbose_name = _("role from a login service")
        verbose_name_plural = _("roles from login services")

    def __str__(self) -> str:
        return f"{self.role_id} ({self.service})"
