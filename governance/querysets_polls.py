"""Reads of rolls and polls: who sits, what is visible to whom, and how the seats have voted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from core.audiences import Audience
from governance.querysets import belongs_q
from governance.states import POLLS_AHEAD, POLLS_CLOSED, POLLS_UNSETTLED, PollState
from members.standing import standing_of

CARRIED = "carried"
"""What a yes stands for in a poll without a meeting."""

if TYPE_CHECKING:
    from datetime import datetime


def final_q(user: Any) -> Q:
    """Return the condition for polls whose § is adjusted and may be read by the person.

    A poll per capsulam follows the § under which it is reported.
    """
    decided = Q(decision__item__adjusted__isnull=False, decision__item__is_closed=False)
    taken = Q(item__adjusted__isnull=False, item__is_closed=False)
    standing = standing_of(user)
    audience = Q(council__minutes_audience=Audience.PUBLIC)
    if standing.is_member or standing.is_office:
        audience = Q()
    return (decided | taken) & audience


class PollQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Polls."""

    def visible_to(self, user: Any) -> Self:
        """Return the polls of bodies the person belongs to, and those in adjusted minutes."""
        return self.filter(belongs_q(user, "council") | final_q(user))

    def of_item(self, item: Any) -> Self:
        """Return the polls of an item, in the order they were made, with their chair and order."""
        return self.filter(item=item).select_related("chair", "order").order_by("number")

    def standing(self) -> Self:
        """Return the polls that are neither invalid nor withdrawn."""
        return self.exclude(state__in=[PollState.INVALID, PollState.WITHDRAWN])

    def invalid(self) -> Self:
        """Return the polls that were declared invalid, in order, with those in their place."""
        rows = self.filter(state=PollState.INVALID).select_related("replaced_by")
        return rows.order_by("number", "pk")

    def unsettled(self) -> Self:
        """Return the polls that still wait for something."""
        return self.filter(state__in=POLLS_UNSETTLED)

    def ahead(self) -> Self:
        """Return the polls that have not been opened."""
        return self.filter(state__in=POLLS_AHEAD)

    def open(self) -> Self:
        """Return the polls that take ballots."""
        return self.filter(state=PollState.OPEN)

    def closed(self) -> Self:
        """Return the polls that take no more ballots and stand."""
        return self.filter(state__in=POLLS_CLOSED)

    def unreported(self) -> Self:
        """Return the polls per capsulam that were carried, and that no meeting has reported yet."""
        return self.filter(
            per_capsulam=True, state=PollState.SETTLED, winner=CARRIED, decision__isnull=True
        )

    def binding(self) -> Self:
        """Return the polls per capsulam that have their case: asked, or carried and unreported.

        Until they are reported or invalid nothing else is done with the case (vector P1).
        """
        carried = Q(state=PollState.SETTLED, winner=CARRIED, decision__isnull=True)
        return self.filter(Q(state__in=POLLS_UNSETTLED) | carried, per_capsulam=True)

    def overdue(self, now: datetime) -> Self:
        """Return the polls per capsulam that are open though their time is out."""
        return self.open().filter(per_capsulam=True, deadline_at__lte=now)


class UrnQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Sets of ballots of secret polls."""

    def kept_of(self, meeting: int) -> Self:
        """Return the sets of a meeting whose ballots have not been destroyed.

        Those of polls that were declared invalid too: they are as secret as the others.
        """
        kept = self.filter(poll__meeting=meeting, ballots__isnull=False)
        return kept.exclude(poll__state=PollState.OPEN).order_by("poll")


class RollPersonQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """People on the rolls of meetings."""

    def members_of_delegates(self, meeting: Any, person: Any = None) -> list[int]:
        """Return the organisations of those who sit for several at a meeting.

        Of all such people, or of one `person` (PersonName); none for who sits for one alone.
        """
        rows = self.filter(meeting=meeting, roll_seat__isnull=False)
        if person is not None:
            rows = rows.filter(person=person)
        of_person: dict[int, set[int]] = defaultdict(set)
        for who, organisation in rows.values_list("person", "roll_seat__organisation"):
            of_person[who].add(organisation)
        return sorted({pk for found in of_person.values() if len(found) > 1 for pk in found})


class DecisionFlagQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Marks that a correction touches a decision or a poll."""

    def unanswered(self) -> Self:
        """Return those for which the chair has not said what the correction means."""
        return self.filter(seen_at__isnull=True)

    def of_item(self, item: Any) -> Self:
        """Return those on a decision or a poll of an agenda item."""
        return self.filter(Q(decision__item=item) | Q(poll__item=item))
