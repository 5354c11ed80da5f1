"""What belongs to an item while it is handled: motions, speakers, recusals; and the adjusters."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import TimeStamped
from governance.choices import (
    FORMAL_MOTIONS,
    MotionKind,
    RecusalState,
    RefusalGround,
    SpeakerState,
)
from governance.models.meeting import AgendaItem, Meeting
from governance.querysets import MotionQuerySet
from governance.states import MotionState
from members.models import Organisation, PersonName

ELECTION_WORDS = {
    MotionState.CARRIED: pgettext_lazy("nominee", "Elected"),
    MotionState.REJECTED: pgettext_lazy("nominee", "Not elected"),
}


class Motion(TimeStamped):
    """What a member moves on an item (yrkande); its text never changes once made."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=MotionKind.choices)
    text = models.TextField(_("wording"), blank=True)
    mover = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    nominee = models.ForeignKey(
        PersonName,
        verbose_name=_("nominated to an office"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MotionState.choices, default=MotionState.MADE
    )
    refusal_ground = models.CharField(
        _("ground of the refusal"), max_length=10, blank=True, choices=RefusalGround.choices
    )
    refusal = models.CharField(_("why it was refused"), max_length=300, blank=True)

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        ordering = ("item", "number")
        constraints = [
            models.UniqueConstraint(fields=("item", "number"), name="governance_motion_number"),
            models.CheckConstraint(
                condition=Q(kind__in=MotionKind.values), name="governance_motion_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MotionState.values), name="governance_motion_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.number} {self.kind}"

    @property
    def outcome(self) -> str:
        """Return what became of the motion in words: who is nominated is elected, or is not."""
        if self.kind == MotionKind.NOMINATE and self.state in ELECTION_WORDS:
            return str(ELECTION_WORDS[self.state])
        return str(MotionState(self.state).label)

    @property
    def is_formal(self) -> bool:
        """Whether the motion is about when to decide, not what."""
        return self.kind in FORMAL_MOTIONS


class SpeakerRequest(TimeStamped):
    """A wish to speak on an item; a reply goes before the list."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    is_reply = models.BooleanField(_("reply"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=SpeakerState.choices, default=SpeakerState.WAITING
    )
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ("item", "-is_reply", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("item", "person"),
                condition=Q(state=SpeakerState.WAITING),
                name="governance_speaker_waits_once",
            ),
            models.UniqueConstraint(
                fields=("item",),
                condition=Q(state=SpeakerState.SPEAKING),
                name="governance_one_speaker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.person_id}"


class Recusal(TimeStamped):
    """A person's jäv in an item, announced before or at the meeting (rules.md 1.5).

    `called` is the substitute who was asked to serve, when it was announced before the meeting.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(_("ground"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=RecusalState.choices, default=RecusalState.ANNOUNCED
    )
    called = models.ForeignKey(
        PersonName, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.UniqueConstraint(fields=("item", "person"), name="governance_recusal_unique"),
            models.CheckConstraint(
                condition=Q(state__in=RecusalState.values), name="governance_recusal_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.person_id}"


class Adjuster(TimeStamped):
    """A person chosen at the meeting to adjust its minutes, or to stand in for one who does."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="adjusters")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    is_substitute = models.BooleanField(_("substitute"), default=False)

    class Meta:
        verbose_name = _("adjuster")
        verbose_name_plural = _("adjusters")
        ordering = ("is_substitute", "pk")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "person"), name="governance_adjuster_unique")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person_id}"
