"""What a participation's record holds: decisions, signing authority, documents, contacts."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.joining_states import Side
from catalogue.querysets_joining import AuthorityQuerySet, RecordQuerySet
from catalogue.record_states import ContactRole, DocumentKind, Retention
from core.models import TimeStamped
from members.models import Organisation

PARTICIPATION = "catalogue.Participation"


def document_path(instance: models.Model, filename: str) -> str:
    """Return where a file is kept: a name that tells nothing and cannot be guessed."""
    suffix = filename.rsplit(".", 1)[-1].lower() if "." in filename else "bin"
    return f"anslutningar/{uuid.uuid4().hex}.{suffix[:5]}"


class JoiningDocument(models.Model):
    """A file on a participation's record; it leaves the site through our own view alone."""

    participation = models.ForeignKey(
        PARTICIPATION, on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind.choices)
    title = models.CharField(_("title"), max_length=200)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    file = models.FileField(_("file"), upload_to=document_path)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    retention = models.CharField(_("retention"), max_length=10, choices=Retention.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("document on a participation")
        verbose_name_plural = _("documents on participations")
        ordering = ("kind", "version", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("participation", "kind", "title", "version"),
                name="catalogue_joiningdocument_version",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the file."""
        return f"/anslutningar/{self.participation_id}/dokument/{self.pk}/"


class JoiningDecision(models.Model):
    """The municipality's own decision to join: by whom, when, under which number, on what paper.

    The latest row counts; an earlier one stays as history.
    """

    participation = models.ForeignKey(
        PARTICIPATION, on_delete=models.PROTECT, related_name="decisions"
    )
    body = models.CharField(_("body or delegate"), max_length=120)
    by_delegation = models.BooleanField(_("decided by delegation"), default=False)
    decided_on = models.DateField(_("date of the decision"))
    registry_number = models.CharField(_("registry number"), max_length=60)
    document = models.ForeignKey(
        JoiningDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    announced_on = models.DateField(
        _("minutes announced on the notice board"), null=True, blank=True
    )
    final_on = models.DateField(_("gained legal force on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision to join")
        verbose_name_plural = _("decisions to join")
        ordering = ("recorded_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True) | Q(announced_on__gte=F("decided_on")),
                name="catalogue_joiningdecision_announced",
            ),
            models.CheckConstraint(
                condition=Q(final_on__isnull=True) | Q(final_on__gte=F("decided_on")),
                name="catalogue_joiningdecision_final",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on}"


class SigningAuthority(TimeStamped):
    """Who may sign for an organisation, as a registered decision or delegation says.

    `signatories` is how many must sign together; `limit` the highest agreement amount in öre that
    it covers, None without limit; both days inclusive.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="signing_authorities"
    )
    ground = models.CharField(_("decision or delegation"), max_length=200)
    registry_number = models.CharField(_("registry number"), max_length=60, blank=True)
    signatories = models.PositiveSmallIntegerField(_("number who sign together"), default=2)
    limit = models.BigIntegerField(_("highest amount (öre)"), null=True, blank=True)
    starts_on = models.DateField(_("valid from"))
    ends_on = models.DateField(_("valid through"), null=True, blank=True)
    file = models.FileField(_("document"), upload_to=document_path, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing authority")
        verbose_name_plural = _("signing authorities")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(signatories__range=(1, 9)), name="catalogue_signingauthority_number"
            ),
            models.CheckConstraint(
                condition=Q(limit__isnull=True) | Q(limit__gte=0),
                name="catalogue_signingauthority_limit",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="catalogue_signingauthority_period",
            ),
        ]

    def __str__(self) -> str:
        return self.ground


class JoiningContact(TimeStamped):
    """Who answers for one thing in a participation; a function mailbox rather than a person."""

    participation = models.ForeignKey(
        PARTICIPATION, on_delete=models.PROTECT, related_name="contacts"
    )
    role = models.CharField(_("answers for"), max_length=16, choices=ContactRole.choices)
    function = models.CharField(_("function"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    reference = models.CharField(_("invoice reference"), max_length=60, blank=True)
    peppol_id = models.CharField(_("Peppol id"), max_length=60, blank=True)
    reviewed_on = models.DateField(_("last looked through"))
    is_example = models.BooleanField(_("example"), default=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact of a participation")
        verbose_name_plural = _("contacts of participations")
        ordering = ("role",)
        constraints = [
            models.UniqueConstraint(
                fields=("participation", "role"), name="catalogue_joiningcontact_one_per_role"
            ),
            models.CheckConstraint(
                condition=Q(role__in=ContactRole.values), name="catalogue_joiningcontact_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.function}"


class Acceptance(models.Model):
    """The municipality accepts what was delivered; without it nothing is taken into use."""

    participation = models.OneToOneField(
        PARTICIPATION, on_delete=models.PROTECT, related_name="acceptance"
    )
    accepted_on = models.DateField(_("accepted on"))
    remarks = models.TextField(_("remarks"), blank=True)
    document = models.ForeignKey(
        JoiningDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance record")
        verbose_name_plural = _("acceptance records")

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.accepted_on}"


class Termination(models.Model):
    """Notice to end a participation, and what is left to do until it is closed.

    A withdrawn termination stays as history; at most one is in force. Each side's word that it
    agrees to the withdrawal is kept with its day.
    """

    participation = models.ForeignKey(
        PARTICIPATION, on_delete=models.PROTECT, related_name="terminations"
    )
    received_on = models.DateField(_("notice received on"))
    ends_on = models.DateField(_("last day"))
    notice = models.ForeignKey(
        JoiningDocument,
        verbose_name=_("written notice"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Missing only for a participation taken over."),
    )
    reason = models.TextField(_("reason"), blank=True)
    given_by = models.CharField(
        _("given by"), max_length=12, choices=Side.choices, default=Side.MUNICIPALITY
    )
    municipality_withdraws_on = models.DateField(null=True, blank=True)
    office_withdraws_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    data_returned_on = models.DateField(_("data returned on"), null=True, blank=True)
    deletion_certified_on = models.DateField(_("deletion certified on"), null=True, blank=True)
    deletion_certificate = models.ForeignKey(
        JoiningDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accounts_closed_on = models.DateField(_("accounts closed on"), null=True, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settlement = models.BigIntegerField(_("final settlement (öre)"), null=True, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("termination")
        verbose_name_plural = _("terminations")
        ordering = ("received_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("participation",),
                condition=Q(withdrawn_on__isnull=True),
                name="catalogue_termination_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("received_on")), name="catalogue_termination_period"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | (
                    Q(municipality_withdraws_on__isnull=False)
                    & Q(office_withdraws_on__isnull=False)
                ),
                name="catalogue_termination_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(deletion_certified_on__isnull=True)
                | Q(deletion_certificate__isnull=False),
                name="catalogue_termination_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.ends_on}"
