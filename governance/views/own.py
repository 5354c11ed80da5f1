"""What a person does for the own part: notes, jäv before the meeting, answers to consultations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import RuleBroken
from governance.actions import cases, delegates
from governance.actions.room import recusals
from governance.forms_desk import ConsultAnswerForm, ProxyForm
from governance.models import Case, ConsultationAnswer, ItemNote
from governance.views.desk import posted, show_form
from governance.views.lookup import crumbs, managed_council, may_manage, meeting_at
from governance.views.public import get_item
from members.rules import acts_for


@login_required
@require_safe
def notes_export(request: HttpRequest) -> HttpResponse:
    """Answer with all the person's own notes as a text file."""
    rows = ItemNote.objects.filter(user=request.user).select_related("item__meeting__council")
    parts = []
    for note in rows.order_by("item__meeting__starts_at", "item__position"):
        meeting = note.item.meeting
        day = timezone.localtime(meeting.starts_at).date().isoformat()
        parts.append(f"{meeting.council.name}, {day}\n{note.item.title}\n\n{note.text}\n")
    content = "\n---\n\n".join(parts) or _("You have no notes.") + "\n"
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="anteckningar.txt"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def own_recusal(request: HttpRequest, slug: str, pk: int, item_pk: int) -> HttpResponse:
    """Announce the own jäv before the meeting, or take it back."""
    meeting = meeting_at(request, slug, pk)
    item = get_item(meeting, request.user, item_pk)
    user: Any = request.user
    try:
        if request.POST.get("gor") == "ta-tillbaka":
            recusal = get_object_or_404(item.recusals.select_related("item"), person=user.name_id)
            recusals.withdraw_recusal(by=user, meeting=meeting, recusal=recusal)
            messages.success(request, _("Your announcement is taken back."))
        else:
            recusals.announce_recusal(
                by=user,
                meeting=meeting,
                item=item,
                person=user.name,
                ground=request.POST.get("grund", ""),
            )
            messages.success(request, _("Your recusal is announced. A substitute is called."))
    except RuleBroken as error:
        messages.error(request, error.message)
    return redirect(meeting)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a consultation for the own organisation; the desk may enter any answer."""
    rows = ConsultationAnswer.objects.select_related("organisation", "consultation__case__council")
    answer = get_object_or_404(rows, pk=pk, consultation__case__council__slug=slug)
    case = answer.consultation.case
    council = case.council
    own = acts_for(request.user, answer.organisation_id)
    if not own and not may_manage(request.user, council):
        raise Http404
    if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        raise Http404
    form = ConsultAnswerForm(posted(request)[0], initial={"text": answer.text})
    if request.method == "POST" and form.carry_out(
        cases.answer_consultation, by=request.user, answer=answer
    ):
        messages.success(request, _("The answer is saved."))
        return redirect(case)
    title = _("Answer for %(organisation)s") % {"organisation": answer.organisation.name}
    trail = crumbs(council, (case.registry_number, case.get_absolute_url()), (title, ""))
    lead = answer.consultation.question
    return show_form(
        request, form, title=title, button=pgettext("verb", "Answer"), trail=trail, lead=lead
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proxy_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Enter a delegate's proxy at a general meeting."""
    council = managed_council(request, slug)
    meeting = meeting_at(request, slug, pk)
    form = ProxyForm(*posted(request), council=council)
    if request.method == "POST" and form.carry_out(
        delegates.enter_proxy, by=request.user, meeting=meeting
    ):
        messages.success(request, _("The proxy is entered."))
        return redirect(meeting)
    title = _("Enter a proxy")
    back = meeting.get_absolute_url()
    trail = crumbs(council, (_("The meeting"), back), (title, request.path))
    return show_form(request, form, title=title, button=_("Enter"), trail=trail, back=back)
