"""Cases: registered, prepared, forwarded, written off; each step is kept for the timeline."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.case_steps import clean_clauses, step_case, write_step
from governance.actions.files import receive
from governance.actions.ledger import append
from governance.actions.numbering import next_number
from governance.actions.planning import place_waiting, remove_item
from governance.kinds import CONSULTED
from governance.models import (
    AgendaItem,
    Case,
    CaseDocument,
    CaseDocumentVersion,
    CaseLink,
    Consultation,
    ConsultationAnswer,
    Council,
)
from governance.states import (
    ITEMS_IN_HAND,
    ITEMS_WAITING,
    MEETINGS_AHEAD,
    MEETINGS_RUNNING,
    CaseState,
    MeetingState,
)
from members.models import Organisation, Representative, User
from members.rules import acts_for
from members.states import Role
from notifications.actions import notify


@transaction.atomic
def register_case(
    *, by: Any, council: Council, subject: str, source: Any = None, **details: Any
) -> Case:
    """Register a case and give it its number, which it keeps over all meetings.

    `source` is what raised it (a service, a participation, a need); `details` are the other
    fields. A member organisation that has no seat raises an initiative (`raised_by`). Raises
    PermissionDenied for others.
    """
    require(by, "governance.raise_case", council)
    if details.get("is_secret"):
        require(by, "governance.manage_case", council)
    return _register(by=by, council=council, subject=subject, source=source, **details)


def _register(*, by: Any, council: Council, subject: str, source: Any, **details: Any) -> Case:
    """Register a case that the person may bring to the body."""
    if not subject.strip():
        raise RuleBroken(_("Write what the case is about."), field="subject")
    today = timezone.localdate()
    case = Case(
        council=council,
        series=council.registry_code,
        year=today.year,
        number=next_number(code=council.registry_code, year=today.year),
        subject=subject.strip(),
        registered_on=today,
        source_type=source._meta.label_lower if source is not None else "",
        source_id=str(source.pk) if source is not None else "",
        **details,
    )
    case.full_clean()
    case.save()
    write_step(case, "register", by=by)
    append(
        council=council,
        kind="case_registered",
        data={"case": case.pk, "registry_number": case.registry_number},
    )
    return case


@transaction.atomic
def prepare_case(*, by: Any, case: Case) -> Case:
    """Begin, or begin again, to prepare a case."""
    require(by, "governance.manage_case", case)
    case = _locked(case)
    if case.state == CaseState.READY:
        _require_unbound(case)
    return step_case(case, "prepare", by=by)


@transaction.atomic
def propose_decision(*, by: Any, case: Case, proposal: Sequence[str], background: str = "") -> Case:
    """Write the proposal to decision in att-clauses; allowed until the case is on an agenda."""
    require(by, "governance.manage_case", case)
    case = _locked(case)
    if case.state == CaseState.REGISTERED:
        step_case(case, "prepare", by=by)
    if case.state not in {CaseState.IN_PREPARATION, CaseState.READY, CaseState.TABLED}:
        raise RuleBroken(_("The proposal can be changed only while the case is prepared."))
    _require_unbound(case)
    case.proposal = clean_clauses(proposal)
    case.background = background
    case.save()
    return case


@transaction.atomic
def make_case_ready(*, by: Any, case: Case) -> Case:
    """Say that a case may be put on an agenda. Raises RuleBroken without a proposal.

    One that a meeting has referred back, or taken off, returns by itself to the next agenda that
    has not been sent out yet.
    """
    require(by, "governance.manage_case", case)
    case = _locked(case)
    step_case(case, "make_ready", by=by, has_proposal=bool(case.proposal))
    ahead = case.council.meetings.planned().filter(state=MeetingState.DRAFT).first()
    if ahead is not None and case.steps.filter(event__in=["refer_back", "take_off"]).exists():
        place_waiting(ahead, by=by)
        case.refresh_from_db()
    return case


@transaction.atomic
def write_off_case(*, by: Any, case: Case, reason: str) -> Case:
    """Write a case off with the reason and who decided it; not after it has been decided.

    It leaves the agenda of a meeting ahead. Raises RuleBroken while a meeting in progress has it
    on its agenda, and while it is being decided, or was decided, without a meeting.
    """
    require(by, "governance.manage_case", case)
    _leave_agenda(case, by=by)
    case = _locked(case)
    _require_unbound(case)
    case = step_case(case, "write_off", by=by, note=reason[:300], has_reason=bool(reason.strip()))
    append(council=case.council, kind="case_written_off", data={"case": case.pk, "reason": reason})
    return case


@transaction.atomic
def follow_up_case(*, by: Any, case: Case, event: str) -> Case:
    """Take a decided case on: "dispatch", "execute" or "close"."""
    require(by, "governance.manage_case", case)
    if event not in {"dispatch", "execute", "close"}:
        raise RuleBroken(_("This is not a step of a decided case."))
    return step_case(_locked(case), event, by=by)


@transaction.atomic
def forward_case(*, by: Any, case: Case, council: Council) -> Case:
    """Register the case with another body, with links both ways, and return the new one.

    Who manages the case sends it on; nothing is asked of the person in the other body.
    """
    require(by, "governance.manage_case", case)
    if council.pk == case.council_id:
        raise RuleBroken(_("The case is already with this body."), field="council")
    target = _register(
        by=by,
        council=council,
        subject=case.subject,
        source=case,
        kind=case.kind,
        background=case.background,
        raised_by=case.raised_by,
        is_secret=case.is_secret,
        secrecy_reason=case.secrecy_reason,
    )
    CaseLink.objects.create(origin=case, target=target)
    write_step(case, "forward", by=by, note=target.registry_number)
    return target


@transaction.atomic
def add_document(
    *, by: Any, case: Case, title: str, file: UploadedFile, dated_on: date, **details: Any
) -> CaseDocument:
    """Add a document to a case as its version 1; `details` are kind, audience and secrecy."""
    require(by, "governance.manage_case", case)
    last = case.documents.aggregate(last=Max("position"))["last"] or 0
    document = CaseDocument(case=case, position=last + 1, title=title, dated_on=dated_on, **details)
    document.full_clean()
    document.save()
    add_version(by=by, document=document, file=file)
    return document


@transaction.atomic
def add_version(*, by: Any, document: CaseDocument, file: UploadedFile) -> CaseDocumentVersion:
    """Add a version; earlier ones stay. Raises RuleBroken for a file that may not come in."""
    require(by, "governance.manage_case", document.case)
    kept = receive(file)
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = CaseDocumentVersion.objects.create(
        document=document,
        number=last + 1,
        file=file,
        filename=kept.filename,
        size=kept.size,
        sha256=kept.sha256,
        pages=kept.pages,
        uploaded_at=timezone.now(),
        uploaded_by_id=getattr(by, "pk", None),
    )
    append(
        council=document.case.council,
        kind="document_filed",
        data={"document": document.pk, "version": version.number, "sha256": version.sha256},
    )
    return version


@transaction.atomic
def consult(
    *,
    by: Any,
    case: Case,
    question: str,
    last_day: date,
    organisations: Iterable[Organisation],
) -> Consultation:
    """Ask organisations about a case, with a last day for their answers; coordinators are told.

    Raises RuleBroken without a day to answer and for a secret case.
    """
    require(by, "governance.manage_case", case)
    if case.is_secret:
        raise RuleBroken(_("A secret case is not sent out for consultation."))
    if last_day <= timezone.localdate():
        raise RuleBroken(_("Give them at least a day to answer."), field="last_day")
    consultation = Consultation.objects.create(case=case, question=question, last_day=last_day)
    asked = list(organisations)
    ConsultationAnswer.objects.bulk_create(
        ConsultationAnswer(consultation=consultation, organisation=organisation)
        for organisation in asked
    )
    for organisation in asked:
        notify(
            users=_coordinators(organisation),
            kind=CONSULTED,
            params={
                "body": case.council.name,
                "organisation": organisation.name,
                "day": last_day.isoformat(),
            },
            url=case.get_absolute_url(),
            organisation=organisation,
        )
    write_step(case, "consult", by=by, note=last_day.isoformat())
    return consultation


@transaction.atomic
def answer_consultation(*, by: Any, answer: ConsultationAnswer, text: str) -> ConsultationAnswer:
    """Answer for the own organisation until the last day. Raises RuleBroken after it.

    The desk may enter an answer that came another way.
    """
    consultation = answer.consultation
    if not acts_for(by, answer.organisation_id):
        require(by, "governance.manage_case", consultation.case)
    if timezone.localdate() > consultation.last_day:
        raise RuleBroken(_("The time for answers has passed."))
    answer.text = text
    answer.answered_at, answer.answered_by = timezone.now(), by
    answer.save()
    return answer


def _coordinators(organisation: Organisation) -> Any:
    people = Representative.objects.with_role(Role.COORDINATOR).filter(organisation=organisation)
    return User.objects.filter(pk__in=people.values("user")).select_related("name")


def _leave_agenda(case: Case, *, by: Any) -> None:
    """Take a case off the agenda of a meeting ahead; raise RuleBroken in a meeting in progress."""
    rows = AgendaItem.objects.filter(case=case, state__in=[*ITEMS_WAITING, *ITEMS_IN_HAND])
    if rows.filter(meeting__state__in=MEETINGS_RUNNING).exists():
        raise RuleBroken(
            _("The case is on the agenda of a meeting in progress. Take the item off there first.")
        )
    for item in rows.filter(meeting__state__in=MEETINGS_AHEAD).select_related("meeting"):
        remove_item(by=by, meeting=item.meeting, item=item)


def _require_unbound(case: Case) -> None:
    """Raise RuleBroken while a poll without a meeting has the case."""
    if case.polls.binding().exists():
        raise RuleBroken(
            _("The case has been sent out to be decided without a meeting, and waits for that.")
        )


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().select_related("council").get(pk=case.pk)
