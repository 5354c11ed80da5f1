"""Meetings: their agenda, the frozen roll, motions, speakers, recusals and answers."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.models import TimeStamped
from governance import house_rules, serving
from governance.choices import (
    ELECTED_OFFICES,
    Answer,
    ItemKind,
    MeetingMode,
)
from governance.models.case import Case
from governance.models.council import Council
from governance.models.seat import Mandate, Seat
from governance.profiles import Profile, Voter
from governance.querysets import AnswerQuerySet, ItemQuerySet, MeetingQuerySet
from governance.querysets_polls import RollPersonQuerySet
from governance.states import ITEMS_IN_HAND, ItemState, MeetingState
from members.models import Organisation, PersonName


class Meeting(TimeStamped):
    """A meeting of a body (sammanträde).

    `rules` are all settings of the body as they stood at the summons; `version` grows with every
    change in the room, so that a device knows whether it is in step.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.DRAFT
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends, as planned"))
    mode = models.CharField(
        _("how it is held"), max_length=8, choices=MeetingMode.choices, default=MeetingMode.BOTH
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to join at a distance"), blank=True, max_length=500)
    is_constituting = models.BooleanField(_("constituting meeting"), default=False)
    rules = models.JSONField(_("rules frozen at the summons"), default=dict, blank=True)
    summons_number = models.PositiveSmallIntegerField(_("number of summonses"), default=0)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    from_paper = models.BooleanField(_("held on paper, entered afterwards"), default=False)
    cancelled_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version of the room"), default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-starts_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="governance_meeting_state"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="governance_meeting_period"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="governance_meeting_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: {self.starts_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the address of the meeting's page."""
        return reverse("governance:meeting_detail", args=[self.council.slug, self.pk])

    @property
    def room_url(self) -> str:
        """The address of the meeting room."""
        return reverse("governance:room", args=[self.council.slug, self.pk])

    @property
    def held_on(self) -> date:
        """The local date of the meeting: of its opening, or as planned."""
        return timezone.localtime(self.opened_at or self.starts_at).date()

    @property
    def is_running(self) -> bool:
        """Whether the room is open, adjourned included."""
        return self.state in {MeetingState.OPEN, MeetingState.ADJOURNED}

    def profile(self) -> Profile:
        """Return the rules of this meeting: frozen at the summons, until then those of its day."""
        if self.rules:
            return house_rules.from_data(self.rules)
        return self.council.settings.profile_on(self.council, self.held_on)

    def body(self) -> serving.Body:
        """Return the frozen roll as the pure rules read it (two queries)."""
        people = list(self.roll_people.all())
        sitters = [row for row in people if row.roll_seat_id]
        seat_of = {row.pk: row for row in self.roll.all()}
        chairs = sorted((row for row in people if not row.roll_seat_id), key=lambda r: r.position)
        return serving.Body(
            places=tuple(
                serving.Place(row.seat_id, row.starts_on, row.ends_on, row.weight)
                for row in seat_of.values()
            ),
            sitters=tuple(
                serving.Sitter(
                    row.person_id,
                    seat_of[row.roll_seat_id].seat_id,
                    row.position,
                    row.starts_on,
                    row.ends_on,
                )
                for row in sitters
            ),
            chairs=tuple(row.person_id for row in chairs),
        )

    def room(self, at: datetime | None = None) -> serving.Room:
        """Return who serves, presides and is recused, now or as it was at a moment."""
        steps = self.events.all().steps()
        if at is not None:
            steps = [step for step in steps if step.at <= at]
        return serving.room_after(self.body(), steps, self.conduct())

    def conduct(self) -> serving.Conduct:
        """Return the rules that steer the room."""
        rules = self.profile()
        return serving.Conduct(
            quorum=rules.quorum,
            quorum_relaxed_by_recusal=rules.quorum_relaxed_by_recusal,
            may_return_same_day=rules.may_return_same_day,
            chair_without_seat=rules.chair_without_seat,
            seats_each=max(1, rules.proxy_limit) if rules.voter == Voter.MEMBER else 1,
        )


class RollSeat(models.Model):
    """A seat on the roll of a meeting (röstlängd), frozen when it is opened."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="roll")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveIntegerField(_("weight"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True)

    class Meta:
        verbose_name = _("seat on the roll")
        verbose_name_plural = _("roll")
        ordering = ("organisation__name", "seat")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "seat"), name="governance_rollseat_unique")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.seat_id}"


class RollPerson(models.Model):
    """A person with a mandate on a seat of the roll, or an office of the body, as frozen.

    `position` as in Mandate; an office has no roll seat, and its position is its order: chair 0,
    vice chairs 1 and on. A delegate of a general meeting is there by a `proxy` and no mandate.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="roll_people")
    roll_seat = models.ForeignKey(
        RollSeat, null=True, on_delete=models.PROTECT, related_name="people"
    )
    mandate = models.ForeignKey(Mandate, null=True, on_delete=models.PROTECT, related_name="+")
    proxy = models.ForeignKey(
        "governance.DelegateProxy", null=True, on_delete=models.PROTECT, related_name="+"
    )
    office = models.CharField(_("office"), max_length=12, blank=True)
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="roll_rows")
    position = models.PositiveIntegerField(_("order"), default=0)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True)

    objects = RollPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person on the roll")
        verbose_name_plural = _("persons on the roll")
        ordering = ("roll_seat", "position")
        constraints = [
            models.CheckConstraint(
                condition=Q(roll_seat__isnull=False) ^ ~Q(office=""),
                name="governance_rollperson_seat_or_office",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person_id}"


class AgendaItem(TimeStamped):
    """A point on the agenda of a meeting; its § is given when it is opened and never reused."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("place on the agenda"))
    kind = models.CharField(
        _("kind"), max_length=12, choices=ItemKind.choices, default=ItemKind.DECISION
    )
    title = models.CharField(_("heading"), max_length=200)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    proposal = models.JSONField(_("proposal to decision, att-clauses"), default=list, blank=True)
    positions = models.PositiveSmallIntegerField(_("places to fill"), default=1)
    chooses_adjusters = models.BooleanField(_("choice of adjusters"), default=False)
    elects_to = models.CharField(
        _("office of the body that is elected"),
        max_length=12,
        blank=True,
        choices=ELECTED_OFFICES,
        help_text=_("Who is elected holds the office from the day of the decision."),
    )
    minutes_planned = models.PositiveSmallIntegerField(_("estimated minutes"), default=10)
    rapporteur = models.CharField(_("rapporteur (function)"), max_length=120, blank=True)
    is_closed = models.BooleanField(
        _("behind closed doors"),
        default=False,
        help_text=_("Only those who sit on the body see the content."),
    )
    closed_reason = models.CharField(_("reason of the closed doors"), max_length=250, blank=True)
    state = models.CharField(
        _("state"), max_length=14, choices=ItemState.choices, default=ItemState.CONFIRMED
    )
    paragraph = models.PositiveIntegerField(_("paragraph"), null=True, blank=True)
    paragraph_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ("meeting", "position")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values), name="governance_item_state"
            ),
            models.CheckConstraint(
                condition=Q(elects_to="")
                | Q(elects_to__in=dict(ELECTED_OFFICES), kind=ItemKind.ELECTION),
                name="governance_item_elects_to",
            ),
            models.UniqueConstraint(
                fields=("council", "paragraph_year", "paragraph"),
                name="governance_item_paragraph_unique",
            ),
            models.UniqueConstraint(
                fields=("meeting",),
                condition=Q(state__in=ITEMS_IN_HAND),
                name="governance_item_one_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(paragraph__isnull=True, paragraph_year__isnull=True)
                | Q(paragraph__isnull=False, paragraph_year__isnull=False),
                name="governance_item_paragraph_year",
            ),
            models.CheckConstraint(
                condition=Q(is_closed=False) | ~Q(closed_reason=""),
                name="governance_item_closed_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_paragraph(self) -> bool:
        """Whether the item gets a § when it is opened; formalities do not."""
        return self.kind != ItemKind.FORMALITY

    @property
    def is_in_hand(self) -> bool:
        """Whether the item is being handled now."""
        return self.state in ITEMS_IN_HAND

    @property
    def is_noted_only(self) -> bool:
        """Whether the item is closed without a decision."""
        return self.kind in {ItemKind.FORMALITY, ItemKind.INFORMATION}


class MeetingAnswer(TimeStamped):
    """What a summoned person answers; `called` says that a substitute was asked to come instead."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices)
    called = models.ForeignKey(
        PersonName, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "person"), name="governance_answer_unique"),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="governance_answer_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person_id} {self.answer}"


class ItemNote(TimeStamped):
    """A person's own note on an agenda item; nobody else ever sees it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="notes")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="item_notes"
    )
    text = models.TextField(_("note"))

    class Meta:
        verbose_name = _("personal note")
        verbose_name_plural = _("personal notes")
        constraints = [
            models.UniqueConstraint(fields=("item", "user"), name="governance_itemnote_unique")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.user_id}"


triggers.guard("governance_rollseat")
triggers.guard("governance_rollperson")
