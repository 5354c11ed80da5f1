"""Loads the demo's bodies with meetings in every state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from catalogue.models import ServicePage
from core import pdf
from core.actions import SYSTEM
from core.audiences import Audience
from governance.actions import appointing, cases, councils, planning, seats, summoning, times
from governance.actions.room import adjusters, deciding, items, motions, opening, recusals
from governance.choices import Answer, MotionKind, OfficeKind, PresenceMode
from governance.demo import minutes as written
from governance.demo import polls
from governance.demo.bodies import BODIES, CASES, BodySpec
from governance.models import AgendaItem, Case, Council, Meeting, Seat, ShelfDocument
from members.models import Organisation, User

APPOINTED_BY = "Kommunstyrelsen (exempel)"
DECIDED_BEFORE = timedelta(days=30)

Account = Callable[[str, str, Organisation], User]


@dataclass(frozen=True)
class Stand:
    """What the bodies are built on.

    `organisations` by municipality code, `office` the association, and `account(email, title,
    organisation)` which returns the account of a role, made when it is missing.
    """

    organisations: dict[str, Organisation]
    office: Organisation
    account: Account
    today: date


def load_councils(stand: Stand) -> int:
    """Build the bodies that are missing and return how many; a second run builds none."""
    missing = [spec for spec in BODIES if not Council.objects.filter(slug=spec.slug).exists()]
    for spec in missing:
        with transaction.atomic():
            _load(stand, spec)
    return len(missing)


@dataclass
class _Built:
    """A body on its way."""

    council: Council
    secretary: User
    members: list[User]
    substitutes: list[User]


def _load(stand: Stand, spec: BodySpec) -> None:
    service = ServicePage.objects.live().filter(slug=spec.service).first()
    council = councils.create_council(
        by=SYSTEM,
        name=spec.name,
        slug=spec.slug,
        kind=spec.kind,
        mandate=spec.mandate,
        registry_code=spec.series,
        service=service,
        open_meetings=spec.open_meetings,
        is_example=True,
    )
    secretary = stand.account(
        f"sekreterare@{spec.slug}.exempel.invalid", f"Sekreterare, {spec.name}", stand.office
    )
    built = _Built(council, secretary, [], [])
    for code in spec.codes:
        if code in stand.organisations:
            _seat(stand, spec, built, code)
    _offices(stand, built)
    ready = [_case(built, subject, clause) for subject, clause in CASES[spec.slug]]
    SCENES[spec.slug](stand, built, ready)


def _seat(stand: Stand, spec: BodySpec, built: _Built, code: str) -> None:
    organisation = stand.organisations[code]
    first = date(stand.today.year - 1, 1, 1)
    seat: Seat = seats.give_seat(
        by=SYSTEM, council=built.council, organisation=organisation, starts_on=first
    )
    decision = _appointing(stand, built, organisation, first)
    places = (("ledamot", "Ledamot", built.members), ("ersattare", "Ersättare", built.substitutes))
    for position, (address, title, people) in enumerate(places):
        email = f"{address}.{code}@{spec.slug}.exempel.invalid"
        user = stand.account(email, f"{title}, {organisation.name}", organisation)
        people.append(user)
        seats.appoint(
            by=SYSTEM,
            seat=seat,
            person=user.name,
            position=position,
            starts_on=first,
            appointed_by=APPOINTED_BY,
            appointed_on=first - DECIDED_BEFORE,
            decision_number=f"§ 100/{first.year - 1}",
            document=decision,
        )


def _appointing(
    stand: Stand, built: _Built, organisation: Organisation, first: date
) -> ShelfDocument:
    """File the decision by which an organisation appointed its ordinary and its substitute."""
    day = first - DECIDED_BEFORE
    data = _paper_data(
        title="Val av ledamot och ersättare (exempel)",
        author=organisation.name,
        mark=f"§ 100/{first.year - 1}",
        facts=[["Beslutat av", APPOINTED_BY], ["Organ", built.council.name]],
        items=[],
    )
    content = pdf.render("summons.typ", data, dated_on=day)
    version = appointing.file_decision(
        by=SYSTEM,
        council=built.council,
        name=f"{organisation.name} § 100/{first.year - 1}",
        decided_on=day,
        file=SimpleUploadedFile("beslut-om-uppdrag.pdf", content),
        audience=Audience.PUBLIC,
    )
    return version.document


def _offices(stand: Stand, built: _Built) -> None:
    people = [(OfficeKind.SECRETARY, built.secretary)]
    people += list(zip((OfficeKind.CHAIR, OfficeKind.VICE_CHAIR), built.members[:2], strict=False))
    for kind, user in people:
        seats.give_office(
            by=SYSTEM,
            council=built.council,
            person=user.name,
            kind=kind,
            starts_on=date(stand.today.year - 1, 1, 1),
            appointed_reference="Konstituerande möte § 2 (exempel)",
        )


def _case(built: _Built, subject: str, clause: str) -> Case:
    case = cases.register_case(by=SYSTEM, council=built.council, subject=f"{subject} (exempel)")
    cases.propose_decision(
        by=SYSTEM, case=case, proposal=[clause], background=f"{subject}: bakgrunden är ett exempel."
    )
    _memo(built, case)
    return cases.make_case_ready(by=SYSTEM, case=case)


def _memo(built: _Built, case: Case) -> None:
    """File the memorandum of a case as PDF."""
    item = {"position": 1, "title": case.subject, "note": "", "clauses": list(case.proposal)}
    data = _paper_data(
        title=f"Tjänsteskrivelse: {case.subject}",
        author=built.council.name,
        mark=case.registry_number,
        facts=[["Ärende", case.subject], ["Status", "Påhittat exempel"]],
        items=[item | {"documents": []}],
    )
    content = pdf.render("summons.typ", data, dated_on=case.registered_on)
    cases.add_document(
        by=SYSTEM,
        case=case,
        title="Tjänsteskrivelse (exempel)",
        dated_on=case.registered_on,
        file=SimpleUploadedFile("tjansteskrivelse.pdf", content),
        audience=Audience.PUBLIC,
    )


def _paper_data(**content: Any) -> dict[str, Any]:
    """Return what the template of a paper is filled with."""
    words = {"agenda": "Förslag", "changes": "", "proposal": "Att", "annexes": "Bilagor"}
    return {"changes": [], "words": words} | content


def _meeting(
    stand: Stand, built: _Built, days: int, *, start: datetime | None = None, **details: Any
) -> Meeting:
    """Plan a meeting so many days from today, at nine in the morning unless told otherwise."""
    morning = datetime.combine(stand.today + timedelta(days=days), time(9, 0))
    start = start or timezone.make_aware(morning)
    return planning.plan_meeting(
        by=SYSTEM,
        council=built.council,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place="Sessionssalen (exempel)",
        **details,
    )


def _held(
    stand: Stand,
    built: _Built,
    days: int,
    *,
    start: datetime | None = None,
    polled: bool = False,
) -> Meeting:
    """Return a meeting that has been opened; the summons is late by nature."""
    meeting = _meeting(stand, built, days, start=start)
    if polled:
        polls.add_polled_items(meeting)
    summoning.send_summons(by=SYSTEM, meeting=meeting, late_reason="Möte före systemet (exempel)")
    present = {user.name_id: PresenceMode.ROOM for user in built.members[:-1]}
    present[built.substitutes[-1].name_id] = PresenceMode.DISTANCE
    return opening.open_meeting(
        by=SYSTEM, meeting=meeting, present=present, at=meeting.starts_at, from_paper=days < 0
    )


def _began(meeting: Meeting) -> datetime:
    return meeting.opened_at or meeting.starts_at


def _open(meeting: Meeting, item: AgendaItem | None, minutes: int) -> AgendaItem:
    if item is None:
        raise LookupError("the agenda lacks the item")
    at = _began(meeting) + timedelta(minutes=minutes)
    return items.open_item(by=SYSTEM, meeting=meeting, item=item, at=at)


def _adjusters(built: _Built, meeting: Meeting) -> None:
    item = _open(meeting, meeting.items.filter(chooses_adjusters=True).first(), 5)
    adjusters.choose_adjusters(
        by=SYSTEM,
        meeting=meeting,
        item=item,
        adjusters=[built.members[1].name],
        at=_began(meeting) + timedelta(minutes=8),
    )


def _carry(meeting: Meeting, case: Case, minutes: int) -> None:
    at = _began(meeting) + timedelta(minutes=minutes + 10)
    item = _open(meeting, meeting.items.filter(case=case).first(), minutes)
    items.close_debate(by=SYSTEM, meeting=meeting, item=item, at=at)
    deciding.state_finding(by=SYSTEM, meeting=meeting, item=item, proposal=True, at=at)
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item, at=at)


def _postpone(built: _Built, meeting: Meeting, case: Case, kind: str, minutes: int) -> None:
    at = _began(meeting) + timedelta(minutes=minutes + 10)
    item = _open(meeting, meeting.items.filter(case=case).first(), minutes)
    motion = motions.make_motion(
        by=SYSTEM,
        meeting=meeting,
        item=item,
        person=built.members[2].name,
        kind=kind,
        text="Kostnaden behöver utredas (exempel).",
    )
    items.close_debate(by=SYSTEM, meeting=meeting, item=item, at=at)
    deciding.state_finding(by=SYSTEM, meeting=meeting, item=item, motions=[motion], at=at)
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item, at=at)


def _provisum(stand: Stand, built: _Built, ready: list[Case]) -> None:
    """Adjusted minutes, minutes that wait for a signature, a summoned meeting and a draft."""
    past = _held(stand, built, -30, polled=True)
    _adjusters(built, past)
    _carry(past, ready[0], 15)
    _postpone(built, past, ready[1], MotionKind.TABLE, 30)
    _postpone(built, past, ready[2], MotionKind.REFER_BACK, 50)
    polls.polled_items(past, built.members)
    ahead = _meeting(stand, built, 21)
    opening.close_meeting(by=SYSTEM, meeting=past, at=past.starts_at + timedelta(hours=2))
    signers = [built.secretary, built.members[0], built.members[1]]
    written.adjust(past, signers)
    written.rectify(past, ready[0])
    written.follow_up(past, ready[0], built.members[2])
    councils.adopt_rules(
        by=SYSTEM,
        council=built.council,
        changes={"notice_days": 14},
        valid_from=stand.today,
        adopted_reference="Rådet § 2, arbetsordning (exempel)",
    )
    recent = _held(stand, built, -5)
    _adjusters(built, recent)
    opening.close_meeting(
        by=SYSTEM, meeting=recent, put_off_rest=True, at=recent.starts_at + timedelta(hours=1)
    )
    written.adjust(recent, signers[:2])
    summoning.send_summons(by=SYSTEM, meeting=ahead)
    summoning.answer_summons(
        by=SYSTEM, meeting=ahead, answer=Answer.ABSENT, person=built.members[-1].name
    )
    _meeting(stand, built, 80)
    spans = [
        (ahead.starts_at + timedelta(days=n), ahead.ends_at + timedelta(days=n)) for n in (60, 61)
    ]
    times.ask_for_times(by=SYSTEM, council=built.council, title="Vårmöte (exempel)", times=spans)
    cases.consult(
        by=SYSTEM,
        case=ready[2],
        question="Vilka krav ställer ni på en ny driftleverantör? (exempel)",
        last_day=stand.today + timedelta(days=30),
        organisations=[seat.organisation for seat in built.council.seats.on()[:3]],
    )


def _egil(stand: Stand, built: _Built, ready: list[Case]) -> None:
    """A meeting in progress now, with a recusal, motions and a poll that is open."""
    start = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=50)
    now = _held(stand, built, 0, start=start)
    _adjusters(built, now)
    item = meeting_item(now, ready[0])
    recusals.announce_recusal(
        by=SYSTEM,
        meeting=now,
        item=item,
        person=built.members[2].name,
        ground="Anställd hos en anbudsgivare (exempel).",
    )
    item = _open(now, item, 20)
    motions.make_motion(
        by=SYSTEM,
        meeting=now,
        item=item,
        person=built.members[0].name,
        kind=MotionKind.APPROVE,
        text="",
    )
    polls.cast(polls.open_poll(now, item, built.members), built.members, "yny")


def _bibblix(stand: Stand, built: _Built, ready: list[Case]) -> None:
    """An adjourned meeting, and a matter that is decided without a meeting."""
    meeting = _held(stand, built, -2)
    _adjusters(built, meeting)
    _carry(meeting, ready[0], 15)
    opening.adjourn(by=SYSTEM, meeting=meeting, until="nästa vecka")
    late = _case(built, "Tillfällig rabatt för nya bibliotek", "införa en tillfällig rabatt")
    polls.ask_without_meeting(late, built.members)


def _held_today(stand: Stand, built: _Built) -> Meeting:
    """Return a committee's meeting that began some time ago: it may not be summoned late."""
    councils.adopt_rules(
        by=SYSTEM,
        council=built.council,
        changes={"notice_days": 0},
        valid_from=date(stand.today.year - 1, 1, 1),
        adopted_reference="Reglemente § 4 (exempel)",
    )
    now = timezone.now().replace(second=0, microsecond=0)
    meeting = _meeting(stand, built, 0, start=now)
    summoning.send_summons(by=SYSTEM, meeting=meeting)
    present = {user.name_id: PresenceMode.ROOM for user in built.members}
    return opening.open_meeting(
        by=SYSTEM, meeting=meeting, present=present, at=now - timedelta(minutes=80)
    )


def _joint(stand: Stand, built: _Built, ready: list[Case]) -> None:
    """Minutes on every member's notice board, a cancelled meeting and a draft with its case."""
    past = _held_today(stand, built)
    _adjusters(built, past)
    _carry(past, ready[0], 15)
    opening.close_meeting(by=SYSTEM, meeting=past, at=_began(past) + timedelta(hours=1))
    written.adjust(past, [built.secretary, built.members[0], built.members[1]])
    written.announce(past, on=timezone.localdate())
    _case(built, "Budget för nästa år", "fastställa budgeten")
    meeting = _meeting(stand, built, 14)
    summoning.cancel_meeting(by=SYSTEM, meeting=meeting, reason="För få kunde komma (exempel).")
    _meeting(stand, built, 35)


def meeting_item(meeting: Meeting, case: Case) -> AgendaItem:
    """Return the item by which a meeting handles a case."""
    return meeting.items.get(case=case)


SCENES: dict[str, Callable[[Stand, _Built, list[Case]], None]] = {
    "provisum": _provisum,
    "egil": _egil,
    "bibblix": _bibblix,
    "gemensam-namnd": _joint,
}
