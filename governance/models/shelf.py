"""The shelf of a body: documents that belong to no case, and when a person last looked."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.audiences import Audience
from core.models import TimeStamped
from governance.choices import ShelfKind
from governance.models.case import SECRECY_REASON
from governance.models.council import Council
from governance.querysets import ShelfQuerySet


class ShelfDocument(TimeStamped):
    """A document of the body itself: its arbetsordning, a plan, a report. Versions are kept."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="shelf")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=12, choices=ShelfKind.choices, default=ShelfKind.OTHER
    )
    dated_on = models.DateField(_("date"))
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience.choices, default=Audience.COUNCIL
    )
    is_secret = models.BooleanField(_("secret"), default=False)
    secrecy_reason = models.CharField(_("reason of the secrecy"), max_length=250, blank=True)

    objects = ShelfQuerySet.as_manager()

    class Meta:
        verbose_name = _("document on the shelf")
        verbose_name_plural = _("documents on the shelf")
        ordering = ("-dated_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=SECRECY_REASON, name="governance_shelf_secrecy"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="governance_shelf_audience"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ShelfKind.values), name="governance_shelf_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.title


def shelf_file_path(instance: Any, filename: str) -> str:
    """Return where a version is stored; the name says nothing of its content."""
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"governance/shelf/{instance.document.council_id}/{uuid.uuid4().hex}.{extension}"


class ShelfVersion(models.Model):
    """One version of a document on the shelf, with its size in bytes and SHA-256; never changed."""

    document = models.ForeignKey(ShelfDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to=shelf_file_path)
    filename = models.CharField(_("file name"), max_length=150)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("version on the shelf")
        verbose_name_plural = _("versions on the shelf")
        ordering = ("document", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=("document", "number"), name="governance_shelfversion_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.number}"


class CouncilVisit(models.Model):
    """When a person last looked at the documents of a body, so that new ones can be told."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="visits")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="council_visits"
    )
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("visit to a body")
        verbose_name_plural = _("visits to bodies")
        constraints = [
            models.UniqueConstraint(fields=("council", "user"), name="governance_visit_unique")
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: {self.user_id}"


triggers.guard("governance_shelfversion")
