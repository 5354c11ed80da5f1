"""Agreements: their templates, numbered versions, signatures, and changes of sub-processors."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, RevisionMixin

from catalogue.models.dossier import SigningAuthority, document_path
from catalogue.querysets_joining import AgreementQuerySet, AgreementTemplateQuerySet, RecordQuerySet
from catalogue.record_states import (
    AgreementKind,
    AgreementState,
    ChangeOutcome,
    ObjectionAnswer,
    SigningMethod,
)
from core import triggers
from core.models import TimeStamped
from members.models import Organisation

PARTICIPATION = "catalogue.Participation"


class AgreementTemplate(DraftStateMixin, RevisionMixin, TimeStamped):
    """The text of a kind of agreement, for one service or for all; edited in the CMS in versions.

    Text is Markdown. Names in square brackets are filled from the parties' data:
    [kommun], [organisationsnummer], [förening], [tjänst], [startdag], [uppsägningstid],
    [personuppgiftsansvarig], [personuppgiftsbiträde], [underbiträden].
    """

    service = models.ForeignKey(
        "catalogue.ServicePage",
        verbose_name=_("service; empty for all services"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreement_templates",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AgreementKind.choices)
    title = models.CharField(_("title"), max_length=150)
    version_name = models.CharField(_("name of the version"), max_length=40, default="1.0")
    body = models.TextField(_("text (Markdown)"))
    annexes = models.TextField(_("annexes (Markdown)"), blank=True)
    sla = models.TextField(_("service level (Markdown)"), blank=True)
    instruction = models.TextField(_("instruction on personal data (Markdown)"), blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = AgreementTemplateQuerySet.as_manager()

    panels = [
        FieldPanel("service"),
        FieldPanel("kind", required_on_save=True),
        FieldPanel("title", required_on_save=True),
        FieldPanel("version_name", required_on_save=True),
        FieldPanel("body", required_on_save=True),
        FieldPanel("annexes"),
        FieldPanel("sla"),
        FieldPanel("instruction"),
        FieldPanel("is_example"),
    ]

    class Meta:
        verbose_name = _("agreement template")
        verbose_name_plural = _("agreement templates")
        ordering = ("kind", "title")

    def __str__(self) -> str:
        return f"{self.title} ({self.version_name})"


class Agreement(TimeStamped):
    """One numbered version of an agreement between an organisation and the association.

    `content` is everything that the PDF is drawn from, copied when the version is made, so that a
    later change of template or parties changes nothing. From sending on the PDF is kept, and
    `sha256` is of exactly those bytes. One that was `taken_over` was signed before the product
    came: its PDF is the paper in hand, it has no content and no signatures here.
    """

    participation = models.ForeignKey(
        PARTICIPATION, on_delete=models.PROTECT, related_name="agreements"
    )
    counterparty = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements_as_association"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AgreementKind.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFT
    )
    title = models.CharField(_("title"), max_length=200)
    template_version = models.CharField(_("template"), max_length=200)
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    content = models.JSONField(_("content"))
    dated_on = models.DateField(_("date of the document"))
    agreed_start = models.DateField(_("agreed first day"), null=True, blank=True)
    amount = models.BigIntegerField(_("amount per year (öre)"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    renews = models.BooleanField(_("renewed unless terminated"), default=True)
    pdf = models.FileField(_("document"), upload_to=document_path, blank=True)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, blank=True)
    signed_pdf = models.FileField(
        _("document signed elsewhere"), upload_to=document_path, blank=True
    )
    signed_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed by both sides"), null=True, blank=True)
    taken_over = models.BooleanField(_("taken over"), default=False)
    is_example = models.BooleanField(_("example"), default=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("kind", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("participation", "kind", "number"), name="catalogue_agreement_number"
            ),
            models.UniqueConstraint(
                fields=("participation", "kind"),
                condition=Q(state=AgreementState.SENT),
                name="catalogue_agreement_one_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=AgreementState.DRAFT)
                | (~Q(sha256="") & ~Q(pdf="") & Q(sent_at__isnull=False)),
                name="catalogue_agreement_sent_is_fixed",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.SIGNED) | Q(signed_at__isnull=False),
                name="catalogue_agreement_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of the agreement's page."""
        return f"/anslutningar/{self.participation_id}/avtal/{self.pk}/"


