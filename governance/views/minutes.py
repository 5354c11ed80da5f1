"""The minutes of a meeting: reading, writing, signing, and what follows."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.minutes import adjusting, announcing, signing, writing
from governance.actions.minutes.rendition import (
    archive_package,
    describe,
    minutes_pdf,
    reading_of,
)
from governance.actions.minutes.signers import unadjustable
from governance.actions.proof.disposal import dispose_secret_ballots
from governance.actions.proof.evidence import reads_all
from governance.forms import ActionForm
from governance.forms_minutes import (
    AtOnceForm,
    DisposalForm,
    NextMeetingForm,
    NoticeForm,
    RectifyForm,
    RemarkForm,
    ReplaceForm,
    SignForm,
    WritingForm,
)
from governance.minutes_states import MinutesState
from governance.models import Minutes, MinutesVersion
from governance.views.desk import UNPROCESSABLE, show_form
from governance.views.lookup import crumbs, day_of, may_manage, meeting_at
from governance.views.minutes_forms import forms_of, waiting_for
from governance.views.minutes_trail import trail_of
from members import second_factor

PDF = "application/pdf"


def minutes_at(request: HttpRequest, slug: str, pk: int) -> Minutes:
    """Return the minutes of a meeting that the person may read, or answer 404."""
    meeting = meeting_at(request, slug, pk)
    rows = Minutes.objects.visible_to(request.user).filter(meeting=meeting)
    minutes: Minutes = get_object_or_404(rows.select_related("secretary", "adjusted_by_decision"))
    minutes.meeting = meeting
    return minutes


def spaced(digits: str) -> str:
    """Write a checksum in groups of four."""
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))


def second_factor_at(request: HttpRequest) -> datetime | None:
    """Return when this session last showed a second factor."""
    record = second_factor.shown(request)
    return None if record is None else datetime.fromtimestamp(record["at"], UTC)


@require_safe
def minutes_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the minutes: as a draft to the body, adjusted to their readers."""
    minutes = minutes_at(request, slug, pk)
    return _show(request, minutes, {})


def _reads_whole(request: HttpRequest, minutes: Minutes) -> bool:
    """Return whether nothing is hidden from the person: who signs a text reads all of it."""
    if reads_all(request.user, minutes):
        return True
    waiting = MinutesVersion.objects.signed_by(request.user)
    return bool(waiting.filter(minutes=minutes).exists())


def _show(
    request: HttpRequest, minutes: Minutes, bound: dict[str, ActionForm], status: int = 200
) -> HttpResponse:
    whole = _reads_whole(request, minutes)
    meeting = minutes.meeting
    manage = may_manage(request.user, meeting.council)
    reading = reading_of(minutes, whole=whole)
    version = reading.version
    title = _("Minutes %(day)s") % {"day": day_of(meeting)}
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "minutes": minutes,
        "version": version,
        "drawn": describe(reading),
        "checksum": spaced(version.sha256) if version else "",
        "is_inside": whole,
        "may_manage": manage,
        "trail": trail_of(minutes, version) if whole or minutes.is_adjusted else [],
        "is_overdue": whole and minutes.is_overdue(),
        "remarks": _remarks(minutes) if whole else [],
        "referral_needed": whole and _needs_referral(minutes, version),
        "forms": forms_of(minutes, version, manage=manage) | bound,
        "pending": waiting_for(minutes, request.user, bound.get("avvisa")) if whole else [],
        "fresh": signing.is_fresh(second_factor_at(request)),
        "reauthenticate": f"{reverse('mfa_reauthenticate')}?next={minutes.get_absolute_url()}",
        "breadcrumbs": crumbs(
            meeting.council,
            (day_of(meeting), meeting.get_absolute_url()),
            (title, minutes.get_absolute_url()),
        ),
    }
    return render(request, "governance/minutes.html", context, status=status)


def _remarks(minutes: Minutes) -> list[Any]:
    if minutes.is_adjusted:
        return []
    from_versions = minutes.versions.prefetch_related("remarks__person")
    return [remark for version in from_versions for remark in version.remarks.all()]


