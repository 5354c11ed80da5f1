"""How somebody has voted, and how a municipality has attended and voted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.choices import DecisionMethod
from governance.models import Ballot, Decision, Meeting, Poll, PollSeat, RollSeat, SecretVoter
from governance.states import MEETINGS_HELD
from governance.views.poll_panel import choice_label
from members.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

LISTED = 100


@dataclass
class Voted:
    """A seat in a closed poll: what it voted, or that it has no vote, absent or silent."""

    row: PollSeat
    poll: Poll
    label: str
    took_part: bool
    missed: bool


@dataclass
class SeatRecord:
    """The record of a seat over all closed polls."""

    seat: int
    name: str
    council: str
    polls: int
    missed: int


@login_required
@require_safe
def my_polls(request: HttpRequest) -> HttpResponse:
    """Show the polls in which the person was on the roll, how the person voted, and what waits."""
    me = request.user.name_id  # type: ignore[union-attr]
    rows = _rows().filter(person=me, poll__in=Poll.objects.closed())
    waiting = Poll.objects.open().filter(roll__person=me).select_related("council", "meeting")
    voted = voted_rows(rows[:LISTED])
    context = {
        "waiting": [_waiting(poll, me) for poll in waiting],
        "voted": voted,
        "records": seat_records(rows),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("My page"), "url": "/min-sida/"},
            {"label": _("My polls"), "url": request.path},
        ],
    }
    return render(request, "governance/poll_mine.html", context)


def _waiting(poll: Poll, me: int) -> dict[str, Any]:
    ticked = poll.voters.filter(has_voted=True).values("seat")
    voted = ticked if poll.is_secret else poll.ballots.values("seat")
    done = not poll.roll.filter(person=me).exclude(seat__in=voted).exists()
    url = poll.meeting.room_url if poll.meeting else poll.get_absolute_url()
    return {"poll": poll, "has_voted": done, "url": url}


def _rows() -> Any:
    """Return rows of rolls with what a list of votes needs, the newest poll first."""
    ballots = Prefetch("poll__ballots", queryset=Ballot.objects.order_by("revision"))
    voters = Prefetch("poll__voters", queryset=SecretVoter.objects.filter(has_voted=True))
    rows = PollSeat.objects.select_related("poll__council", "poll__meeting", "organisation")
    return rows.prefetch_related(ballots, voters).order_by("-poll__closed_at", "-pk")


def voted_rows(rows: Iterable[PollSeat]) -> list[Voted]:
    """Return what each seat voted; of a secret poll only that it was ticked off."""
    found = []
    for row in rows:
        poll = row.poll
        mine = [b for b in poll.ballots.all() if b.seat_id == row.seat_id]
        ticked = any(v.seat_id == row.seat_id for v in poll.voters.all())
        took_part = bool(mine) or ticked
        serves = row.serves or poll.per_capsulam
        if mine:
            label = choice_label(mine[-1].choice) or ", ".join(mine[-1].names) or _("Blank")
        elif ticked:
            label = _("Ticked off (secret)")
        else:
            label = _("Has not voted") if serves else _("Absent")
        if row.recused:
            label = _("Recused")
        missed = not took_part and not row.recused
        found.append(Voted(row, poll, label, took_part, missed))
    return found


def seat_records(rows: Any) -> list[SeatRecord]:
    """Return for each seat how many polls it was on the roll of, and how many it missed.

    `rows` are rows of rolls, all of them: the database counts. The roll holds every filled seat,
    so that a seat that nobody served has missed the poll; one that was recused has not.
    """
    ballots = Ballot.objects.filter(poll=OuterRef("poll"), seat=OuterRef("seat"))
    ticked = SecretVoter.objects.filter(
        poll=OuterRef("poll"), seat=OuterRef("seat"), has_voted=True
    )
    missed = Q(recused=False) & ~Exists(ballots) & ~Exists(ticked)
    found = (
        rows.order_by()
        .select_related(None)
        .prefetch_related(None)
        .values_list("seat", "organisation__name", "poll__council__name")
        .annotate(polls=Count("pk"), missed=Count("pk", filter=missed))
    )
    return sorted((SeatRecord(*row) for row in found), key=lambda row: (row.council, row.name))


@require_safe
def municipality_record(request: HttpRequest, code: str) -> HttpResponse:
    """Show how a municipality has attended meetings and voted, as far as the reader may see."""
    municipality = get_object_or_404(Municipality.objects.select_related("organisation"), code=code)
    visible = Poll.objects.visible_to(request.user).closed().values("pk")
    rows = _rows().filter(organisation=municipality.organisation_id, poll__in=visible)
    voted = voted_rows(rows[:LISTED])
    context = {
        "municipality": municipality,
        "voted": voted,
        "records": seat_records(rows),
        "attendance": attendance_of(request.user, municipality),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Municipalities"), "url": "/kommuner/"},
            {"label": municipality.organisation.name, "url": municipality.get_absolute_url()},
            {"label": _("Attendance and votes"), "url": request.path},
        ],
    }
    return render(request, "governance/poll_municipality.html", context)


def attendance_of(user: Any, municipality: Municipality) -> list[dict[str, Any]]:
    """Return for each body how many decisions of how many the municipality's seats took part in.

    It is counted on what the reader may see, from who took part when each decision fell (three
    queries). What was decided without a meeting says nothing of who attended one.
    """
    decisions = Decision.objects.visible_to(user).of_paragraphs()
    decisions = decisions.exclude(method=DecisionMethod.PER_CAPSULAM)
    meetings = Meeting.objects.filter(state__in=MEETINGS_HELD, items__decisions__in=decisions)
    seats = RollSeat.objects.filter(
        organisation=municipality.organisation_id, meeting__in=meetings.values("pk")
    ).values_list("meeting", "seat", "meeting__council__name", "meeting__council__slug")
    seats_in: dict[int, set[int]] = {}
    bodies: dict[str, dict[str, Any]] = {}
    for meeting, seat, name, slug in seats:
        seats_in.setdefault(meeting, set()).add(seat)
        bodies.setdefault(
            slug, {"name": name, "slug": slug, "meetings": set(), "decisions": 0, "present": 0}
        )
    fallen = decisions.filter(item__meeting__in=list(seats_in)).values_list(
        "item__meeting", "council__slug", "participants"
    )
    for meeting, slug, participants in fallen:
        body = bodies[slug]
        body["decisions"] += 1
        if {seat for seat, __ in participants} & seats_in[meeting]:
            body["present"] += 1
            body["meetings"].add(meeting)
    for body in bodies.values():
        body["meetings"] = len(body["meetings"])
    return sorted(bodies.values(), key=lambda body: str(body["name"]))