class Signature(models.Model):
    """One signature on one version of an agreement: who, for whom, on which ground, when, how.

    `sha256` is of the exact PDF that was signed. Rows are never changed or deleted.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="signatures",
        help_text=_("Nobody for a signature given elsewhere."),
    )
    signatory_text = models.CharField(
        _("signatory, as the certificate says"), max_length=200, blank=True
    )
    authority = models.ForeignKey(
        SigningAuthority, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(_("ground"), max_length=250)
    signed_at = models.DateTimeField(_("time"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    method = models.CharField(_("method"), max_length=10, choices=SigningMethod.choices)
    evidence = models.JSONField(_("evidence"), default=dict)

    objects = models.Manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ("signed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("agreement", "signatory"),
                condition=Q(signatory__isnull=False),
                name="catalogue_signature_once",
            ),
            models.CheckConstraint(
                condition=Q(signatory__isnull=False) | ~Q(signatory_text=""),
                name="catalogue_signature_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.organisation_id}"


triggers.guard("catalogue_signature")


class SubProcessor(TimeStamped):
    """Who processes personal data of a service for the processor, during a period."""

    service = models.ForeignKey(
        "catalogue.ServicePage", on_delete=models.PROTECT, related_name="sub_processors"
    )
    name = models.CharField(_("name"), max_length=150)
    task = models.CharField(_("task"), max_length=200)
    country = models.CharField(_("country of processing"), max_length=80)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("through"), null=True, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("sub-processor")
        verbose_name_plural = _("sub-processors")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="catalogue_subprocessor_period",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SubProcessorChange(models.Model):
    """A new or replaced sub-processor, announced to all who have joined, with time to object.

    `outcome` is empty until the office has decided; what is carried through is written in the
    register (SubProcessor) by the same action.
    """

    service = models.ForeignKey(
        "catalogue.ServicePage", on_delete=models.PROTECT, related_name="sub_processor_changes"
    )
    text = models.TextField(_("what changes"))
    announced_on = models.DateField(_("announced on"))
    object_by = models.DateField(_("object no later than"))
    takes_effect_on = models.DateField(_("takes effect on"))
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(
        _("what became of it"), max_length=8, choices=ChangeOutcome.choices, blank=True
    )
    outcome_reason = models.TextField(_("reason"), blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("change of sub-processor")
        verbose_name_plural = _("changes of sub-processors")
        ordering = ("-announced_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(object_by__gt=F("announced_on"))
                & Q(takes_effect_on__gte=F("object_by")),
                name="catalogue_subprocessorchange_days",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True)
                | (Q(outcome__in=ChangeOutcome.values) & Q(decided_on__isnull=False)),
                name="catalogue_subprocessorchange_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.announced_on}"


class SubProcessorAnswer(models.Model):
    """One joined organisation's answer to a change of sub-processor; None until it has answered."""

    change = models.ForeignKey(SubProcessorChange, on_delete=models.PROTECT, related_name="answers")
    participation = models.ForeignKey(
        PARTICIPATION, on_delete=models.PROTECT, related_name="sub_processor_answers"
    )
    answer = models.CharField(
        _("answer"), max_length=8, choices=ObjectionAnswer.choices, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a changed sub-processor")
        verbose_name_plural = _("answers to changed sub-processors")
        constraints = [
            models.UniqueConstraint(
                fields=("change", "participation"), name="catalogue_subprocessoranswer_one"
            ),
            models.CheckConstraint(
                condition=~Q(answer=ObjectionAnswer.OBJECTS) | ~Q(reason=""),
                name="catalogue_subprocessoranswer_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.participation_id}"