def _needs_referral(minutes: Minutes, version: MinutesVersion | None) -> bool:
    return (
        version is not None
        and minutes.state == MinutesState.IN_ADJUSTMENT
        and bool(unadjustable(version))
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes_write(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write the prose of the minutes; what happened is there already."""
    meeting = meeting_at(request, slug, pk)
    require(request.user, "governance.record_meeting", meeting)
    if meeting.opened_at is None:
        raise Http404
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        minutes = writing.start_minutes(by=request.user, meeting=meeting)
    minutes.meeting = meeting
    rows = meeting.items.filter(paragraph__isnull=False, adjusted__isnull=True)
    items = list(rows.order_by("paragraph"))
    texts = {row.item_id: row.text for row in minutes.texts.all()}
    initial = {f"item-{item.pk}": texts.get(item.pk, "") for item in items}
    initial |= {"place": minutes.place, "introduction": texts.get(None, "")}
    form = WritingForm(request.POST or None, items=items, initial=initial)
    if request.method == "POST" and form.is_valid() and _save(request, minutes, form, texts):
        messages.success(request, _("The minutes are saved."))
        return redirect(minutes.get_absolute_url())
    title = _("Write the minutes")
    return show_form(
        request,
        form,
        title=title,
        button=_("Save"),
        trail=crumbs(meeting.council, (title, request.path)),
        lead=_("Who was there, motions, votes and decisions are there already. Add what is needed"
               " to understand them."),
        back=minutes.get_absolute_url(),
    )  # fmt: skip


def _save(
    request: HttpRequest, minutes: Minutes, form: WritingForm, texts: dict[int | None, str]
) -> bool:
    try:
        writing.set_place(by=request.user, minutes=minutes, place=form.cleaned_data["place"])
        changed = [(None, form.cleaned_data["introduction"]), *form.texts()]
        for item, text in changed:
            if text.strip() != texts.get(item.pk if item else None, ""):
                writing.write_text(by=request.user, minutes=minutes, item=item, text=text)
    except RuleBroken as broken:
        form.add_error(None, broken.message)
        return False
    return True


Command = Callable[[HttpRequest, Minutes], ActionForm | None]


@login_required
@require_POST
def minutes_command(request: HttpRequest, slug: str, pk: int, name: str) -> HttpResponse:
    """Do one thing with the minutes; 422 with the page again when it is refused."""
    minutes = minutes_at(request, slug, pk)
    if name == "skriv-under":
        return _sign(request, minutes)
    command = COMMANDS.get(name)
    if command is None:
        raise Http404
    try:
        form = command(request, minutes)
    except RuleBroken as broken:
        form = ActionForm(request.POST)
        form.is_valid()
        form.add_error(None, broken.message)
    if form is not None and form.errors:
        fresh = minutes_at(request, slug, pk)
        return _show(request, fresh, {name: form}, status=UNPROCESSABLE)
    return redirect(minutes.get_absolute_url())


def _sign(request: HttpRequest, minutes: Minutes) -> HttpResponse:
    """Sign what was read, with a second factor shown just before."""
    number = request.POST.get("version", "")
    if not number.isdecimal() or len(number) > 9:  # noqa: PLR2004 - ids are shorter
        raise Http404
    version = get_object_or_404(minutes.versions, number=int(number))
    shown_at = second_factor_at(request)
    if not signing.is_fresh(shown_at):
        return redirect(f"{reverse('mfa_reauthenticate')}?next={minutes.get_absolute_url()}")
    version.minutes = minutes
    form = SignForm(request.POST)
    done = form.carry_out(
        signing.sign_minutes, by=request.user, version=version, second_factor_at=shown_at
    )
    if done:
        messages.success(request, _("You have signed."))
        return redirect(minutes.get_absolute_url())
    return _show(request, minutes, {"skriv-under": form}, status=UNPROCESSABLE)


def _open_version(minutes: Minutes) -> MinutesVersion:
    version = signing.current_version(minutes)
    if version is None:
        raise RuleBroken(_("These minutes are not waiting for signatures."))
    version.minutes = minutes
    return version


def _finish(request: HttpRequest, minutes: Minutes) -> None:
    writing.finish_minutes(by=request.user, minutes=minutes)


def _send(request: HttpRequest, minutes: Minutes) -> None:
    writing.send_for_adjustment(by=request.user, minutes=minutes)


def _refer(request: HttpRequest, minutes: Minutes) -> None:
    signing.refer_minutes(by=request.user, minutes=minutes)


def _archive(request: HttpRequest, minutes: Minutes) -> None:
    announcing.archive_minutes(by=request.user, minutes=minutes)


def _reject(request: HttpRequest, minutes: Minutes) -> ActionForm:
    form = RemarkForm(request.POST)

    def reject(*, version: int | None, remark: str) -> Any:
        found = None if version is None else minutes.versions.filter(number=version).first()
        row = found or _open_version(minutes)
        return signing.reject_minutes(by=request.user, version=row, remark=remark)

    form.carry_out(reject)
    return form


def _replace(request: HttpRequest, minutes: Minutes) -> ActionForm:
    require(request.user, "governance.record_meeting", minutes.meeting)
    version = _open_version(minutes)
    form = ReplaceForm(request.POST, version=version)
    form.carry_out(signing.replace_signer, by=request.user, version=version)
    return form


def _next_meeting(request: HttpRequest, minutes: Minutes) -> ActionForm:
    require(request.user, "governance.record_meeting", minutes.meeting)
    form = NextMeetingForm(request.POST, minutes=minutes)
    form.carry_out(signing.adjust_by_meeting, by=request.user, minutes=minutes)
    return form


def _at_once(request: HttpRequest, minutes: Minutes) -> ActionForm:
    if not request.user.has_perm("governance.preside", minutes.meeting):
        raise PermissionDenied
    form = AtOnceForm(request.POST, meeting=minutes.meeting)
    form.carry_out(adjusting.adjust_at_once, by=request.user, meeting=minutes.meeting)
    return form


def _announce(request: HttpRequest, minutes: Minutes) -> ActionForm:
    require(request.user, "governance.record_meeting", minutes.meeting)
    form = NoticeForm(
        request.POST,
        boards=announcing.boards_of(minutes),
        subjects=announcing.to_announce(minutes),
    )
    form.carry_out(announcing.announce, by=request.user, minutes=minutes)
    return form


def _take_down(request: HttpRequest, minutes: Minutes) -> None:
    require(request.user, "governance.record_meeting", minutes.meeting)
    for notice in minutes.notices.filter(taken_down_on__isnull=True):
        announcing.take_down(by=request.user, notice=notice)


def _rectify(request: HttpRequest, minutes: Minutes) -> ActionForm:
    require(request.user, "governance.record_meeting", minutes.meeting)
    form = RectifyForm(request.POST, minutes=minutes)
    form.carry_out(announcing.rectify, by=request.user, minutes=minutes)
    return form


def _dispose(request: HttpRequest, minutes: Minutes) -> ActionForm:
    form = DisposalForm(request.POST)
    form.carry_out(dispose_secret_ballots, by=request.user, meeting=minutes.meeting)
    return form


COMMANDS: dict[str, Command] = {
    "fardigt": _finish,
    "skicka": _send,
    "hanskjut": _refer,
    "arkivera": _archive,
    "avvisa": _reject,
    "ersattare": _replace,
    "motet": _next_meeting,
    "omedelbart": _at_once,
    "anslag": _announce,
    "ta-ned": _take_down,
    "rattelse": _rectify,
    "gallra": _dispose,
}


@require_safe
def minutes_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer with the minutes as PDF; adjusted ones carry their evidence."""
    minutes = minutes_at(request, slug, pk)
    content = minutes_pdf(reading_of(minutes, whole=_reads_whole(request, minutes)))
    return download(content, PDF, f"protokoll-{minutes.meeting.held_on}.pdf", inline=True)


@require_safe
def minutes_archive(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer with the archive package: PDF, evidence, annexes and checksums."""
    minutes = minutes_at(request, slug, pk)
    if not minutes.is_adjusted:
        raise Http404
    reading = reading_of(minutes, whole=reads_all(request.user, minutes))
    content = archive_package(reading)
    return download(content, "application/zip", f"protokoll-{minutes.meeting.held_on}.zip")


def download(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """Answer with a file that no cache keeps: what it holds depends on the reader."""
    response = HttpResponse(content, content_type=kind)
    how = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
