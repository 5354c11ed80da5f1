"""An invitation to act for an organisation."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from members.models.organisation import Organisation
from members.querysets import InvitationQuerySet
from members.states import InvitationState, Role


class Invitation(TimeStamped):
    """A link, sent to one address, that lets its owner act for an organisation in given roles.

    Only a hash of the link's token is kept, so that nobody who reads the database can use it. A
    new link is a new row; the one it replaces is revoked.
    """

    email = models.EmailField(_("e-mail"), max_length=254, db_index=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_sent",
        help_text=_("Empty: the product itself, at installation."),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_accepted",
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="members_invitation_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="members_invitation_one_end",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__lte=F("expires_at")),
                name="members_invitation_in_time",
            ),
            models.UniqueConstraint(
                fields=("email", "organisation"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="members_invitation_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation_id}"

    def is_for(self, user: Any) -> bool:
        """Return whether the account has the address that was invited."""
        return user.email.lower() == self.email

    def state_at(self, moment: datetime | None = None) -> InvitationState:
        """Return what has become of the invitation at a moment (now)."""
        if self.accepted_at:
            return InvitationState.USED
        if self.revoked_at:
            return InvitationState.REVOKED
        expired = self.expires_at <= (moment or timezone.now())
        return InvitationState.EXPIRED if expired else InvitationState.OPEN


class InvitationRole(models.Model):
    """One role that an invitation offers."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)

    class Meta:
        verbose_name = _("role offered")
        verbose_name_plural = _("roles offered")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="members_invitationrole_role"
            ),
            models.UniqueConstraint(
                fields=("invitation", "role"), name="members_invitationrole_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
