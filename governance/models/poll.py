"""Polls (voteringar): the order of the propositions, what is put, the rule and the result.

The database itself refuses what the rules forbid (governance.models.poll_guards).
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from governance.choices import PollQuestion
from governance.models.case import Case
from governance.models.council import Council
from governance.models.decision import Decision
from governance.models.meeting import AgendaItem, Meeting
from governance.models.seat import Seat
from governance.poll_input import PollKind
from governance.polls import Base, Choice, Rule, RuleType
from governance.querysets_polls import PollQuerySet
from governance.states import PollState
from members.models import PersonName

VIEWS = [Choice.YES.value, Choice.NO.value]


class PropositionOrder(models.Model):
    """The order in which proposals are put (propositionsordning), approved by the meeting.

    `main` is the main proposal and `contenders` the others, by key: "proposal", "reject",
    "today" or "motion-<number>". n proposals give n - 1 polls (governance.propositions).
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="poll_orders")
    question = models.CharField(_("question"), max_length=12, choices=PollQuestion.choices)
    main = models.CharField(_("main proposal"), max_length=40)
    contenders = models.JSONField(_("the other proposals"), default=list)
    approved_at = models.DateTimeField(_("approved"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("order of propositions")
        verbose_name_plural = _("orders of propositions")
        ordering = ("item", "pk")

    def __str__(self) -> str:
        return f"{self.item_id}: {self.main}"


class Poll(TimeStamped):
    """A poll: what yes and no mean, the rule, and where it is.

    All but its state and result is fixed once it is open. `result` is what the pure count gave
    (governance.recounting). Per capsulam there is no meeting: a case and a deadline instead.
    """

    public_id = models.UUIDField(_("identity in the ledger"), default=uuid.uuid4, unique=True)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="polls")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="polls"
    )
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="polls"
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="polls"
    )
    order = models.ForeignKey(
        PropositionOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="polls"
    )
    step = models.PositiveSmallIntegerField(_("step of the order"), default=1)
    number = models.PositiveSmallIntegerField(_("number within the item"), default=1)
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=[
            (PollKind.MATTER.value, _("Matter")),
            (PollKind.ELECTION.value, _("Election")),
        ],
        default=PollKind.MATTER.value,
    )
    question = models.CharField(_("what it settles"), max_length=12, choices=PollQuestion.choices)
    title = models.CharField(_("question"), max_length=300)
    yes_key = models.CharField(_("yes stands for"), max_length=40, blank=True)
    no_key = models.CharField(_("no stands for"), max_length=40, blank=True)
    yes_means = models.TextField(_("a yes means"), blank=True)
    no_means = models.TextField(_("a no means"), blank=True)
    clauses = models.JSONField(_("att-clauses, per capsulam"), default=list, blank=True)
    candidates = models.JSONField(_("candidates"), default=list, blank=True)
    positions = models.PositiveSmallIntegerField(_("places to fill"), default=1)
    is_secret = models.BooleanField(_("secret"), default=False)
    must_choose = models.BooleanField(_("abstaining is not allowed"), default=False)
    rule_type = models.CharField(
        _("rule"),
        max_length=10,
        choices=[
            (RuleType.SIMPLE.value, _("Simple majority")),
            (RuleType.ABSOLUTE.value, _("More than half")),
            (RuleType.QUALIFIED.value, _("Qualified majority")),
            (RuleType.UNANIMOUS.value, _("Unanimity")),
            (RuleType.MINORITY.value, _("A minority may postpone")),
        ],
        default=RuleType.SIMPLE.value,
    )
    numerator = models.PositiveSmallIntegerField(_("numerator"), null=True, blank=True)
    denominator = models.PositiveSmallIntegerField(_("denominator"), null=True, blank=True)
    base = models.CharField(
        _("of what"),
        max_length=8,
        blank=True,
        choices=[
            (Base.CAST.value, _("of the votes cast")),
            (Base.PRESENT.value, _("of those present")),
            (Base.ALL.value, _("of all")),
        ],
    )
    quorum = models.BooleanField(_("quorum is checked"), default=True)
    casting_vote = models.BooleanField(_("the chair has a casting vote"), default=True)
    double_majority = models.BooleanField(_("double majority"), default=False)
    per_capsulam = models.BooleanField(_("without a meeting"), default=False)
    deadline_at = models.DateTimeField(_("last time to answer"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("seats"), default=0)
    vacancies = models.PositiveIntegerField(_("vacant seats"), default=0)
    requested_by = models.ForeignKey(
        PersonName, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(_("requested"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    chair_seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chair = models.ForeignKey(
        PersonName, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chair_view = models.CharField(
        _("what a chair without a seat supports"), max_length=3, blank=True
    )
    state = models.CharField(
        _("state"), max_length=14, choices=PollState.choices, default=PollState.REQUESTED
    )
    result = models.JSONField(_("result"), null=True, blank=True)
    winner = models.CharField(_("what won"), max_length=40, blank=True)
    invalid_reason = models.CharField(_("why it is invalid"), max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="polls"
    )

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering = ("council", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting",),
                condition=Q(state=PollState.OPEN),
                name="governance_poll_one_open",
            ),
            models.UniqueConstraint(fields=("item", "number"), name="governance_poll_number"),
            models.CheckConstraint(
                condition=Q(state__in=PollState.values), name="governance_poll_state"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PollKind]), name="governance_poll_kind"
            ),
            models.CheckConstraint(
                condition=Q(rule_type__in=[rule.value for rule in RuleType]),
                name="governance_poll_rule",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(kind=PollKind.ELECTION.value, per_capsulam=False),
                name="governance_poll_secret_elections",
            ),
            models.CheckConstraint(
                condition=Q(per_capsulam=True, meeting__isnull=True, case__isnull=False)
                | Q(per_capsulam=False, meeting__isnull=False, item__isnull=False),
                name="governance_poll_place",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(denominator__gte=1, numerator__lte=F("denominator")),
                name="governance_poll_fraction",
            ),
            models.CheckConstraint(
                condition=Q(chair_view__in=["", *VIEWS]), name="governance_poll_chair_view"
            ),
            models.CheckConstraint(
                condition=~Q(state=PollState.INVALID) | ~Q(invalid_reason=""),
                name="governance_poll_invalid_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="governance_poll_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the poll."""
        return reverse("governance:poll_detail", args=[self.council.slug, self.pk])

    @property
    def rule(self) -> Rule:
        """The rule as the count reads it."""
        return Rule(
            RuleType(self.rule_type),
            self.numerator,
            self.denominator,
            Base(self.base) if self.base else None,
        )

    @property
    def is_election(self) -> bool:
        """Whether persons are elected."""
        return self.kind == PollKind.ELECTION.value

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken."""
        return self.state == PollState.OPEN

    def terms(self) -> dict[str, object]:
        """Return what is fixed when the poll opens, as the ledger says it."""
        return {
            "kind": self.kind,
            "question": self.question,
            "title": self.title,
            "yes": self.yes_means,
            "no": self.no_means,
            "clauses": self.clauses,
            "candidates": self.candidates,
            "positions": self.positions,
            "secret": self.is_secret,
            "must_choose": self.must_choose,
            "rule": {
                "type": self.rule_type,
                "numerator": self.numerator,
                "denominator": self.denominator,
                "base": self.base,
            },
            "quorum": self.quorum,
            "casting_vote": self.casting_vote,
            "double_majority": self.double_majority,
            "per_capsulam": self.per_capsulam,
            "seats": self.seats,
            "vacancies": self.vacancies,
        }
