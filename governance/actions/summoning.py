"""Sends the summons by the body's rules, keeps exactly what was sent, takes answers."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import formatting, pdf
from core.actions import queue_email, require
from core.events import publish
from core.exceptions import RuleBroken
from governance.actions.case_steps import step_case
from governance.actions.planning import confirm_summoned, return_cases
from governance.actions.recording import enter_room, record, touch
from governance.canonical import canonical_json
from governance.choices import (
    Answer,
    BodyKind,
    EventKind,
    ItemKind,
    MeetingMode,
    RecusalState,
)
from governance.deadlines import is_summoned_in_time
from governance.emails import cancellation_email, summons_email
from governance.events import MeetingChanged
from governance.house_rules import to_data
from governance.kinds import RECUSAL_CALLED, SUBSTITUTE_CALLED, SUBSTITUTE_RELEASED
from governance.models import (
    AgendaItem,
    Mandate,
    Meeting,
    MeetingAnswer,
    Recusal,
    Summons,
    SummonsDelivery,
)
from governance.states import ITEMS_WAITING, MEETING, MeetingState, advance
from members.models import PersonName, User
from notifications.actions import notify
from notifications.kinds import NotificationKind

STRICT = frozenset({BodyKind.COMMITTEE, BodyKind.ASSEMBLY})
"""Bodies whose notice is refused when it is late; the others may summon late with a reason."""


def addressees(meeting: Meeting) -> dict[int, PersonName]:
    """Return everyone to summon: ordinary members, substitutes and offices on the day."""
    day = timezone.localtime(meeting.starts_at).date()
    mandates = Mandate.objects.on(day).filter(seat__council=meeting.council_id)
    offices = meeting.council.offices.on(day)
    people = {row.person_id: row.person for row in mandates.select_related("person__user")}
    return people | {row.person_id: row.person for row in offices.select_related("person__user")}


@transaction.atomic
def send_summons(*, by: Any, meeting: Meeting, late_reason: str = "") -> Summons:
    """Send the summons, or a new one after a change, to all who sit (rules.md 1.9).

    Freezes the body's rules for the meeting, keeps a snapshot of what was sent and its PDF, and
    queues one mail per addressee with the calendar entry. Raises RuleBroken without items, place
    or an address for everyone, and when the notice is too short: never allowed for committees and
    assemblies, with `late_reason` for the others. A meeting that has already been held was
    summoned on paper: `late_reason` says how, for every body, and nobody is mailed.
    """
    require(by, "governance.plan_meeting", meeting)
    meeting = enter_room(meeting)
    people = addressees(meeting)
    users = _users(people)
    previous = meeting.summonses.first()
    in_time = _in_time(meeting, previous)
    was_held = meeting.starts_at <= timezone.now()
    forgiving = was_held or meeting.council.kind not in STRICT
    _step(
        meeting,
        in_time=in_time or (forgiving and bool(late_reason.strip())),
        all_addressed=bool(people) and set(users) == set(people),
    )
    snapshot = snapshot_of(meeting, people)
    difference = differences(previous.snapshot, snapshot) if previous else []
    document = _document(meeting, snapshot, difference)
    summons = Summons.objects.create(
        meeting=meeting,
        number=meeting.summons_number,
        sent_at=timezone.now(),
        sent_by_id=getattr(by, "pk", None),
        snapshot=snapshot,
        snapshot_hash=hashlib.sha256(canonical_json(snapshot)).hexdigest(),
        difference=difference,
        kept_notice=in_time,
        late_reason=late_reason[:300],
        file=ContentFile(document, name="kallelse.pdf"),
    )
    data = {"summons": summons.number, "sha256": summons.snapshot_hash, "in_time": in_time}
    record(meeting, EventKind.SUMMONED, by=by, data=data)
    confirm_summoned(meeting)
    if not was_held:
        _deliver(summons, users, document, changed=previous is not None)
    publish(MeetingChanged(meeting.pk))
    return summons


def _step(meeting: Meeting, *, in_time: bool, all_addressed: bool) -> None:
    """Take the meeting to summoned, its rules frozen by the first summons."""
    meeting.state = advance(
        MEETING,
        meeting.state,
        "summon",
        has_items=meeting.items.exclude(kind=ItemKind.FORMALITY).exists(),
        has_place=_has_place(meeting),
        in_time=in_time,
        all_addressed=all_addressed,
    )
    if not meeting.summons_number:
        meeting.rules = to_data(meeting.profile())
    meeting.summons_number += 1
    meeting.save()


@transaction.atomic
def summon_newcomer(*, by: Any, council: Any, person: PersonName) -> list[SummonsDelivery]:
    """Summon at once somebody who gets a seat or an office after the summons was sent.

    The last summons of each meeting ahead goes out as it is to the new person too; it is chained.
    Who already had it is left alone. Returns the deliveries that are new.
    """
    user = _users({person.pk: person}).get(person.pk)
    new: list[SummonsDelivery] = []
    for ahead in council.meetings.filter(state=MeetingState.SUMMONED):
        meeting = enter_room(ahead)
        summons = meeting.summonses.first()
        if user is None or summons is None or person.pk not in addressees(meeting):
            continue
        if summons.deliveries.filter(person=person).exists():
            continue
        record(
            meeting,
            EventKind.SUMMONED,
            by=by,
            person=person,
            data={"summons": summons.number, "sha256": summons.snapshot_hash, "newcomer": True},
        )
        with summons.file.open("rb") as file:
            document = file.read()
        rows = queue_email(message=summons_email(user, summons, document, changed=False))
        new.append(SummonsDelivery.objects.create(summons=summons, person=person, message=rows[0]))
    return new


@transaction.atomic
def cancel_meeting(*, by: Any, meeting: Meeting, reason: str) -> Meeting:
    """Cancel a meeting before it is opened; the summoned are told, its cases wait for the next."""
    require(by, "governance.plan_meeting", meeting)
    meeting = enter_room(meeting)
    summoned = meeting.state == MeetingState.SUMMONED
    meeting.state = advance(MEETING, meeting.state, "cancel")
    if not reason.strip():
        raise RuleBroken(_("Say why the meeting is cancelled."), field="reason")
    meeting.cancelled_reason = reason[:300]
    meeting.save()
    record(meeting, EventKind.CANCELLED, by=by, data={"reason": reason[:300]})
    for item in meeting.items.filter(state__in=ITEMS_WAITING, case__isnull=False):
        if item.case is not None:
            step_case(item.case, "miss", by=by, item=item)
    return_cases(meeting, by=by)
    if summoned:
        for user in _users(addressees(meeting)).values():
            queue_email(message=cancellation_email(user, meeting))
    publish(MeetingChanged(meeting.pk))
    return meeting


def snapshot_of(meeting: Meeting, people: Iterable[int]) -> dict[str, Any]:
    """Return the content of a summons: time, place, agenda, annexes by checksum, addressees."""
    items = meeting.items.select_related("case").order_by("position")
    return {
        "body": str(meeting.council.public_id),
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "mode": meeting.mode,
        "place": meeting.place,
        "link": meeting.link,
        "items": [_item(item) for item in items],
        "addressees": sorted(people),
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    documents = item.case.documents.order_by("position") if item.case else []
    newest = [(document, document.versions.first()) for document in documents]
    return {
        "id": item.pk,
        "position": item.position,
        "title": item.title,
        "kind": item.kind,
        "case": item.case.registry_number if item.case else "",
        "closed": item.is_closed,
        "proposal": list(item.proposal),
        "documents": [
            {"title": document.title, "version": version.number, "sha256": version.sha256}
            for document, version in newest
            if version is not None
        ],
    }


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return in words what a new summons changes."""
    changes = []
    if (old["starts_at"], old["ends_at"]) != (new["starts_at"], new["ends_at"]):
        changes.append(_("The time has changed."))
    if (old["place"], old["link"], old["mode"]) != (new["place"], new["link"], new["mode"]):
        changes.append(_("The place, or how to join, has changed."))
    before = {item["id"]: item for item in old["items"]}
    after = {item["id"]: item for item in new["items"]}
    for pk, item in after.items():
        if pk not in before:
            changes.append(_("Added: %(item)s") % {"item": item["title"]})
        elif _substance(before[pk]) != _substance(item):
            changes.append(_("Changed: %(item)s") % {"item": item["title"]})
    changes += [
        _("Taken off: %(item)s") % {"item": item["title"]}
        for pk, item in before.items()
        if pk not in after
    ]
    order = [pk for pk in after if pk in before]
    if order != [pk for pk in before if pk in after]:
        changes.append(_("The order of the items has changed."))
    return changes


