"""One decision: its page, what follows it, its extracts."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.models import CostModel
from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.minutes import extracts, follow_up, status
from governance.actions.minutes.annexed import annexes_for
from governance.actions.minutes.presence import took_part_in
from governance.actions.proof.evidence import adjusted_version, evidence_text
from governance.forms import ActionForm
from governance.forms_minutes import (
    AppealForm,
    ConfirmForm,
    FollowUpForm,
    RecipientForm,
    ReportForm,
    SuccessorForm,
)
from governance.minutes_states import UNDONE
from governance.models import (
    AgendaItem,
    Council,
    Decision,
    Dissent,
    Extract,
    ExtractDelivery,
    FollowUp,
    Minutes,
    Poll,
)
from governance.querysets_minutes import readable_q
from governance.rules import sees_inside
from governance.views.desk import UNPROCESSABLE
from governance.views.lookup import council_at, crumbs, may_manage
from governance.views.minutes import download, spaced
from governance.views.minutes_trail import trail_of
from governance.views.poll_panel import poll_view
from members.models import PersonName


def decision_at(request: HttpRequest, council: Council, year: int, paragraph: int) -> Decision:
    """Return what a § came to, as the person may see it, or answer 404."""
    visible = Decision.objects.visible_to(request.user).filter(
        council=council, item__paragraph_year=year, item__paragraph=paragraph
    )
    rows = visible.select_related(
        "item__meeting", "item__case", "item__adjusted__version", "presided_by", "replaces"
    )
    decision: Decision | None = rows.of_paragraphs().order_by("-decided_at", "-pk").first()
    if decision is None:
        raise Http404
    decision.council = decision.item.meeting.council = council
    return decision


def _hidden(request: HttpRequest, council: Council, year: int, paragraph: int) -> AgendaItem | None:
    """Return an adjusted § that the person may know of but not read."""
    rows = AgendaItem.objects.filter(
        readable_q(request.user, "council"),
        council=council,
        paragraph_year=year,
        paragraph=paragraph,
        adjusted__isnull=False,
        is_closed=True,
    )
    return rows.first()


@require_safe
def decision_detail(request: HttpRequest, slug: str, year: int, paragraph: int) -> HttpResponse:
    """Show what a § came to; unadjusted ones to the body alone, a closed § its number alone."""
    council = council_at(request, slug)
    here = crumbs(council, (f"§ {paragraph}/{year}", request.path))
    try:
        decision = decision_at(request, council, year, paragraph)
    except Http404:
        item = _hidden(request, council, year, paragraph)
        if item is None:
            raise
        context = {"council": council, "item": item, "breadcrumbs": here}
        return render(request, "governance/decision_hidden.html", context)
    context = _context(request, council, decision) | {"breadcrumbs": here}
    return render(request, "governance/decision_detail.html", context)


def _context(request: HttpRequest, council: Council, decision: Decision) -> dict[str, Any]:
    item = decision.item
    adjusted = getattr(item, "adjusted", None)
    minutes = Minutes.objects.filter(meeting=item.meeting).select_related("secretary").first()
    inside = bool(sees_inside(request.user, council))
    if minutes is not None:
        minutes.meeting = item.meeting
    version = adjusted_version(minutes, item.pk) if minutes else None
    people = PersonName.objects.in_bulk([pair[1] for pair in took_part_in(decision)])
    rectified = item.rectifications.all() if adjusted else []
    return {
        "council": council,
        "decision": decision,
        "item": item,
        "meeting": item.meeting,
        "motions": item.motions.exclude(state="withdrawn").select_related("mover", "organisation"),
        "polls": [poll_view(poll, request.user) for poll in _polls(request, item)],
        "dissents": _dissents(request, item),
        "annexes": annexes_for(item, request.user, version.content if version else None),
        "took_part": sorted(str(person) for person in people.values()),
        "is_final": adjusted is not None,
        "adjusted": adjusted,
        "checksum": spaced(adjusted.sha256) if adjusted else "",
        "rectifications": list(rectified),
        "minutes": minutes if minutes and (inside or minutes.is_adjusted) else None,
        "trail": trail_of(minutes, version) if minutes and (inside or adjusted) else [],
        "status": getattr(decision, "status", None),
        "predecessors": [row.decision for row in decision.predecessors.select_related(
            "decision__item", "decision__council")],
        "cost_models": _cost_models(request, decision),
        "may_read_costs": request.user.has_perm("catalogue.view_joinings"),
        "follow_up": _follow_up(request, decision),
        "is_inside": inside,
        "may_manage": may_manage(request.user, council),
    }  # fmt: skip


def _dissents(request: HttpRequest, item: AgendaItem) -> QuerySet[Dissent]:
    rows = item.dissents.visible_to(request.user)
    return rows.select_related("person", "organisation").prefetch_related("also_for")


def _polls(request: HttpRequest, item: AgendaItem) -> list[Poll]:
    """Return the polls that settled a §, also the one without a meeting that it reports."""
    rows = Poll.objects.visible_to(request.user).standing()
    return list(
        rows.filter(Q(item=item) | Q(decision__item=item)).distinct().order_by("number", "pk")
    )


def _cost_models(request: HttpRequest, decision: Decision) -> list[CostModel]:
    """Return the cost models that the decision adopted: those that name its address."""
    address = decision.get_absolute_url()
    named = Q(adopted_url=address) | Q(adopted_url=f"{settings.BASE_URL}{address}")
    rows = CostModel.objects.visible_to(request.user).filter(named)
    return list(rows.select_related("service").order_by("service__title", "-year", "-version"))


def _follow_up(request: HttpRequest, decision: Decision) -> FollowUp | None:
    rows = FollowUp.objects.visible_to(request.user).select_related("owner")
    return rows.prefetch_related("reports").filter(decision=decision).first()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_manage(request: HttpRequest, slug: str, year: int, paragraph: int) -> HttpResponse:
    """Follow a decision up: owner, reports, recipients, extracts, appeal, successor."""
    council = council_at(request, slug)
    decision = decision_at(request, council, year, paragraph)
    found = _follow_up(request, decision)
    if found is not None:
        found.decision = decision
    mine = found is not None and found.owner_id == request.user.name_id
    if not mine:
        require(request.user, "governance.manage_council", council)
    forms = _forms(decision, found, may_manage=may_manage(request.user, council))
    code = 200
    if request.method == "POST":
        name = request.POST.get("gor", "")
        command = COMMANDS.get(name)
        if command is None:
            raise Http404
        form = _carry_out(command, request, decision, found)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect(request.path)
        forms[name], code = form, UNPROCESSABLE
    return _show_manage(request, council, decision, found, forms, code)


def _carry_out(
    command: Any, request: HttpRequest, decision: Decision, found: FollowUp | None
) -> ActionForm:
    try:
        form: ActionForm = command(request, decision, found)
    except RuleBroken as broken:
        form = ActionForm(request.POST)
        form.is_valid()
        form.add_error(None, broken.message)
    return form


def _show_manage(
    request: HttpRequest,
    council: Council,
    decision: Decision,
    found: FollowUp | None,
    forms: dict[str, ActionForm],
    code: int,
) -> HttpResponse:
    item = decision.item
    here = (f"§ {item.paragraph}/{item.paragraph_year}", decision.get_absolute_url())
    context = {
        "council": council,
        "decision": decision,
        "item": item,
        "follow_up": found,
        "forms": forms,
        "may_manage": may_manage(request.user, council),
        "is_final": hasattr(item, "adjusted"),
        "recipients": item.recipients.select_related("organisation"),
        "deliveries": ExtractDelivery.objects.filter(extract__item=item).select_related(
            "extract", "recipient", "message"
        ),
        "extracts": item.extracts.select_related("certified_by"),
        "confirm": ConfirmForm(),
        "breadcrumbs": crumbs(council, here, (_("Follow up"), request.path)),
    }
    return render(request, "governance/decision_manage.html", context, status=code)


def _forms(
    decision: Decision, found: FollowUp | None, *, may_manage: bool
) -> dict[str, ActionForm]:
    forms: dict[str, ActionForm] = {}
    if found is not None and found.state in UNDONE:
        forms["rapport"] = ReportForm(initial={"state": found.state})
    if not may_manage:
        return forms
    if found is None or found.state in UNDONE:
        initial = {"due_on": found.due_on, "owner": _owner(found)} if found else {}
        forms["ansvarig"] = FollowUpForm(council=decision.council, initial=initial)
    forms["mottagare"] = RecipientForm()
    if hasattr(decision, "status"):
        forms["ersatt"] = SuccessorForm(decision=decision)
        if status.table_of(decision.item.meeting) is status.DECISION_KL:
            forms["overklagat"] = AppealForm(initial={"on": timezone.localdate()})
    return forms


def _owner(found: FollowUp) -> Any:
    return getattr(found.owner, "user", None)


def _assign(request: HttpRequest, decision: Decision, _found: FollowUp | None) -> ActionForm:
    form = FollowUpForm(request.POST, council=decision.council)
    form.carry_out(follow_up.assign_follow_up, by=request.user, decision=decision)
    return form


def _report(request: HttpRequest, decision: Decision, found: FollowUp | None) -> ActionForm:
    if found is None:
        raise Http404
    form = ReportForm(request.POST)
    form.carry_out(follow_up.report_follow_up, by=request.user, follow_up=found)
    return form


def _add_recipient(request: HttpRequest, decision: Decision, _found: FollowUp | None) -> ActionForm:
    form = RecipientForm(request.POST)
    form.carry_out(extracts.add_recipient, by=request.user, item=decision.item)
    return form


def _certify(request: HttpRequest, decision: Decision, _found: FollowUp | None) -> ActionForm:
    form = ActionForm(request.POST)
    form.carry_out(extracts.certify_extract, by=request.user, item=decision.item)
    return form


def _confirm(request: HttpRequest, decision: Decision, _found: FollowUp | None) -> ActionForm:
    number = request.POST.get("leverans", "")
    if not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - ids are shorter
        raise Http404
    rows = ExtractDelivery.objects.filter(extract__item=decision.item)
    delivery = get_object_or_404(rows.select_related("extract__item__meeting"), pk=int(number))
    form = ConfirmForm(request.POST)
    form.carry_out(extracts.confirm_delivery, by=request.user, delivery=delivery)
    return form


def _appeal(request: HttpRequest, decision: Decision, _found: FollowUp | None) -> ActionForm:
    form = AppealForm(request.POST)
    form.carry_out(status.record_appeal, by=request.user, decision=decision)
    return form


def _replace(request: HttpRequest, decision: Decision, _found: FollowUp | None) -> ActionForm:
    form = SuccessorForm(request.POST, decision=decision)
    form.carry_out(status.replace_decision, by=request.user, decision=decision)
    return form


COMMANDS: dict[str, Callable[[HttpRequest, Decision, FollowUp | None], ActionForm]] = {
    "ansvarig": _assign,
    "rapport": _report,
    "mottagare": _add_recipient,
    "utdrag": _certify,
    "bekrafta": _confirm,
    "overklagat": _appeal,
    "ersatt": _replace,
}


@login_required
@require_safe
def extract_file(
    request: HttpRequest, slug: str, year: int, paragraph: int, number: int
) -> FileResponse:
    """Answer with an extract exactly as it was certified and sent."""
    council = council_at(request, slug)
    require(request.user, "governance.view_documents", council)
    rows = Extract.objects.filter(
        item__council=council, item__paragraph_year=year, item__paragraph=paragraph
    )
    row = get_object_or_404(rows, number=number)
    name = f"protokollsutdrag-{paragraph}-{year}.pdf"
    return FileResponse(row.file.open("rb"), filename=name, content_type="application/pdf")


@require_safe
def decision_verify(request: HttpRequest, slug: str, year: int, paragraph: int) -> HttpResponse:
    """Explain how anybody checks this decision, and offer what is needed for it."""
    council = council_at(request, slug)
    decision = decision_at(request, council, year, paragraph)
    adjusted = getattr(decision.item, "adjusted", None)
    if adjusted is None:
        raise Http404
    minutes = Minutes.objects.filter(meeting=decision.item.meeting).first()
    here = (f"§ {paragraph}/{year}", decision.get_absolute_url())
    sent = getattr(decision.item.meeting, "sent_head", None)
    context = {
        "council": council,
        "decision": decision,
        "item": decision.item,
        "adjusted": adjusted,
        "checksum": spaced(adjusted.sha256),
        "minutes": minutes,
        "minutes_checksum": spaced(adjusted.version.sha256),
        "sent_head": sent,
        "sent_checksum": spaced(sent.hash) if sent else "",
        "evidence_url": reverse(
            "governance:decision_evidence", args=[council.slug, year, paragraph]
        ),
        "breadcrumbs": crumbs(council, here, (_("Check the decision"), request.path)),
    }
    return render(request, "governance/verify.html", context)


@require_safe
def decision_evidence(request: HttpRequest, slug: str, year: int, paragraph: int) -> HttpResponse:
    """Answer with the evidence of a decision as JSON, with nothing the reader may not see."""
    council = council_at(request, slug)
    decision = decision_at(request, council, year, paragraph)
    minutes = Minutes.objects.filter(meeting=decision.item.meeting).first()
    if minutes is None or not hasattr(decision.item, "adjusted"):
        raise Http404
    minutes.meeting = decision.item.meeting
    version = adjusted_version(minutes, decision.item_id)
    if version is None:
        raise Http404
    whole = bool(sees_inside(request.user, council))
    text = evidence_text(minutes, version, whole=whole)
    return download(text.encode("utf-8"), "application/json", f"bevis-{paragraph}-{year}.json")
