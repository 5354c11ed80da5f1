"""Who sits: seats of organisations, mandates of persons on them, offices of the body."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.models import TimeStamped
from governance.choices import OfficeKind
from governance.models.council import Council
from governance.querysets import MandateQuerySet, OfficeQuerySet, SeatQuerySet
from members.models import Organisation, PersonName

PERIOD = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


class Seat(TimeStamped):
    """A place in a body for an organisation that has chosen one, both days inclusive.

    Vacant seats count in the quorum. In a committee an organisation may have several seats. A
    seat that had not begun when its body was dissolved was cancelled, and never came to be.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(_("number among the organisation's seats"), default=1)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    participation_id = models.BigIntegerField(
        _("participation that gave the seat"), null=True, blank=True, db_index=True
    )
    cancelled_on = models.DateField(_("cancelled before it began"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ("council", "organisation__name", "number")
        constraints = [
            models.CheckConstraint(condition=PERIOD, name="governance_seat_period"),
            models.CheckConstraint(condition=Q(number__gte=1), name="governance_seat_number"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True)
                | Q(
                    cancelled_on__lt=F("starts_on"),
                    ends_on__isnull=False,
                    ends_on=F("starts_on"),
                ),
                name="governance_seat_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.council_id}"


class Mandate(TimeStamped):
    """A person's appointment to a seat, with the decision that made it; both days inclusive.

    `position` 0 is the ordinary member, 1 and on the substitutes in the order they are called.
    The database lets no two mandates with the same position on a seat share a day. The decision
    is named by whom, when, its number and the version on the body's shelf that holds it; a mandate
    without that document gives no vote.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="mandates")
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("0 is the ordinary member, 1 the first substitute.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    appointed_by = models.CharField(
        _("appointed by"), max_length=120, help_text=_("The body or delegate that decided.")
    )
    appointed_on = models.DateField(_("date of the decision"))
    decision_number = models.CharField(_("number of the decision"), max_length=60)
    document = models.ForeignKey(
        "governance.ShelfVersion",
        verbose_name=_("the decision as a document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ("seat", "position", "starts_on")
        constraints = [
            models.CheckConstraint(condition=PERIOD, name="governance_mandate_period"),
            models.CheckConstraint(
                condition=~Q(appointed_by="") & ~Q(decision_number=""),
                name="governance_mandate_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.seat_id}"

    @property
    def is_ordinary(self) -> bool:
        """Whether this is the ordinary member of the seat."""
        return self.position == 0

    @property
    def may_vote(self) -> bool:
        """Whether the person may vote when serving: the appointing decision is there to read."""
        return self.document_id is not None


class Office(TimeStamped):
    """What a person is for the body as a whole: chair, vice chair, secretary, auditor, co-opted.

    There is one chair at a time, and one vice chair per position.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="offices")
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(_("office"), max_length=12, choices=OfficeKind.choices)
    position = models.PositiveIntegerField(_("order"), default=0)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    appointed_reference = models.CharField(_("decision that appointed"), max_length=250)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ("council", "kind", "position")
        constraints = [
            models.CheckConstraint(condition=PERIOD, name="governance_office_period"),
            models.CheckConstraint(
                condition=Q(kind__in=OfficeKind.values), name="governance_office_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind=OfficeKind.CHAIR) | Q(position=0), name="governance_office_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.council_id}"


triggers.no_overlap("governance_mandate", "seat_id", "position")
triggers.no_overlap("governance_seat", "council_id", "organisation_id", "number")
triggers.no_overlap("governance_office", "council_id", "kind", "position")
