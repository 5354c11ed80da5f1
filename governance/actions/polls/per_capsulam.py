"""Decisions without a meeting: asked in writing, answered before a deadline, reported at the next.

Source: rules.md section 0 and vectors P1-P4.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import triggers
from core.actions import SYSTEM, require
from core.exceptions import RuleBroken
from core.formatting import long_date
from governance.actions import planning
from governance.actions.cases import clean_clauses
from governance.actions.polls.alternatives import REJECT
from governance.actions.polls.closing import close_per_capsulam
from governance.actions.polls.counting import closing_content, last_ballots, opening_content
from governance.actions.polls.entering import chain, enter_poll, step_poll
from governance.actions.polls.opening import municipality_code
from governance.actions.polls.proposing import set_rule
from governance.actions.recording import enter_room, item_in
from governance.actions.room.deciding import conclude_item
from governance.actions.room.items import note_item
from governance.choices import DecisionKind, DecisionMethod, ItemKind, Outcome, PollQuestion
from governance.kinds import PER_CAPSULAM_ASKED, PER_CAPSULAM_REMINDER
from governance.models import AgendaItem, Case, Council, Decision, Meeting, Poll, PollSeat, Seat
from governance.per_capsulam import PerCapsulamRefusedError, per_capsulam_rule
from governance.querysets_polls import CARRIED
from governance.states import (
    ITEM,
    MEETINGS_AHEAD,
    CaseState,
    MeetingState,
    PollState,
    advance,
)
from members.models import User
from notifications.actions import notify
from notifications.kinds import NotificationKind

REMIND_BEFORE = timedelta(days=2)


@transaction.atomic
def ask_per_capsulam(*, by: Any, case: Case, deadline_at: datetime) -> Poll:
    """Ask every seat of the body to answer a ready case in writing before a deadline.

    Raises RuleBroken for a body that decides in meetings only (P4), for a case that is not ready,
    for a deadline that has passed, and when the protection of the records is missing.
    """
    council = case.council
    require(by, "governance.manage_case", council)
    Council.objects.select_for_update().get(pk=council.pk)
    case = Case.objects.select_for_update().select_related("council").get(pk=case.pk)
    if case.state not in {CaseState.READY, CaseState.TABLED}:
        raise RuleBroken(_("The case is not ready to be decided."), field="case")
    if deadline_at <= timezone.now():
        raise RuleBroken(_("The time has already passed."), field="deadline_at")
    if case.polls.binding().exists():
        raise RuleBroken(_("The case has already been sent out."), field="case")
    profile = council.settings.profile_on(council, timezone.localdate())
    try:
        rule = per_capsulam_rule(profile.per_capsulam)
    except PerCapsulamRefusedError as error:
        raise RuleBroken(_("This body decides in meetings only.")) from error
    poll = Poll(
        council=council,
        case=case,
        question=PollQuestion.PER_CAPSULAM,
        title=case.subject[:300],
        clauses=case.proposal,
        yes_key=CARRIED,
        no_key=REJECT,
        yes_means="bifall till förslaget",
        no_means="nej till förslaget: ärendet tas upp på nästa möte",
        per_capsulam=True,
        casting_vote=False,
        double_majority=profile.double_majority,
        quorum=profile.quorum,
        deadline_at=deadline_at,
        requested_at=timezone.now(),
    )
    set_rule(poll, rule)
    _open(poll)
    _notify(poll, PER_CAPSULAM_ASKED, poll.roll.values_list("person", flat=True))
    return poll


def _open(poll: Poll) -> None:
    """Freeze the roll of the day and take answers."""
    step_poll(poll, "approve", order_approved=True)
    seats: list[Any] = list(Seat.objects.filter(council=poll.council).on().with_people(voting=True))
    filled = [seat for seat in seats if seat.people]
    poll.seats, poll.vacancies = len(seats), len(seats) - len(filled)
    poll.save()
    table = poll.council.weight_tables.current(timezone.localdate())
    weights = dict(table.rows.values_list("organisation_id", "weight")) if table else {}
    PollSeat.objects.bulk_create(
        PollSeat(
            poll=poll,
            seat=seat,
            organisation=seat.organisation,
            municipality=municipality_code(seat.organisation),
            weight=weights.get(seat.organisation_id, 1),
            present=False,
            recused=False,
            person_id=seat.people[0].person_id,
        )
        for seat in filled
    )
    poll.opened_at = timezone.now()
    step_poll(
        poll,
        "open",
        triggers_present=not triggers.missing(),
        quorate=bool(filled),
        no_other_poll=True,
        earlier_settled=True,
    )
    poll.save()
    chain(poll, "poll_opened", case=poll.case_id, **opening_content(poll))


def missing_seats(poll: Poll) -> Any:
    """Return the rows of the roll that have not voted or answered."""
    return poll.roll.exclude(seat__in=poll.ballots.values("seat")).select_related("organisation")


@transaction.atomic
def remind_missing(*, now: datetime | None = None) -> int:
    """Remind those who have not answered, two days before the time is out; once per poll."""
    moment = now or timezone.now()
    near = Poll.objects.open().filter(
        per_capsulam=True, reminded_at__isnull=True, deadline_at__lte=moment + REMIND_BEFORE
    )
    count = 0
    for poll in near.filter(deadline_at__gt=moment).select_related("council"):
        _notify(poll, PER_CAPSULAM_REMINDER, missing_seats(poll).values_list("person", flat=True))
        poll.reminded_at = moment
        poll.save(update_fields=["reminded_at", "updated_at"])
        count += 1
    return count


def close_overdue(*, now: datetime | None = None) -> int:
    """Close what has passed its time, and put what was carried on the next agenda."""
    count, moment = 0, now or timezone.now()
    for poll in Poll.objects.all().overdue(moment):
        report_next(by=SYSTEM, poll=close_per_capsulam(by=SYSTEM, poll=poll, now=moment))
        count += 1
    return count


@transaction.atomic
def finish_per_capsulam(*, by: Any, poll: Poll) -> Poll:
    """Close a poll without a meeting, and put what was carried on the next agenda."""
    poll = close_per_capsulam(by=by, poll=poll)
    report_next(by=by, poll=poll)
    return poll


@transaction.atomic
def report_next(*, by: Any, poll: Poll) -> AgendaItem | None:
    """Put a carried poll on the agenda of the next planned meeting, where it gets its own § (P1).

    What was not carried stays ready, so that the next meeting takes it up as any case (P2). None
    when nothing was carried, no meeting is planned, or it is reported already.
    """
    poll = enter_poll(poll)
    if poll.state != PollState.SETTLED or poll.item_id or poll.case is None:
        return None
    item = _planned_item(poll) or _place_on_next(poll, by=by)
    if item is not None and poll.winner == CARRIED:
        item.kind, item.title = ItemKind.INFORMATION, planning.report_title(poll.case)
        item.save(update_fields=["kind", "title", "updated_at"])
    return item


def _planned_item(poll: Poll) -> AgendaItem | None:
    """Return the item of a planned meeting that has the case already."""
    rows = AgendaItem.objects.filter(case=poll.case, meeting__state__in=MEETINGS_AHEAD)
    return rows.order_by("meeting__starts_at").first()


def _place_on_next(poll: Poll, *, by: Any) -> AgendaItem | None:
    ahead = poll.council.meetings.planned().filter(starts_at__gt=timezone.now()).first()
    waits = poll.case is not None and poll.case.state in {CaseState.READY, CaseState.TABLED}
    if ahead is None or poll.case is None or not waits:
        return None
    return planning.put_case_on_agenda(by=by, meeting=ahead, case=poll.case)


def reported_poll(item: AgendaItem) -> Poll | None:
    """Return the carried poll without a meeting that an item of the agenda reports, if any."""
    if item.case_id is None:
        return None
    return Poll.objects.filter(case=item.case_id).unreported().order_by("pk").first()


@transaction.atomic
def report_item(
    *, by: Any, meeting: Meeting, item: AgendaItem, at: datetime | None = None
) -> Decision | AgendaItem:
    """Note an item; one that reports a poll without a meeting writes its decision under the §.

    The decision was taken when the answers were counted, by those who answered; the meeting only
    takes note of it.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    poll = reported_poll(item)
    if poll is None:
        return note_item(by=by, meeting=meeting, item=item, at=at)
    open_room = meeting.state == MeetingState.OPEN
    item.state = advance(ITEM, item.state, "close_debate", meeting_open=open_room)
    item.state = advance(
        ITEM,
        item.state,
        "decide",
        meeting_open=open_room,
        quorate=meeting.room().may_decide,
        no_poll_asked=True,
        gavel_ready=True,
    )
    decision = conclude_item(
        meeting,
        item,
        by=by,
        at=at,
        method=DecisionMethod.PER_CAPSULAM,
        kind=DecisionKind.MATTER,
        outcome=Outcome.CARRIED,
        clauses=clean_clauses(poll.clauses),
        decided_at=poll.settled_at,
        participants=[[row.seat_id, row.person_id] for row in last_ballots(poll)],
        motivation=f"Beslutet fattades per capsulam den {_day(poll)} och anmäls vid mötet.",
    )
    poll.decision = decision
    poll.save(update_fields=["decision", "updated_at"])
    _chain_report(poll, item)
    return decision


def _chain_report(poll: Poll, item: AgendaItem) -> None:
    """Write the poll into the ledger again, under its §: what minutes print is proved from there.

    The entries of its opening and close lie before the meeting, where no evidence of it reaches.
    """
    where = {"meeting": item.meeting_id, "item": item.pk}
    chain(poll, "poll_reported", **opening_content(poll), **closing_content(poll), **where)


def _day(poll: Poll) -> str:
    return long_date(timezone.localtime(poll.settled_at).date(), "sv")


def _notify(poll: Poll, kind: NotificationKind, people: Iterable[int]) -> None:
    deadline = timezone.localtime(poll.deadline_at)
    notify(
        users=User.objects.filter(name__in=people).select_related("name"),
        kind=kind,
        params={
            "body": poll.council.name,
            "case": poll.title,
            "day": deadline.date().isoformat(),
            "time": f"{deadline:%H.%M}",
        },
        url=poll.get_absolute_url(),
        dedupe_key=f"{kind.code}-{poll.pk}",
    )