def _substance(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "position"}


@transaction.atomic
def answer_summons(
    *, by: Any, meeting: Meeting, answer: str, person: PersonName | None = None
) -> MeetingAnswer:
    """Answer a summons; when an ordinary member does not come the next substitute is called.

    `person` is given when the secretary enters another's answer. Raises RuleBroken for somebody
    who is not summoned and once the meeting has been opened.
    """
    who = person or by.name
    if getattr(by, "name_id", None) == who.pk:
        require(by, "governance.answer_summons", meeting)
    else:
        require(by, "governance.plan_meeting", meeting)
    meeting = enter_room(meeting)
    if meeting.state != MeetingState.SUMMONED:
        raise RuleBroken(_("Answers are given between the summons and the opening."))
    if who.pk not in addressees(meeting):
        raise RuleBroken(_("The person is not summoned to this meeting."), field="person")
    if answer not in Answer.values:
        raise RuleBroken(_("Answer whether you come."), field="answer")
    row, __ = MeetingAnswer.objects.update_or_create(
        meeting=meeting, person=who, defaults={"answer": answer}
    )
    call_substitutes(meeting)
    touch(meeting)
    return row


def call_substitutes(meeting: Meeting) -> None:
    """Call the next substitute of each seat whose member cannot come; release who is not needed.

    The order of the seat decides; one who has answered no is passed over. A member who has
    announced jäv in an item has a substitute called for that item.
    """
    day = timezone.localtime(meeting.starts_at).date()
    announced: dict[int, list[Recusal]] = {}
    for recusal in Recusal.objects.filter(
        item__meeting=meeting, state=RecusalState.ANNOUNCED, item__state__in=ITEMS_WAITING
    ).select_related("called__user", "item"):
        announced.setdefault(recusal.person_id, []).append(recusal)
    answers = {row.person_id: row for row in meeting.answers.all()}
    absent = {pk for pk, row in answers.items() if row.answer == Answer.ABSENT}
    seats: dict[int, list[Mandate]] = {}
    mandates = Mandate.objects.on(day).filter(seat__council=meeting.council_id)
    for mandate in mandates.select_related("person__user").order_by("seat", "position"):
        seats.setdefault(mandate.seat_id, []).append(mandate)
    for people in seats.values():
        first = people[0]
        if not first.is_ordinary:
            continue
        able = [m.person for m in people[1:] if m.person_id not in absent]
        row = answers.get(first.person_id)
        if row is not None:
            wanted = able[0] if able and first.person_id in absent else None
            _change_call(meeting, row, wanted)
        for recusal in announced.get(first.person_id, []):
            _call_for(meeting, recusal, [p for p in able if p.pk not in announced])


