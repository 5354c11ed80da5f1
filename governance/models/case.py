"""Cases (ärenden): what a body handles, over all the meetings it takes."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.audiences import Audience
from core.models import TimeStamped
from governance.choices import CaseKind
from governance.models.council import Council
from governance.querysets import CaseDocumentQuerySet, CaseQuerySet
from governance.states import CaseState
from members.models import Organisation

SECRECY_REASON = Q(is_secret=False) | ~Q(secrecy_reason="")


class Case(TimeStamped):
    """A matter with a registry number that it keeps over all meetings."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="cases")
    series = models.CharField(_("series"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(
        _("kind"), max_length=12, choices=CaseKind.choices, default=CaseKind.MATTER
    )
    subject = models.CharField(_("subject"), max_length=200)
    parties = models.CharField(_("sender or recipient"), max_length=200, blank=True)
    raised_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_type = models.CharField(_("raised from"), max_length=60, blank=True)
    source_id = models.CharField(_("identity of the source"), max_length=40, blank=True)
    background = models.TextField(_("background"), blank=True)
    proposal = models.JSONField(_("proposal to decision, att-clauses"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=CaseState.choices, default=CaseState.REGISTERED
    )
    is_secret = models.BooleanField(_("secret"), default=False)
    secrecy_reason = models.CharField(_("reason of the secrecy"), max_length=250, blank=True)
    registered_on = models.DateField(_("registered"))

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-year", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=("series", "year", "number"), name="governance_case_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="governance_case_state"
            ),
            models.CheckConstraint(condition=SECRECY_REASON, name="governance_case_secrecy"),
        ]

    def __str__(self) -> str:
        return f"{self.registry_number} {self.subject}"

    @property
    def registry_number(self) -> str:
        """The number as written: FR-BIB 2026/0007 (rules.md 1.6)."""
        return f"{self.series} {self.year}/{self.number:04d}"

    def get_absolute_url(self) -> str:
        """Return the address of the case."""
        return reverse("governance:case_detail", args=[self.council.slug, self.pk])


class CaseLink(TimeStamped):
    """A case that was forwarded to another body, with links both ways."""

    origin = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="forwarded_to")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="forwarded_from")

    class Meta:
        verbose_name = _("forwarded case")
        verbose_name_plural = _("forwarded cases")
        constraints = [
            models.UniqueConstraint(fields=("origin", "target"), name="governance_caselink_unique"),
            models.CheckConstraint(
                condition=~Q(origin=F("target")), name="governance_caselink_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} → {self.target_id}"


class CaseStep(models.Model):
    """One step in the life of a case, for its timeline; never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    event = models.CharField(_("event"), max_length=20)
    state = models.CharField(_("state"), max_length=16, choices=CaseState.choices)
    happened_at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    item_id = models.BigIntegerField(_("agenda item"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        ordering = ("happened_at", "pk")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.event}"


def case_file_path(instance: Any, filename: str) -> str:
    """Return where a version is stored; the name says nothing of its content."""
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"governance/cases/{instance.document.case_id}/{uuid.uuid4().hex}.{extension}"


class CaseDocument(TimeStamped):
    """A document of a case; its versions are kept."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=[
            ("memo", _("Memorandum")),
            ("proposal", _("Proposal")),
            ("statement", _("Statement")),
            ("agreement", _("Agreement")),
            ("other", _("Other")),
        ],
        default="memo",
    )
    dated_on = models.DateField(_("date"))
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience.choices, default=Audience.COUNCIL
    )
    is_secret = models.BooleanField(_("secret"), default=False)
    secrecy_reason = models.CharField(_("reason of the secrecy"), max_length=250, blank=True)

    objects = CaseDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a case")
        verbose_name_plural = _("documents of cases")
        ordering = ("case", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("case", "position"), name="governance_casedocument_position"
            ),
            models.CheckConstraint(
                condition=SECRECY_REASON, name="governance_casedocument_secrecy"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="governance_casedocument_audience"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CaseDocumentVersion(models.Model):
    """One version of a document: the file, its size in bytes and its SHA-256; never changed."""

    document = models.ForeignKey(CaseDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to=case_file_path)
    filename = models.CharField(_("file name"), max_length=150)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    pages = models.PositiveIntegerField(_("pages of a PDF"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ("document", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=("document", "number"), name="governance_documentversion_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.number}"


class Consultation(TimeStamped):
    """A question to municipalities on a case, with a last day for answers."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    question = models.TextField(_("question"))
    last_day = models.DateField(_("last day for answers"))

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.last_day}"


class ConsultationAnswer(TimeStamped):
    """What a municipality answers; empty until it has."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("answer to a consultation")
        verbose_name_plural = _("answers to consultations")
        ordering = ("organisation__name",)
        constraints = [
            models.UniqueConstraint(
                fields=("consultation", "organisation"),
                name="governance_consultationanswer_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.organisation_id}"


triggers.guard("governance_casestep")
triggers.guard("governance_casedocumentversion")
