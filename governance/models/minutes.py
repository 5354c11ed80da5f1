"""Minutes: their text, the versions that are signed, the signatures, and what comes after."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.models import TimeStamped
from governance.choices import SignerRole
from governance.minutes_states import FROZEN_MINUTES, MinutesState
from governance.models.decision import Decision
from governance.models.meeting import AgendaItem, Meeting
from governance.querysets_minutes import (
    MinutesQuerySet,
    MinutesVersionQuerySet,
    RectificationQuerySet,
)
from members.models import Organisation, PersonName


class Minutes(TimeStamped):
    """The minutes of a meeting: generated from what happened, with prose that is written here."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(
        _("state"), max_length=14, choices=MinutesState.choices, default=MinutesState.DRAFT
    )
    secretary = models.ForeignKey(PersonName, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("place of the adjustment"), max_length=200, blank=True)
    adjusted_at = models.DateTimeField(_("adjusted"), null=True, blank=True)
    adjusted_by_decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes of meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MinutesState.values), name="governance_minutes_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FROZEN_MINUTES, adjusted_at__isnull=False)
                | (Q(adjusted_at__isnull=True) & ~Q(state__in=FROZEN_MINUTES)),
                name="governance_minutes_adjusted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """Return the address of the minutes."""
        return reverse("governance:minutes", args=[self.meeting.council.slug, self.meeting_id])

    @property
    def is_adjusted(self) -> bool:
        """Whether text, votes, presence and annexes are frozen."""
        return self.state in FROZEN_MINUTES

    @property
    def due_on(self) -> date:
        """The last day for adjusting: 14 days after the meeting unless the body says otherwise."""
        return self.meeting.held_on + timedelta(days=self.meeting.profile().adjustment_days)

    def is_overdue(self, today: date | None = None) -> bool:
        """Return whether the minutes are late: from day 15 (kommunallagen 5:69)."""
        return not self.is_adjusted and (today or timezone.localdate()) > self.due_on


class MinutesText(TimeStamped):
    """Prose of the secretary: on a §, or as an introduction when no item is named."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="texts")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="minutes_texts"
    )
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("text of minutes")
        verbose_name_plural = _("texts of minutes")
        constraints = [
            models.UniqueConstraint(
                fields=("minutes", "item"), name="governance_minutestext_unique"
            ),
            models.UniqueConstraint(
                fields=("minutes",),
                condition=Q(item__isnull=True),
                name="governance_minutestext_introduction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.item_id}"


class MinutesVersion(models.Model):
    """Minutes exactly as they were sent for adjustment; the row never changes.

    `content` is the whole text as data with a salt for each field that may be hidden, `sha256`
    its checksum (governance.commitments): what is signed is what was read. A version of one
    `item` is a § that is adjusted at once. `signers` says who signs which items in which role.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ("minutes", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=("minutes", "number"), name="governance_minutesversion_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}/{self.number}"


class MinutesSigner(TimeStamped):
    """Who must sign a version, in which role and for which §§.

    A substitute who steps in `replaces` the adjuster that could not sign, with the reason.
    """

    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="signers")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("as"), max_length=10, choices=SignerRole.choices)
    items = models.JSONField(_("items"), default=list)
    is_excused = models.BooleanField(_("replaced by a substitute"), default=False)
    reason = models.CharField(_("why a substitute signs"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("signer of minutes")
        verbose_name_plural = _("signers of minutes")
        ordering = ("version", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "person", "role"), name="governance_minutessigner_unique"
            ),
            models.CheckConstraint(
                condition=Q(role__in=SignerRole.values), name="governance_minutessigner_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.person_id} {self.role}"


class MinutesSignature(models.Model):
    """A person's signature on a version, with a second factor shown just before.

    Who steps in for an adjuster after having signed signs once more, for the §§ that were added.
    """

    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("as"), max_length=10, choices=SignerRole.choices)
    items = models.JSONField(_("items"), default=list)
    sha256 = models.CharField(_("checksum that was read"), max_length=64)
    signed_at = models.DateTimeField(_("signed"))
    second_factor_at = models.DateTimeField(_("second factor shown"))

    class Meta:
        verbose_name = _("signature on minutes")
        verbose_name_plural = _("signatures on minutes")
        ordering = ("version", "signed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "person", "role"),
                condition=~Q(role=SignerRole.ADJUSTER),
                name="governance_minutessignature_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=SignerRole.values), name="governance_minutessignature_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.person_id}"


class MinutesRemark(TimeStamped):
    """Why somebody who adjusts sent a version back; destroyed when the minutes are adjusted."""

    version = models.ForeignKey(MinutesVersion, on_delete=models.CASCADE, related_name="remarks")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("remark"))

    class Meta:
        verbose_name = _("remark on minutes")
        verbose_name_plural = _("remarks on minutes")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.version_id}: {self.person_id}"


class AdjustedParagraph(models.Model):
    """That a § has been adjusted, in which version, and its own checksum; never changed.

    From this moment the § is open to its readers and frozen.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="adjusted")
    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="paragraphs")
    sha256 = models.CharField(_("checksum"), max_length=64)
    adjusted_at = models.DateTimeField(_("adjusted"))
    immediately = models.BooleanField(_("adjusted at once"), default=False)

    class Meta:
        verbose_name = _("adjusted paragraph")
        verbose_name_plural = _("adjusted paragraphs")

    def __str__(self) -> str:
        return str(self.item_id)


class Rectification(models.Model):
    """A note appended to adjusted minutes about a slip of the pen (rättelse); never changed.

    The original stays readable. Anything of substance needs a new decision (rules.md 1.7).
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="rectifications")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="rectifications"
    )
    stood = models.TextField(_("what stood"))
    shall_stand = models.TextField(_("what shall stand"))
    reason = models.TextField(_("reason"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    decided_on = models.DateField(_("date of the decision"))
    recorded_at = models.DateTimeField(_("entered"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification")
        verbose_name_plural = _("rectifications")
        ordering = ("recorded_at", "pk")

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.decided_on}"

    def content(self) -> dict[str, object]:
        """Return the rectification as the ledger and every export say it."""
        return {
            "id": self.pk,
            "meeting": self.minutes.meeting_id,
            "item": self.item_id,
            "stood": self.stood,
            "shall_stand": self.shall_stand,
            "reason": self.reason,
            "decided_by": self.decided_by,
            "decided_on": self.decided_on.isoformat(),
        }


class Notice(TimeStamped):
    """A notice on a board that minutes, or one § of them, are adjusted (bevis om anslag).

    A joint committee has one for the board of each member municipality; the time of appeal runs
    from when it is up on all (kommunallagen 8:12, 9:32, 13:5).
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="notices")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    board = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    put_up_on = models.DateField(_("put up"))
    taken_down_on = models.DateField(_("taken down"), null=True, blank=True)
    kept_at = models.CharField(_("where the minutes are kept"), max_length=200)
    put_up_by = models.ForeignKey(PersonName, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("put_up_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("minutes", "item", "board"), name="governance_notice_unique"
            ),
            models.UniqueConstraint(
                fields=("minutes",),
                condition=Q(item__isnull=True, board__isnull=True),
                name="governance_notice_own_board",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True) | Q(taken_down_on__gt=F("put_up_on")),
                name="governance_notice_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.put_up_on}"


for table in ("minutesversion", "minutessignature", "adjustedparagraph", "rectification"):
    triggers.guard(f"governance_{table}")
