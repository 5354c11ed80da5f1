"""What a person was told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from notifications import kinds
from notifications.querysets import NotificationQuerySet


class Notification(models.Model):
    """One thing that one person was told; the text is made when it is read."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=60)
    params = models.JSONField(_("parts of the text"), default=dict)
    url = models.CharField(_("address"), max_length=300, blank=True)
    dedupe_key = models.CharField(_("told once by"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True)
    emailed_at = models.DateTimeField(_("e-mailed"), null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="notifications_unread"
            ),
            models.Index(fields=["user", "-created_at"], name="notifications_by_user"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("user", "kind", "dedupe_key"),
                condition=~Q(dedupe_key=""),
                name="notifications_told_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"

    @property
    def title(self) -> str:
        """The headline in the active language."""
        return kinds.fill(kinds.get(self.kind).title, self.params)

    @property
    def text(self) -> str:
        """The sentence in the active language."""
        return kinds.fill(kinds.get(self.kind).text, self.params)
