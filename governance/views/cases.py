"""Cases of a body: register, prepare, file documents, follow."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue.models import Participation, ServicePage
from core.actions import require
from core.exceptions import RuleBroken
from core.file_types import content_type_of
from governance.actions import cases
from governance.choices import CaseKind
from governance.forms import (
    ActionForm,
    CaseForm,
    DocumentForm,
    ForwardForm,
    ProposalForm,
    ReasonForm,
)
from governance.forms_desk import ConsultForm, InitiativeForm
from governance.models import Case, CaseDocument, CaseDocumentVersion, Decision, Meeting
from governance.rules import sees_inside
from governance.states import CASE, CaseState
from governance.views.desk import UNPROCESSABLE, show_form
from governance.views.lookup import council_at, crumbs, may_manage
from governance.views.room_commands import DIGITS
from members.models import Organisation
from members.standing import standing_of

INERT = "default-src 'none'; sandbox"


@login_required
@require_safe
def case_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the body's cases that the person may see, the newest first."""
    council = council_at(request, slug)
    rows = Case.objects.visible_to(request.user).filter(council=council)
    context = {
        "council": council,
        "cases": rows.select_related("council"),
        "may_raise": _may_raise(request, council),
        "breadcrumbs": crumbs(council, (_("Cases"), request.path)),
    }
    return render(request, "governance/case_list.html", context)


def _may_raise(request: HttpRequest, council: Any) -> bool:
    return request.user.has_perm("governance.raise_case", council)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Register a case."""
    council = council_at(request, slug)
    require(request.user, "governance.raise_case", council)
    inside = bool(sees_inside(request.user, council))
    form: ActionForm = (CaseForm if inside else InitiativeForm)(request.POST or None)
    if request.method == "POST":
        fixed = {"source": _source(request, council)} | ({} if inside else _initiative(request))
        case = form.carry_out(cases.register_case, by=request.user, council=council, **fixed)
        if case:
            messages.success(
                request, _("Registered as %(number)s.") % {"number": case.registry_number}
            )
            return redirect(case)
    title = _("Register a case")
    trail = crumbs(council, (_("Cases"), f"{council.get_absolute_url()}arenden/"), (title, ""))
    return show_form(request, form, title=title, button=_("Register"), trail=trail)


def _initiative(request: HttpRequest) -> dict[str, Any]:
    """Return the kind and the organisation of a case that a member without a seat raises."""
    members = [p.organisation_id for p in standing_of(request.user).parties if p.is_member]
    organisation = Organisation.objects.get(pk=members[0])
    return {"kind": CaseKind.INITIATIVE, "raised_by": organisation, "parties": organisation.name}


def _source(request: HttpRequest, council: Any) -> Any:
    """Return what the case is raised from: ?fran=tjanst, or ?fran=anslutning-<number>."""
    kind, __, raw = request.GET.get("fran", "").partition("-")
    if kind == "tjanst":
        return council.service
    if kind == "anslutning" and raw.isdecimal() and len(raw) <= DIGITS:
        visible = Participation.objects.visible_to(request.user)
        return get_object_or_404(visible, pk=raw, service=council.service_id)
    return None


def _source_of(case: Case) -> dict[str, str] | None:
    """Return the name and address of what the case was raised from, where it has a page."""
    if case.source_type == ServicePage._meta.label_lower:
        page = ServicePage.objects.live().filter(pk=case.source_id).first()
        return {"name": page.title, "url": page.url} if page else None
    if case.source_type == Participation._meta.label_lower:
        rows = Participation.objects.select_related("service", "organisation")
        row = rows.filter(pk=case.source_id).first()
        return {"name": f"{row.organisation} – {row.service.title}", "url": ""} if row else None
    return None


def consultation_rows(case: Case, user: Any, *, inside: bool) -> list[dict[str, Any]]:
    """Return the consultations of a case; all answers to the body, the own to who was asked."""
    mine = standing_of(user).organisation_ids
    rows = case.consultations.prefetch_related(
        "answers__organisation", "answers__answered_by__name"
    )
    return [
        {
            "consultation": row,
            "is_open": timezone.localdate() <= row.last_day,
            "answers": [
                {"answer": answer, "is_mine": answer.organisation_id in mine}
                for answer in row.answers.all()
                if inside or answer.organisation_id in mine
            ],
        }
        for row in rows
    ]


def _case_at(request: HttpRequest, slug: str, pk: int) -> Case:
    rows = Case.objects.visible_to(request.user).select_related("council", "raised_by")
    return get_object_or_404(rows, council__slug=slug, pk=pk)


FORMS: dict[str, tuple[type[ActionForm], Any, str]] = {
    "forslag": (ProposalForm, cases.propose_decision, "case"),
    "dokument": (DocumentForm, cases.add_document, "case"),
    "avskriv": (ReasonForm, cases.write_off_case, "case"),
    "skicka": (ForwardForm, cases.forward_case, "case"),
    "remiss": (ConsultForm, cases.consult, "case"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a case with its documents, its §§ and its life; the desk changes it here."""
    case = _case_at(request, slug, pk)
    failed: ActionForm | None = None
    if request.method == "POST":
        require(request.user, "governance.manage_case", case)
        failed = _post(request, case)
        if failed is None:
            return redirect(case)
    council = case.council
    visible = CaseDocument.objects.visible_to(request.user).filter(case=case)
    manage = may_manage(request.user, council)
    context = {
        "council": council,
        "case": case,
        "documents": visible.prefetch_related("versions"),
        "steps": case.steps.select_related("by__name"),
        "decisions": Decision.objects.visible_to(request.user)
        .filter(item__case=case)
        .of_paragraphs()
        .select_related("item", "council")
        .with_corrections(),
        "consultations": consultation_rows(
            case, request.user, inside=bool(sees_inside(request.user, council))
        ),
        "source": _source_of(case),
        "meetings": Meeting.objects.visible_to(request.user)
        .filter(items__case=case)
        .select_related("council")
        .order_by("starts_at"),
        "links_to": case.forwarded_to.select_related("target__council"),
        "links_from": case.forwarded_from.select_related("origin__council"),
        "may_manage": manage,
        "events": sorted(CASE[case.state]) if manage else [],
        "forms": _forms(case, failed) if manage else {},
        "breadcrumbs": crumbs(
            council,
            (_("Cases"), f"{council.get_absolute_url()}arenden/"),
            (case.registry_number, request.path),
        ),
    }
    status = UNPROCESSABLE if failed is not None else 200
    return render(request, "governance/case_detail.html", context, status=status)


