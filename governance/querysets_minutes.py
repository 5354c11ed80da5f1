"""Reads of what follows a meeting: minutes, rectifications, follow-up, the public register."""

from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.audiences import Audience
from governance.minutes_states import FROZEN_MINUTES, UNDONE, FollowUpState, MinutesState
from governance.querysets import belongs_q
from governance.states import MEETINGS_RUNNING
from members.standing import standing_of
from members.states import Role

RECEIVING_ROLES = frozenset({Role.COORDINATOR, Role.SIGNATORY, Role.BUSINESS_OWNER})
"""Who may say for an organisation that an extract has come; a § may be read by few."""


def readable_q(user: Any, path: str) -> Q:
    """Return the condition that a body (at `path`) lets the person read what is adjusted."""
    standing = standing_of(user)
    if standing.is_member or standing.is_office:
        return Q()
    return Q(**{f"{path}__minutes_audience": Audience.PUBLIC})


class MinutesQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Minutes."""

    def visible_to(self, user: Any) -> Self:
        """Return the minutes a person may read: adjusted ones by audience, others in the body.

        Who is asked to sign reads them too, also when the term has ended since the meeting.
        """
        final = Q(state__in=FROZEN_MINUTES) & readable_q(user, "meeting__council")
        signs = apps.get_model("governance", "MinutesVersion").objects.signed_by(user)
        return self.filter(
            belongs_q(user, "meeting__council") | final | Q(pk__in=signs.values("minutes"))
        )

    def overdue(self, day: date | None = None) -> Self:
        """Return the minutes that are not adjusted and may be late; the body's days decide."""
        before = (day or timezone.localdate()) - timedelta(days=1)
        return self.filter(
            adjusted_at__isnull=True,
            meeting__closed_at__isnull=False,
            meeting__opened_at__date__lte=before,
        )


class MinutesVersionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Versions of minutes."""

    def waiting(self) -> Self:
        """Return the texts that wait for signatures, the newest of their kind.

        That of one § waits while the meeting lasts: afterwards it is adjusted with the others, and
        so it is when somebody has sent it back.
        """
        rows = self.model.objects.order_by()
        newer = rows.filter(minutes=OuterRef("minutes"), number__gt=OuterRef("number"))
        same = rows.filter(pk=OuterRef("pk"))
        whole = Q(item__isnull=True, minutes__state=MinutesState.IN_ADJUSTMENT)
        paragraph = Q(item__isnull=False, minutes__meeting__state__in=MEETINGS_RUNNING)
        return self.filter(
            (whole & ~Exists(newer.filter(item__isnull=True)))
            | (
                paragraph
                & ~Exists(newer.filter(Q(item=OuterRef("item")) | Q(item__isnull=True)))
                & ~Exists(same.filter(Q(paragraphs__isnull=False) | Q(remarks__isnull=False)))
            )
        )

    def of_paragraphs_in(self, meeting: int) -> Self:
        """Return the texts of §§ that wait for signatures to be adjusted at once, by §."""
        rows = self.waiting().filter(minutes__meeting=meeting, item__isnull=False)
        return rows.order_by("item__paragraph")

    def signed_by(self, user: Any) -> Self:
        """Return the texts that wait for signatures and have the person among their signers."""
        person = getattr(user, "name_id", None)
        if person is None:
            return self.none()
        return self.waiting().filter(signers__person=person, signers__is_excused=False).distinct()

    def to_sign_by(self, person: int | None) -> Self:
        """Return the versions that a person is asked to sign and has not."""
        signed = Q(signatures__person=person)
        asked = self.filter(signers__person=person, signers__is_excused=False)
        return asked.exclude(signed).distinct()


class DissentQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Reservations and statements."""

    def visible_to(self, user: Any) -> Self:
        """Return those that a person may read: adjusted ones by audience, others in the body."""
        open_to = Q(item__is_closed=False) & readable_q(user, "item__council")
        return self.filter(
            belongs_q(user, "item__council") | (Q(pk__in=self.adjusted().values("pk")) & open_to)
        )

    def adjusted(self) -> Self:
        """Return those that are adjusted with their §, or with the minutes of the meeting.

        One that was entered after the text of its § was fixed to be adjusted at once is appended
        to the minutes, and is open to readers outside the body when those are adjusted (rules.md
        1.7).
        """
        with_paragraph = Q(item__adjusted__version__made_at__gte=F("created_at"))
        return self.filter(
            with_paragraph | Q(item__meeting__minutes__state__in=FROZEN_MINUTES),
            item__adjusted__isnull=False,
        )


class RectificationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rectifications."""

    def visible_to(self, user: Any) -> Self:
        """Return the rectifications that may be read: by audience; of closed items in the body."""
        open_to = Q(item__isnull=True) | Q(item__is_closed=False)
        return self.filter(
            belongs_q(user, "minutes__meeting__council")
            | (open_to & readable_q(user, "minutes__meeting__council"))
        )


class FollowUpQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Follow-ups."""

    def visible_to(self, user: Any) -> Self:
        """Return the follow-ups of decisions that are open to the person."""
        final = Q(decision__item__adjusted__isnull=False, decision__item__is_closed=False)
        return self.filter(
            belongs_q(user, "decision__council") | (final & readable_q(user, "decision__council"))
        )

    def undone(self) -> Self:
        """Return those that are not finished, the one due first first."""
        return self.filter(state__in=UNDONE).order_by("due_on", "pk")

    def undone_on(self, day: date) -> Self:
        """Return those that no report up to a day had finished, with their `state_then`."""
        reports = self.model.reports.rel.related_model.objects
        until = reports.filter(follow_up=OuterRef("pk"), reported_at__date__lte=day)
        last = until.order_by("-reported_at", "-pk").values("state")[:1]
        then = Coalesce(Subquery(last), Value(str(FollowUpState.NOT_BEGUN)))
        return self.annotate(state_then=then).filter(state_then__in=UNDONE).order_by("due_on", "pk")

    def due_by(self, day: date) -> Self:
        """Return the undone ones due on a day or before."""
        return self.undone().filter(due_on__lte=day)


class DeliveryQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Extracts on their way."""

    def addressed_to(self, user: Any) -> Self:
        """Return the extracts that were sent to a person.

        To the address of the account, or to an organisation for which the person holds a role
        that receives extracts.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(recipient__email__iexact=user.email)
        return self.filter(own | Q(recipient__organisation__in=_receives_for(user)))

    def unconfirmed(self) -> Self:
        """Return the extracts that the recipient has not confirmed, the oldest first."""
        return self.filter(confirmed_on__isnull=True).order_by("sent_at", "pk")


def _receives_for(user: Any) -> list[int]:
    """Return the organisations for which a person may say that an extract has come."""
    held = standing_of(user).held
    return sorted({row.party.organisation_id for row in held if row.role in RECEIVING_ROLES})