def _call_for(meeting: Meeting, recusal: Recusal, able: list[PersonName]) -> None:
    """Call the first substitute who can to the item in which the member is jävig."""
    wanted = able[0] if able else None
    if recusal.called_id == (wanted.pk if wanted else None):
        return
    recusal.called = wanted
    recusal.save(update_fields=["called", "updated_at"])
    _tell(meeting, wanted, RECUSAL_CALLED)


def _change_call(meeting: Meeting, row: MeetingAnswer, wanted: PersonName | None) -> None:
    if row.called_id == (wanted.pk if wanted else None):
        return
    former, row.called = row.called, wanted
    row.save()
    _tell(meeting, former, SUBSTITUTE_RELEASED)
    _tell(meeting, wanted, SUBSTITUTE_CALLED)


def _tell(meeting: Meeting, person: PersonName | None, kind: NotificationKind) -> None:
    user = getattr(person, "user", None)
    if user is not None:
        notify(
            users=[user],
            kind=kind,
            params={
                "body": meeting.council.name,
                "day": timezone.localtime(meeting.starts_at).date().isoformat(),
            },
            url=meeting.get_absolute_url(),
        )


def _users(people: Mapping[int, PersonName]) -> dict[int, User]:
    """Return the accounts that mail can reach, by person."""
    rows = User.objects.filter(name__in=list(people), is_active=True).select_related("name")
    return {user.name_id: user for user in rows}


def _has_place(meeting: Meeting) -> bool:
    if meeting.mode == MeetingMode.DISTANCE:
        return bool(meeting.link)
    return bool(meeting.place)


def _in_time(meeting: Meeting, previous: Summons | None) -> bool:
    """Return whether the notice is kept; for the same time it counts from the first summons."""
    day = timezone.localtime(meeting.starts_at).date()
    sent = timezone.localdate()
    if previous is not None:
        same = meeting.summonses.filter(snapshot__starts_at=meeting.starts_at.isoformat())
        first = same.order_by("number").first()
        sent = timezone.localtime(first.sent_at).date() if first else sent
    return is_summoned_in_time(sent, day, notice_days=meeting.profile().notice_days)


def _deliver(
    summons: Summons, users: Mapping[int, User], document: bytes, *, changed: bool
) -> None:
    for person, user in users.items():
        rows = queue_email(message=summons_email(user, summons, document, changed=changed))
        SummonsDelivery.objects.create(summons=summons, person_id=person, message=rows[0])


def _document(meeting: Meeting, snapshot: Mapping[str, Any], changes: list[str]) -> bytes:
    """Draw the summons; the language of the records is Swedish."""
    start, end = (timezone.localtime(t) for t in (meeting.starts_at, meeting.ends_at))
    when = formatting.long_date(start.date(), "sv"), formatting.clock_range(start, end, "sv")
    facts = [["Tid", ", ".join(when)], ["Plats", meeting.place or "På distans"]]
    if meeting.link:
        facts.append(["Delta på distans", meeting.link])
    data = {
        "title": f"Kallelse till {meeting.council.name}",
        "author": meeting.council.name,
        "mark": f"Kallelse {meeting.summons_number}",
        "facts": facts,
        "changes": changes,
        "words": {
            "agenda": "Dagordning",
            "changes": "Ändrat sedan förra kallelsen",
            "proposal": "Förslag till beslut: att",
            "annexes": "Bilagor",
        },
        "items": [_drawn(item) for item in snapshot["items"]],
    }
    return pdf.render("summons.typ", data, dated_on=timezone.localdate())


def _drawn(item: Mapping[str, Any]) -> dict[str, Any]:
    notes = [item["case"], "Bakom stängda dörrar" if item["closed"] else ""]
    return {
        "position": item["position"],
        "title": item["title"],
        "note": " · ".join(note for note in notes if note),
        "clauses": item["proposal"],
        "documents": [d["title"] for d in item["documents"]],
    }
