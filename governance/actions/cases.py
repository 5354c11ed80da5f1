"""Cases: registered, prepared, forwarded, written off; each step is kept for the timeline."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from core.file_types import RefusedFile, check_document, check_name
from governance.actions.ledger import append
from governance.actions.numbering import next_number
from governance.models import (
    AgendaItem,
    Case,
    CaseDocument,
    CaseDocumentVersion,
    CaseLink,
    CaseStep,
    Consultation,
    ConsultationAnswer,
    Council,
)
from governance.states import CASE, CaseState, advance
from members.models import Organisation
from members.rules import acts_for

MAX_FILE = 50 * 1024 * 1024


@transaction.atomic
def register_case(
    *, by: Any, council: Council, subject: str, source: Any = None, **details: Any
) -> Case:
    """Register a case and give it its number, which it keeps over all meetings.

    `source` is what raised it (a service, a participation, a need); `details` are the other
    fields. Raises PermissionDenied for whoever does not belong to the body.
    """
    require(by, "governance.raise_case", council)
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


def step_case(
    case: Case,
    event: str,
    *,
    by: Any,
    item: AgendaItem | None = None,
    note: str = "",
    **facts: bool,
) -> Case:
    """Take a case one step by its table and keep the step; rights are the caller's to check."""
    case.state = advance(CASE, case.state, event, label=CaseState(case.state).label, **facts)
    case.save(update_fields=["state", "updated_at"])
    write_step(case, event, by=by, item=item, note=note)
    return case


def write_step(
    case: Case, event: str, *, by: Any, item: AgendaItem | None = None, note: str = ""
) -> None:
    """Keep one step of the case for its timeline."""
    CaseStep.objects.create(
        case=case,
        event=event,
        state=case.state,
        happened_at=timezone.now(),
        by_id=getattr(by, "pk", None),
        item_id=item.pk if item else None,
        note=note,
    )


@transaction.atomic
def prepare_case(*, by: Any, case: Case) -> Case:
    """Begin, or begin again, to prepare a case."""
    require(by, "governance.manage_case", case)
    return step_case(_locked(case), "prepare", by=by)


@transaction.atomic
def propose_decision(*, by: Any, case: Case, proposal: Sequence[str], background: str = "") -> Case:
    """Write the proposal to decision in att-clauses; allowed until the case is on an agenda."""
    require(by, "governance.manage_case", case)
    case = _locked(case)
    if case.state == CaseState.REGISTERED:
        step_case(case, "prepare", by=by)
    if case.state not in {CaseState.IN_PREPARATION, CaseState.READY, CaseState.TABLED}:
        raise RuleBroken(_("The proposal can be changed only while the case is prepared."))
    case.proposal = clean_clauses(proposal)
    case.background = background
    case.save()
    return case


def clean_clauses(clauses: Iterable[str]) -> list[str]:
    """Return att-clauses without the word "att" in front and without empty ones."""
    bare = (clause.strip() for clause in clauses)
    return [clause.removeprefix("att ").strip() for clause in bare if clause.strip()]


@transaction.atomic
def make_case_ready(*, by: Any, case: Case) -> Case:
    """Say that a case may be put on an agenda. Raises RuleBroken without a proposal."""
    require(by, "governance.manage_case", case)
    case = _locked(case)
    return step_case(case, "make_ready", by=by, has_proposal=bool(case.proposal))


@transaction.atomic
def write_off_case(*, by: Any, case: Case, reason: str) -> Case:
    """Write a case off with the reason and who decided it; not after it has been decided."""
    require(by, "governance.manage_case", case)
    case = step_case(
        _locked(case), "write_off", by=by, note=reason[:300], has_reason=bool(reason.strip())
    )
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
    """Register the case with another body, with links both ways, and return the new one."""
    require(by, "governance.manage_case", case)
    if council.pk == case.council_id:
        raise RuleBroken(_("The case is already with this body."), field="council")
    target = register_case(
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
    name = file.name or ""
    if (file.size or 0) > MAX_FILE:
        raise RuleBroken(_("The file is larger than 50 MB."), field="file")
    try:
        check_name(name, settings.WAGTAILDOCS_EXTENSIONS)
        check_document(name, file)
    except RefusedFile as error:
        raise RuleBroken(_("This kind of file is not accepted."), field="file") from error
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = CaseDocumentVersion.objects.create(
        document=document,
        number=last + 1,
        file=file,
        filename=name[-150:],
        size=file.size or 0,
        sha256=digest.hexdigest(),
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
    """Ask organisations about a case, with a last day for their answers."""
    require(by, "governance.manage_case", case)
    if last_day <= timezone.localdate():
        raise RuleBroken(_("Give them at least a day to answer."), field="last_day")
    consultation = Consultation.objects.create(case=case, question=question, last_day=last_day)
    ConsultationAnswer.objects.bulk_create(
        ConsultationAnswer(consultation=consultation, organisation=organisation)
        for organisation in organisations
    )
    write_step(case, "consult", by=by, note=last_day.isoformat())
    return consultation


@transaction.atomic
def answer_consultation(*, by: Any, answer: ConsultationAnswer, text: str) -> ConsultationAnswer:
    """Answer for the own organisation until the last day. Raises RuleBroken after it."""
    consultation = answer.consultation
    if not acts_for(by, answer.organisation_id):
        require(by, "governance.manage_case", consultation.case)
    if timezone.localdate() > consultation.last_day:
        raise RuleBroken(_("The time for answers has passed."))
    answer.text = text
    answer.answered_at, answer.answered_by = timezone.now(), by
    answer.save()
    return answer


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().select_related("council").get(pk=case.pk)