def _forms(case: Case, failed: ActionForm | None) -> dict[str, ActionForm]:
    initial = {"forslag": {"proposal": case.proposal, "background": case.background}}
    forms: dict[str, ActionForm] = {
        name: form(initial=initial.get(name), prefix=name, **_options(name, case))
        for name, (form, __, ___) in FORMS.items()
    }
    if failed is not None:
        forms[str(failed.prefix)] = failed
    return forms


def _options(name: str, case: Case) -> dict[str, Any]:
    return {"council": case.council} if name == "remiss" else {}


def _post(request: HttpRequest, case: Case) -> ActionForm | None:
    """Carry out what was sent; return the form when it was refused."""
    name = request.POST.get("gor", "")
    if name not in FORMS:
        raise Http404
    form_class, action, __ = FORMS[name]
    form = form_class(request.POST, request.FILES, prefix=name, **_options(name, case))
    result = form.carry_out(action, by=request.user, case=case)
    if result is None:
        return form
    messages.success(request, _("Saved."))
    return None


STEPS = {
    "prepare": cases.prepare_case,
    "make_ready": cases.make_case_ready,
}
FOLLOW_UP = frozenset({"dispatch", "execute", "close"})


@login_required
@require_POST
def case_step(request: HttpRequest, slug: str, pk: int, event: str) -> HttpResponse:
    """Take a case one step."""
    case = _case_at(request, slug, pk)
    try:
        if event in STEPS:
            STEPS[event](by=request.user, case=case)
        elif event in FOLLOW_UP:
            cases.follow_up_case(by=request.user, case=case, event=event)
        else:
            raise Http404
    except RuleBroken as error:
        messages.error(request, error.message)
    else:
        case.refresh_from_db()
        messages.success(
            request, _("The case is now: %(state)s.") % {"state": CaseState(case.state).label}
        )
    return redirect(case)


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """Answer with one version of a document that the person may read, as an inert download."""
    visible = CaseDocument.objects.visible_to(request.user).filter(case__council__slug=slug)
    rows = CaseDocumentVersion.objects.filter(document__in=visible)
    version = get_object_or_404(rows, pk=pk)
    try:
        content = version.file.open("rb")
    except OSError as error:
        raise Http404 from error
    kind = content_type_of(version.filename)
    response = FileResponse(content, filename=version.filename, content_type=kind)
    response.headers["Content-Security-Policy"] = INERT
    response.headers["Cache-Control"] = "private, no-store"
    return response
