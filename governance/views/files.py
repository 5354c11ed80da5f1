"""The files of a meeting: the summons as it was sent, and everything in one file."""

import hashlib
import json
import zipfile
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.actions import require
from governance.annexes import join_pdfs
from governance.models import Meeting, Summons
from governance.views.lookup import meeting_at
from governance.views.public import agenda_rows


@login_required
@require_safe
def summons_file(request: HttpRequest, slug: str, pk: int, number: int) -> FileResponse:
    """Answer with the PDF of a summons exactly as it was sent."""
    rows = Summons.objects.visible_to(request.user).filter(meeting__council__slug=slug)
    row = get_object_or_404(rows, meeting=pk, number=number)
    return FileResponse(
        row.file.open("rb"), filename=f"kallelse-{number}.pdf", content_type="application/pdf"
    )


@login_required
@require_safe
def meeting_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer with one PDF: the summons and every annex that the person may read, with bookmarks."""
    meeting = meeting_at(request, slug, pk)
    require(request.user, "governance.view_documents", meeting)
    parts = [(_("Summons"), _bytes(_last_summons(request, meeting)))]
    parts += [(title, _bytes(v.file)) for title, v in _annexes(meeting, request) if _is_pdf(v)]
    response = HttpResponse(join_pdfs(parts), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="handlingar.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def meeting_archive(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer with a ZIP of the whole meeting as far as the person may read it.

    Every summons as it was sent with its content as JSON, the annexes in order, what happened in
    the meeting with the entries of the ledger, and checksums.
    """
    meeting = meeting_at(request, slug, pk)
    require(request.user, "governance.view_documents", meeting)
    target = BytesIO()
    _last_summons(request, meeting)
    files = _archived(meeting, request)
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
        archive.writestr("SHA256SUMS.txt", sums)
    response = HttpResponse(target.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="handlingar.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _archived(meeting: Meeting, request: HttpRequest) -> list[tuple[str, bytes]]:
    files: list[tuple[str, bytes]] = []
    for row in Summons.objects.visible_to(request.user).filter(meeting=meeting).order_by("number"):
        files.append((f"kallelse-{row.number}.pdf", _bytes(row.file)))
        content = json.dumps(row.snapshot, ensure_ascii=False, indent=1, sort_keys=True)
        files.append((f"kallelse-{row.number}.json", content.encode()))
    for number, (__, version) in enumerate(_annexes(meeting, request), start=1):
        files.append((f"bilaga-{number:02d}-{version.filename}", _bytes(version.file)))
    files.append(("handelser.json", _log(meeting, request)))
    return files


def _log(meeting: Meeting, request: HttpRequest) -> bytes:
    """Return the event log of the meeting as JSON; names where the person may read them.

    Each event has its time, when it was entered, and what it corrects. What was said of a closed
    item follows the rights to that item.
    """
    rows = meeting.events.select_related("person", "item", "corrects").order_by("number")
    seen = {row["item"].pk for row in agenda_rows(meeting, request.user) if row["shown"]}
    log = [_event(event, shown=event.item_id is None or event.item_id in seen) for event in rows]
    data = {"body": meeting.council.name, "meeting": meeting.pk, "events": log}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _event(event: Any, *, shown: bool) -> dict[str, Any]:
    row = {
        "number": event.number,
        "kind": event.kind,
        "effective_at": event.effective_at.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "corrects": event.corrects.number if event.corrects else None,
        "reason": event.reason,
        "from_paper": event.from_paper,
    }
    if shown:
        row |= {
            "person": str(event.person) if event.person else "",
            "item": str(event.item) if event.item else "",
            "mode": event.mode,
            "data": event.data,
        }
    return row


def _last_summons(request: HttpRequest, meeting: Meeting) -> Any:
    row = Summons.objects.visible_to(request.user).filter(meeting=meeting).first()
    if row is None:
        raise Http404
    return row.file


def _annexes(meeting: Meeting, request: HttpRequest) -> list[tuple[str, Any]]:
    """Return title and version of each annex that the person may read, as the last summons had it.

    What has been filed since goes out with the next summons, and is read on the meeting's page.
    """
    sent = _sent_versions(meeting)
    found = []
    for row in agenda_rows(meeting, request.user):
        for document in row["documents"] if row["shown"] else []:
            version = next((v for v in document.versions.all() if v.sha256 in sent), None)
            if version is not None:
                found.append((f"{row['item'].position}. {document.title}", version))
    return found


def _sent_versions(meeting: Meeting) -> set[str]:
    """Return the checksums of the annexes of the last summons."""
    summons = meeting.summonses.first()
    items = summons.snapshot["items"] if summons else []
    return {document["sha256"] for item in items for document in item["documents"]}


def _is_pdf(version: Any) -> bool:
    return version.filename.lower().endswith(".pdf")


def _bytes(file: Any) -> bytes:
    with file.open("rb") as content:
        return bytes(content.read())
