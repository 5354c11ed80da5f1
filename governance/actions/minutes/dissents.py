"""Reservations and statements, within their time limits (rules.md 1.5; kommunallagen 4:27)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.minutes.presence import took_part_in
from governance.actions.minutes.writing import require_unfixed
from governance.actions.recording import enter_room, item_in, touch
from governance.canonical import instant
from governance.choices import DissentKind
from governance.models import (
    AgendaItem,
    Decision,
    Dissent,
    Meeting,
    MinutesVersion,
    RollSeat,
)
from governance.poll_records import polls_of
from governance.polls import NO_OPINION
from governance.states import FINAL_MINUTES, MEETINGS_RUNNING, MeetingState
from members.models import Organisation, PersonName

LONGEST = 10_000


@transaction.atomic
def announce_dissent(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    person: PersonName,
    kind: str,
    text: str = "",
    at: datetime | None = None,
    organisations: Collection[Organisation] = (),
) -> Dissent:
    """Announce a reservation, or a statement in the minutes, before the meeting closes.

    Only who took part in deciding the item may; who abstained cannot make a reservation (vectors
    J4, J5). `at` is when it was announced when the secretary enters it afterwards. The written
    reasons may follow until adjustment; nothing is entered while the text of the minutes is fixed.
    Who spoke for several members announces it for those of
    `organisations`, or for all of them; not for a member whose ballot abstained.
    """
    own = getattr(by, "name_id", None) == person.pk
    if not own:
        require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    moment = _moment(meeting, None if own else at)
    require_unfixed(meeting)
    if kind not in DissentKind.values:
        raise RuleBroken(_("Choose reservation or statement."), field="kind")
    decision = Decision.objects.of_paragraphs().filter(item=item).order_by("pk").last()
    if decision is None or moment < decision.decided_at:
        raise RuleBroken(_("Nothing has been decided on this item yet."))
    seats = _seats_of(decision, person)
    if kind == DissentKind.RESERVATION:
        seats = _with_opinion(item, seats)
    members = _spoken_for(meeting, seats, organisations)
    row = _store(
        item=item, decision=decision, person=person, kind=kind, announced_at=moment,
        text=_reasons(text), organisation_id=members[0] if members else None,
    )  # fmt: skip
    row.also_for.set(members[1:])
    _enter(meeting, row, members)
    return row


def _store(**facts: Any) -> Dissent:
    """Store it. Raises RuleBroken when the person has announced the same before."""
    try:
        with transaction.atomic():
            return Dissent.objects.create(**facts)
    except IntegrityError as error:
        raise RuleBroken(_("This has already been announced.")) from error


def _enter(meeting: Meeting, row: Dissent, members: list[int]) -> None:
    data = {
        "id": row.pk,
        "meeting": meeting.pk,
        "item": row.item_id,
        "person": row.person_id,
        "organisations": members,
        "kind": str(row.kind),
        "announced_at": instant(row.announced_at),
    }
    append(council=meeting.council, kind="dissent_announced", data=data)
    touch(meeting)


@transaction.atomic
def write_dissent(*, by: Any, dissent: Dissent, text: str) -> Dissent:
    """Write the reasons of a reservation or statement, until the text of the § is fixed."""
    meeting = dissent.item.meeting
    if getattr(by, "name_id", None) != dissent.person_id:
        require(by, "governance.record_meeting", meeting)
    enter_room(meeting)
    row = Dissent.objects.select_related("item").get(pk=dissent.pk)
    _require_open(row)
    row.text = _reasons(text)
    row.save()
    return row


def _require_open(row: Dissent) -> None:
    """Raise RuleBroken when the reasons stand in a text that is adjusted or waits to be."""
    meeting = Meeting.objects.get(pk=row.item.meeting_id)
    texts = MinutesVersion.objects.filter(item=row.item, made_at__gte=row.created_at)
    if meeting.state in FINAL_MINUTES or texts.filter(paragraphs__isnull=False).exists():
        raise RuleBroken(_("The paragraph is adjusted; its text can no longer change."))
    if texts.waiting().exists():
        raise RuleBroken(_("The paragraph is being adjusted; its text can no longer change."))
    require_unfixed(meeting)


def _reasons(text: str) -> str:
    """Return the reasons as they are kept; nothing is cut away without a word."""
    reasons = text.replace("\r\n", "\n").strip()
    if len(reasons) > LONGEST:
        raise RuleBroken(_("The text is too long."), field="text")
    return reasons


def _moment(meeting: Meeting, at: datetime | None) -> datetime:
    """Return when it was announced. Raises RuleBroken after the meeting closed."""
    now = timezone.now()
    if at is not None and at > now:
        raise RuleBroken(_("The time has not come yet."), field="at")
    if meeting.state in MEETINGS_RUNNING:
        return at or now
    in_time = (
        at is not None
        and meeting.state == MeetingState.CLOSED
        and meeting.closed_at is not None
        and meeting.opened_at is not None
        and meeting.opened_at <= at <= meeting.closed_at
    )
    if not in_time or at is None:
        raise RuleBroken(
            _("Reservations and statements are announced before the meeting closes."), field="at"
        )
    return at


def _seats_of(decision: Decision, person: PersonName) -> list[int]:
    """Return the seats that the person served in the decision; several for a delegate."""
    seats = [int(seat) for seat, served in took_part_in(decision) if served == person.pk]
    if not seats:
        raise RuleBroken(_("Only who took part in the decision can do this."), field="person")
    return seats


def _with_opinion(item: AgendaItem, seats: list[int]) -> list[int]:
    """Return the seats that did not abstain in the last open poll that has a ballot of theirs.

    Raises RuleBroken when all of them did (vector J5).
    """
    polls = [row for row in polls_of([item.pk]).get(item.pk, []) if not row.is_secret]
    chosen = [row.choices for row in polls if any(seat in row.choices for seat in seats)]
    last = chosen[-1] if chosen else {}
    left = [seat for seat in seats if last.get(seat) not in NO_OPINION]
    if not left:
        raise RuleBroken(_("Who abstained from the decision cannot make a reservation."))
    return left


def _spoken_for(
    meeting: Meeting, seats: list[int], organisations: Collection[Organisation]
) -> list[int]:
    """Return the members that the person speaks for by these seats, or the chosen ones of them."""
    roll = RollSeat.objects.filter(meeting=meeting, seat__in=seats).order_by("seat")
    members = list(dict.fromkeys(roll.values_list("organisation", flat=True)))
    wanted = [organisation.pk for organisation in organisations]
    if set(wanted) - set(members):
        raise RuleBroken(_("The person did not decide for this member."), field="organisations")
    return [pk for pk in members if pk in wanted] if wanted else members
