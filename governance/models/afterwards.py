"""What follows a decision: reservations, its legal life, follow-up, extracts; and sent heads."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.models import OutboxMessage, TimeStamped
from governance.choices import DissentKind
from governance.minutes_states import DecisionState, FollowUpState
from governance.models.council import Council
from governance.models.decision import Decision
from governance.models.meeting import AgendaItem, Meeting
from governance.models.minutes import MinutesVersion
from governance.querysets_minutes import DeliveryQuerySet, DissentQuerySet, FollowUpQuerySet
from members.models import Organisation, PersonName


def extract_path(instance: Any, filename: str) -> str:
    """Return where an extract is stored; the name says nothing of its content."""
    return f"governance/extracts/{instance.item_id}/{uuid.uuid4().hex}.pdf"


class Dissent(TimeStamped):
    """A reservation against a decision, or a statement beside it (rules.md 1.5).

    Announced before the meeting closes; the written reasons may follow until adjustment. Who spoke
    for several members announces it for `organisation` and `also_for` the others.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="dissents")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    also_for = models.ManyToManyField(Organisation, related_name="+", blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=DissentKind.choices)
    announced_at = models.DateTimeField(_("announced"))
    text = models.TextField(_("reasons"), blank=True)

    objects = DissentQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation or statement")
        verbose_name_plural = _("reservations and statements")
        ordering = ("announced_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("item", "person", "kind"), name="governance_dissent_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DissentKind.values), name="governance_dissent_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.person_id} {self.kind}"

    @property
    def members(self) -> str:
        """The names of the members it is announced for, parted by commas; empty for none."""
        first = [self.organisation] if self.organisation else []
        return ", ".join(str(one) for one in [*first, *self.also_for.all()])


class DecisionStatus(TimeStamped):
    """Where an adjusted decision is in its legal life; one that has no row is not adjusted."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="status")
    state = models.CharField(
        _("state"), max_length=16, choices=DecisionState.choices, default=DecisionState.TAKEN
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    appealable_to = models.DateField(_("last day of appeal"), null=True, blank=True)
    successor = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        verbose_name = _("state of a decision")
        verbose_name_plural = _("states of decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DecisionState.values), name="governance_decisionstatus_state"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="governance_decisionstatus_period",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.REPLACED, successor__isnull=False)
                | ~Q(state=DecisionState.REPLACED) & Q(successor__isnull=True),
                name="governance_decisionstatus_successor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.state}"


class FollowUp(TimeStamped):
    """Who sees that a decision is carried out, by when, and how far it has come."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="follow_up")
    owner = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(_("due"))
    state = models.CharField(
        _("state"), max_length=12, choices=FollowUpState.choices, default=FollowUpState.NOT_BEGUN
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FollowUpState.values), name="governance_followup_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.due_on}"


class FollowUpReport(models.Model):
    """What the body was told of a decision's execution; never changed."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("report"))
    state = models.CharField(_("state"), max_length=12, choices=FollowUpState.choices)
    reported_at = models.DateTimeField(_("reported"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("report of a follow-up")
        verbose_name_plural = _("reports of follow-ups")
        ordering = ("reported_at", "pk")

    def __str__(self) -> str:
        return f"{self.follow_up_id}: {self.reported_at:%Y-%m-%d}"


class Recipient(TimeStamped):
    """Somebody a § is dispatched to (expedieras till); the name is printed, the address is not.

    `organisation` is the one that the address belongs to, when it is known: then whoever acts
    for it confirms too.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recipients")
    name = models.CharField(_("recipient"), max_length=150)
    email = models.EmailField(_("e-mail"))
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("item", "email"), name="governance_recipient_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Extract(models.Model):
    """An extract from the minutes (protokollsutdrag): one adjusted §, certified; never changed."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="extracts")
    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    certified_by = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    certified_at = models.DateTimeField(_("certified"))
    sha256 = models.CharField(_("checksum of the PDF"), max_length=64)
    file = models.FileField(_("file (PDF)"), upload_to=extract_path)

    class Meta:
        verbose_name = _("extract")
        verbose_name_plural = _("extracts")
        ordering = ("item", "number")
        constraints = [
            models.UniqueConstraint(fields=("item", "number"), name="governance_extract_number")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.number}"


class ExtractDelivery(TimeStamped):
    """An extract on its way: sent, delivered and confirmed are separate facts.

    Sent is the row itself; delivered is what the outbox row says; confirmed is what the
    recipient has answered.
    """

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="deliveries")
    sent_at = models.DateTimeField(_("sent"))
    message = models.ForeignKey(
        OutboxMessage, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)
    confirmed_how = models.CharField(_("how it was confirmed"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of an extract")
        verbose_name_plural = _("deliveries of extracts")
        ordering = ("recipient__name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("extract", "recipient"), name="governance_extractdelivery_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.extract_id}: {self.recipient_id}"

    def get_absolute_url(self) -> str:
        """Return the address where the recipient confirms."""
        return reverse("governance:extract_receipt", args=[self.pk])

    @property
    def delivered_at(self) -> datetime | None:
        """When the recipient's mail server took it."""
        return self.message.sent_at if self.message else None


class SentHead(models.Model):
    """The head of a body's ledger as it left the system at the close of a meeting."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sent_heads")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="sent_head")
    number = models.PositiveIntegerField(_("number of the entry"))
    hash = models.CharField(_("hash"), max_length=64)
    sent_at = models.DateTimeField(_("sent"))
    recipients = models.PositiveIntegerField(_("number of recipients"))

    class Meta:
        verbose_name = _("head that was sent out")
        verbose_name_plural = _("heads that were sent out")
        ordering = ("council", "number")

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"


for table in ("followupreport", "extract", "senthead"):
    triggers.guard(f"governance_{table}")
