"""The frozen roll of a poll, its ballots, and the lot.

An open poll keeps each ballot beside its seat. A secret one keeps two things that nothing joins:
which seats have voted (SecretVoter), and the ballots as one sorted set (SecretUrn) without seat,
order or time.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.choices import PollEntry
from governance.models.poll import Poll
from governance.models.seat import Seat
from governance.polls import Choice
from governance.querysets_polls import UrnQuerySet
from members.models import Organisation, PersonName


class PollSeat(models.Model):
    """A filled seat on the roll of a poll, present or not, frozen when it opens; never changed.

    `person` is who votes for the seat: who serves, or per capsulam its ordinary member.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="roll")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    municipality = models.CharField(_("municipality code"), max_length=12)
    weight = models.PositiveIntegerField(_("weight"))
    present = models.BooleanField(_("present"))
    recused = models.BooleanField(_("recused"))
    person = models.ForeignKey(PersonName, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("seat on the roll of a poll")
        verbose_name_plural = _("roll of a poll")
        ordering = ("poll", "organisation__name", "seat")
        constraints = [
            models.UniqueConstraint(fields=("poll", "seat"), name="governance_pollseat_unique")
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.seat_id}"

    @property
    def label(self) -> str:
        """The seat as exports and the ledger write it."""
        return f"S{self.seat_id}"

    @property
    def serves(self) -> bool:
        """Whether the seat may vote."""
        return self.present and not self.recused

    def content(self) -> dict[str, object]:
        """Return what the ledger says of the row."""
        return {
            "seat": self.label,
            "municipality": self.municipality,
            "weight": self.weight,
            "present": self.present,
            "recused": self.recused,
            "person": self.person_id,
        }

    def opening_content(self) -> dict[str, object]:
        """Return the row with the names that the minutes print, as the ledger gets it.

        Without them nobody outside could tell that two voters were not exchanged in the text. A
        name that is corrected later differs from the ledger's, so rows are compared without.
        """
        names = {"organisation": self.organisation.name, "name": str(self.person or "")}
        return self.content() | names


class Ballot(models.Model):
    """The vote of a seat in an open poll; a changed mind is a new row with the next `revision`.

    The last revision counts. No row is ever changed or deleted, so the history is the table.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    choice = models.CharField(_("choice"), max_length=8, blank=True)
    names = models.JSONField(_("names"), default=list, blank=True)
    person = models.ForeignKey(PersonName, on_delete=models.PROTECT, related_name="ballots")
    entry = models.CharField(_("how it came"), max_length=14, choices=PollEntry.choices)
    reason = models.TextField(_("written reasons"), blank=True)
    cast_at = models.DateTimeField(_("cast"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ("poll", "seat", "revision")
        constraints = [
            models.UniqueConstraint(
                fields=("poll", "seat", "revision"), name="governance_ballot_unique"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=["", *(choice.value for choice in Choice)]),
                name="governance_ballot_choice",
            ),
            models.CheckConstraint(
                condition=Q(entry__in=PollEntry.values), name="governance_ballot_entry"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="governance_ballot_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.seat_id}/{self.revision}"

    def content(self) -> dict[str, object]:
        """Return what the ledger says of the ballot."""
        return {
            "seat": f"S{self.seat_id}",
            "revision": self.revision,
            "choice": self.choice,
            "names": self.names,
            "person": self.person_id,
            "entry": self.entry,
            "reason": self.reason,
        }


class SecretVoter(models.Model):
    """Whether a seat has been ticked off in a secret poll; says nothing of when or what.

    The rows are made, in order of seat, when the poll opens, and their keys are random, so that
    the table keeps no order of voting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="voters")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    has_voted = models.BooleanField(_("has voted"), default=False)

    class Meta:
        verbose_name = _("voter in a secret poll")
        verbose_name_plural = _("voters in secret polls")
        constraints = [
            models.UniqueConstraint(fields=("poll", "seat"), name="governance_secretvoter_unique")
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.seat_id}"


class SecretUrn(models.Model):
    """The ballots of a secret poll as one sorted set: no voter, no order, no time.

    Of `on_paper` of them the secretary entered the totals alone; which they are is not kept.

    `digest` is SHA-256 over `salt` and the set, made at the close; it stays when the ballots are
    disposed of, and so does what the ledger says.
    """

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="urn")
    ballots = models.JSONField(_("ballots, sorted"), default=list, null=True)
    on_paper = models.PositiveIntegerField(_("of them counted on paper"), default=0)
    salt = models.CharField(_("salt"), max_length=64, blank=True)
    digest = models.CharField(_("checksum of the set"), max_length=64, blank=True)

    objects = UrnQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballots of a secret poll")
        verbose_name_plural = _("ballots of secret polls")

    def __str__(self) -> str:
        return str(self.poll_id)


class Lot(models.Model):
    """A lot (lottning) between names with equal votes (governance.lots).

    The commitment is made and chained before the draw; the seed stands sealed until it is drawn,
    and is published with the result. A lot drawn by hand (`is_by_hand`) has no seed: drawer and
    witness vouch for it.
    """

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="lot")
    names = models.JSONField(_("between"))
    places = models.PositiveSmallIntegerField(_("places"))
    commitment = models.CharField(_("checksum of the seed"), max_length=64)
    committed_at = models.DateTimeField(_("committed"))
    sealed_seed = models.BinaryField(_("seed, sealed until the draw"))
    seed = models.CharField(_("seed"), max_length=64, blank=True)
    witness_words = models.CharField(_("what the witness said"), max_length=200, blank=True)
    drawer = models.ForeignKey(PersonName, null=True, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(PersonName, null=True, on_delete=models.PROTECT, related_name="+")
    drawn = models.JSONField(_("drawn"), default=list)
    drawn_at = models.DateTimeField(_("drawn at"), null=True)
    is_by_hand = models.BooleanField(_("drawn by hand"), default=False)

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, seed="")
                | Q(drawn_at__isnull=False) & ~Q(seed="") & Q(is_by_hand=False)
                | Q(drawn_at__isnull=False, seed="", is_by_hand=True),
                name="governance_lot_drawn",
            )
        ]

    def __str__(self) -> str:
        return str(self.poll_id)
