"""Reads of governance: who sits, what is visible to whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Max, Prefetch, Q
from django.utils import timezone

from core.audiences import Audience
from core.periods import on_day
from governance.choices import DecisionKind, OfficeKind, ShelfKind
from governance.profiles import Profile
from governance.serving import Move, Step
from governance.sitting import SECRETARIAT, bodies_of
from governance.states import ITEMS_IN_HAND, MEETINGS_AHEAD, CaseState, MeetingState
from members.standing import standing_of

INNER = (Audience.COUNCIL, Audience.MEMBER, Audience.MUNICIPALITY, Audience.NETWORK)
UNPREPARED = (CaseState.REGISTERED, CaseState.IN_PREPARATION)


def belongs_q(user: Any, path: str) -> Q:
    """Return the condition that `path` leads to a body the person belongs to; the office to all."""
    if standing_of(user).is_office:
        return Q(pk__isnull=False)
    return Q(**{f"{path}__in": bodies_of(user)})


def audience_q(user: Any, path: str) -> Q:
    """Return the condition for rows with an `audience` and a body at `path` that a person sees."""
    standing = standing_of(user)
    seen = Q(audience=Audience.PUBLIC)
    if standing.is_member or standing.is_office:
        seen |= Q(audience=Audience.MEMBER)
    if standing.is_office:
        seen |= Q(audience=Audience.OFFICE)
    inner = Q(audience__in=INNER)
    return seen | (inner & belongs_q(user, path))


def council_condition(user: Any) -> Q:
    """Return which rows of the audience "council" a person sees when the row names no body.

    A picture or document of the CMS does not say of which council it is, so only the office sees
    it; what belongs to a body carries its own condition (audience_q).
    """
    return Q(pk__isnull=False) if standing_of(user).is_office else Q(pk__in=[])


def consulted_about(organisations: Iterable[int]) -> Any:
    """Return the ids of the cases that one of the organisations is consulted about."""
    answers = apps.get_model("governance", "ConsultationAnswer").objects
    return answers.filter(organisation__in=organisations).values("consultation__case")


class CouncilQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Bodies. That a body exists, and who sits on it, is public."""

    def visible_to(self, user: Any) -> Self:
        """Return every body."""
        return self.all()

    def active(self, day: date | None = None) -> Self:
        """Return the bodies that are not dissolved on a day (today)."""
        when = day or timezone.localdate()
        return self.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=when))

    def of_person(self, user: Any, day: date | None = None) -> Self:
        """Return the bodies that a person belongs to on a day (today)."""
        return self.filter(pk__in=bodies_of(user, day))

    def managed_by(self, user: Any) -> Self:
        """Return the bodies whose desk the person runs: as their secretary, or from the office."""
        if standing_of(user).holds(*SECRETARIAT):
            return self.all()
        if not getattr(user, "is_authenticated", False):
            return self.none()
        offices = apps.get_model("governance", "Office").objects.on()
        mine = offices.filter(person=user.name_id, kind=OfficeKind.SECRETARY)
        return self.filter(pk__in=mine.values("council"))


class SettingsQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Versions of a body's rules, and of its weight tables."""

    def current(self, day: date) -> Any:
        """Return the version in force on a day, or None before the first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from").first()

    def profile_on(self, council: Any, day: date) -> Profile:
        """Return a body's rules on a day: its profile, changed by the version in force."""
        version = self.filter(council=council).current(day)
        return version.profile() if version else council.profile


class SeatQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Seats."""

    def visible_to(self, user: Any) -> Self:
        """Return every seat: who has one is public."""
        return self.all()

    def on(self, day: date | None = None) -> Self:
        """Return the seats that exist on a day (today)."""
        return self.filter(on_day(day), cancelled_on__isnull=True)

    def with_people(self, day: date | None = None, *, voting: bool = False) -> Self:
        """Return the seats with `people`: their mandates on a day (today), ordinary first.

        With `voting` only those whose appointing decision is there to read.
        """
        mandates = apps.get_model("governance", "Mandate").objects.on(day)
        chosen = mandates.voting() if voting else mandates
        people = chosen.select_related("person", "document__document").order_by("position")
        return self.select_related("organisation__municipality").prefetch_related(
            Prefetch("mandates", queryset=people, to_attr="people")
        )


class MandateQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Mandates."""

    def visible_to(self, user: Any) -> Self:
        """Return every mandate: who sits is public."""
        return self.all()

    def on(self, day: date | None = None) -> Self:
        """Return the mandates in force on a day (today), on seats in force."""
        return self.filter(on_day(day), on_day(day, "seat__"), seat__cancelled_on__isnull=True)

    def voting(self) -> Self:
        """Return the mandates that give a vote: the appointing decision is there to read."""
        return self.filter(document__isnull=False)

    def without_decision(self) -> Self:
        """Return the mandates that give no vote, since the document of the decision is missing."""
        return self.filter(document__isnull=True)


class OfficeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Offices of bodies."""

    def visible_to(self, user: Any) -> Self:
        """Return every office: who holds one is public."""
        return self.all()

    def on(self, day: date | None = None) -> Self:
        """Return the offices in force on a day (today)."""
        return self.filter(on_day(day))

    def presiding(self) -> Self:
        """Return chair and vice chairs, in the order they preside."""
        kinds = [OfficeKind.CHAIR, OfficeKind.VICE_CHAIR]
        return self.filter(kind__in=kinds).order_by("kind", "position")


class EarlierMinutesQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Minutes from before the product."""

    def visible_to(self, user: Any) -> Self:
        """Return those whose audience includes the person."""
        return self.filter(audience_q(user, "council"))


class CaseQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Cases."""

    def visible_to(self, user: Any) -> Self:
        """Return the cases of bodies the person belongs to.

        Also those that the own organisation has raised or is consulted about; a secret case is
        for the body and the office alone.
        """
        mine = standing_of(user).organisation_ids
        own = Q(raised_by__in=mine) | Q(pk__in=consulted_about(mine))
        return self.filter(belongs_q(user, "council") | (own & Q(is_secret=False)))

    def returning(self) -> Self:
        """Return the cases that wait for the next agenda: tabled, not reached or ready.

        Not those that are being answered without a meeting; what was carried so is reported.
        """
        asked = apps.get_model("governance", "Poll").objects.unsettled().filter(per_capsulam=True)
        waiting = self.filter(state__in=[CaseState.TABLED, CaseState.READY])
        return waiting.exclude(pk__in=asked.values("case"))

    def askable(self) -> Self:
        """Return the cases that can be sent out to be decided without a meeting."""
        carried = apps.get_model("governance", "Poll").objects.unreported()
        return self.returning().exclude(pk__in=carried.values("case"))


class CaseDocumentQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Documents of cases."""

    def visible_to(self, user: Any) -> Self:
        """Return the documents whose audience includes the person.

        A secret document, one of a secret case, and one of a case that is still in preparation
        are for the body and the office alone; an organisation that is consulted about the case
        sees the open ones while it is prepared.
        """
        secret = Q(is_secret=True) | Q(case__is_secret=True)
        consulted = Q(case__in=consulted_about(standing_of(user).organisation_ids))
        ripe = ~Q(case__state__in=UNPREPARED) | consulted
        belongs = belongs_q(user, "case__council")
        return self.filter(audience_q(user, "case__council")).filter((~secret & ripe) | belongs)


class MeetingQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Meetings."""

    def visible_to(self, user: Any) -> Self:
        """Return the meetings; one that is still a draft only for who runs the body's desk.

        That a meeting is held is public; what stands on its agenda is asked of each item.
        """
        managed = apps.get_model("governance", "Council").objects.managed_by(user)
        return self.filter(~Q(state=MeetingState.DRAFT) | Q(council__in=managed))

    def ahead(self) -> Self:
        """Return the meetings yet to be held, the next first."""
        states = [MeetingState.SUMMONED, MeetingState.DRAFT, MeetingState.OPEN]
        return self.filter(state__in=[*states, MeetingState.ADJOURNED]).order_by("starts_at")

    def planned(self) -> Self:
        """Return the meetings whose agenda can still change, the next first."""
        return self.filter(state__in=MEETINGS_AHEAD).order_by("starts_at")


class ItemQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Agenda items."""

    def visible_to(self, user: Any) -> Self:
        """Return the items of meetings that the person may know of.

        What an item behind closed doors holds is asked of rules.may_see_item.
        """
        managed = apps.get_model("governance", "Council").objects.managed_by(user)
        return self.filter(~Q(meeting__state=MeetingState.DRAFT) | Q(council__in=managed))

    def in_hand(self) -> Self:
        """Return the item that is being handled, if any."""
        return self.filter(state__in=ITEMS_IN_HAND)

    def next_position(self) -> int:
        """Return the place after the last."""
        return (self.aggregate(last=Max("position"))["last"] or 0) + 1


class TemplateQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Templates of agendas."""

    def visible_to(self, user: Any) -> Self:
        """Return the templates of bodies whose desk the person runs."""
        managed = apps.get_model("governance", "Council").objects.managed_by(user)
        return self.filter(council__in=managed)


class TimePollQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Polls for a time."""

    def visible_to(self, user: Any) -> Self:
        """Return the polls of bodies that the person belongs to."""
        return self.filter(belongs_q(user, "council"))

    def open(self) -> Self:
        """Return those that no meeting has been planned from yet."""
        return self.filter(meeting__isnull=True)


class DemandQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Demands for a meeting."""

    def visible_to(self, user: Any) -> Self:
        """Return the demands in bodies that the person belongs to."""
        return self.filter(belongs_q(user, "council"))

    def unanswered(self) -> Self:
        """Return those that no meeting answers yet."""
        return self.filter(meeting__isnull=True)


class ShelfQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Documents on the shelves of bodies."""

    def visible_to(self, user: Any) -> Self:
        """Return those whose audience includes the person; secret ones are for the body alone."""
        belongs = belongs_q(user, "council")
        return self.filter(audience_q(user, "council")).filter(Q(is_secret=False) | belongs)

    def appointing(self) -> Self:
        """Return the decisions that appointed people to seats."""
        return self.filter(kind=ShelfKind.APPOINTMENT)


class MotionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Motions."""

    def visible_to(self, user: Any) -> Self:
        """Return the motions of bodies the person belongs to, and all of adjusted §§."""
        final = Q(item__adjusted__isnull=False, item__is_closed=False)
        return self.filter(belongs_q(user, "item__council") | final)


class AnswerQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Answers to summonses."""

    def visible_to(self, user: Any) -> Self:
        """Return the answers in bodies that the person belongs to."""
        return self.filter(belongs_q(user, "meeting__council"))


class EventQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Events of meetings."""

    def visible_to(self, user: Any) -> Self:
        """Return the events of bodies that the person belongs to."""
        return self.filter(belongs_q(user, "meeting__council"))

    def in_force(self) -> Self:
        """Return the events that no later event has corrected."""
        return self.filter(corrected_by__isnull=True)

    def steps(self) -> list[Step]:
        """Return what steers the room: the events in force that move somebody."""
        return [to_step(event) for event in moves(self.in_force())]


def moves(events: Iterable[Any]) -> list[Any]:
    """Return the events that change who serves, struck out entries left out."""
    kinds = {str(move) for move in Move}
    return [event for event in events if event.kind in kinds]


def to_step(event: Any) -> Step:
    """Return an event as the pure rules read it, with its local time."""
    return Step(
        number=event.number,
        at=timezone.localtime(event.effective_at),
        kind=Move(event.kind),
        person=event.person_id,
        item=event.item_id,
        mode=event.mode,
    )


class DecisionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Decisions."""

    def visible_to(self, user: Any) -> Self:
        """Return the decisions that a person may see.

        Before adjustment they are for the body alone; then for everyone, or for members where the
        body has chosen so. What was decided behind closed doors stays with the body.
        """
        standing = standing_of(user)
        final = Q(item__adjusted__isnull=False, item__is_closed=False)
        audience = Q(council__minutes_audience=Audience.PUBLIC)
        if standing.is_member or standing.is_office:
            audience = Q()
        return self.filter(belongs_q(user, "council") | (final & audience))

    def standing(self) -> Self:
        """Return the decisions that no correction has replaced."""
        return self.filter(replaced_by__isnull=True)

    def of_paragraphs(self) -> Self:
        """Return what each § came to, decisions on procedure left out."""
        return self.standing().exclude(kind=DecisionKind.PROCEDURAL)

    def with_corrections(self) -> Self:
        """Return them with what `Decision.corrections` tells, by one query more."""
        return self.select_related("status").prefetch_related("item__rectifications")

    def newest_first(self) -> Self:
        """Return them by § number, the last first."""
        return self.order_by(F("item__paragraph_year").desc(), F("item__paragraph").desc())


class SummonsQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Summonses."""

    def visible_to(self, user: Any) -> Self:
        """Return the summonses of bodies that the person belongs to."""
        return self.filter(belongs_q(user, "meeting__council"))


class LedgerQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Entries of the ledger."""

    def visible_to(self, user: Any) -> Self:
        """Return the entries of bodies that the person belongs to."""
        return self.filter(belongs_q(user, "council"))

    def head(self, council: Any) -> Any:
        """Return the last entry of a body, or None before the first."""
        return self.filter(council=council).order_by("-number").first()
