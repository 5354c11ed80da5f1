"""The shelf of a body: documents that belong to no case, earlier minutes, and who has looked."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import log, require
from core.audiences import Audience
from core.exceptions import RuleBroken
from governance.actions.files import receive
from governance.actions.ledger import append
from governance.models import Council, CouncilVisit, EarlierMinutes, ShelfDocument, ShelfVersion


@transaction.atomic
def shelve(
    *, by: Any, council: Council, title: str, dated_on: date, file: UploadedFile, **details: Any
) -> ShelfDocument:
    """Put a document on the body's shelf as version 1; `details` are kind, audience and secrecy.

    Raises RuleBroken for a secret document without a reason, and for a file that may not come in.
    """
    require(by, "governance.manage_council", council)
    if details.get("is_secret") and not details.get("secrecy_reason", "").strip():
        raise RuleBroken(_("Give the reason of the secrecy."), field="secrecy_reason")
    document = ShelfDocument(council=council, title=title, dated_on=dated_on, **details)
    document.full_clean()
    document.save()
    add_shelf_version(by=by, document=document, file=file)
    return document


@transaction.atomic
def add_shelf_version(*, by: Any, document: ShelfDocument, file: UploadedFile) -> ShelfVersion:
    """Add a version of a document on the shelf; earlier ones stay."""
    require(by, "governance.manage_council", document.council)
    kept = receive(file)
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = ShelfVersion.objects.create(
        document=document,
        number=last + 1,
        file=file,
        filename=kept.filename,
        size=kept.size,
        sha256=kept.sha256,
        uploaded_at=timezone.now(),
        uploaded_by_id=getattr(by, "pk", None),
    )
    append(
        council=document.council,
        kind="shelf_document_filed",
        data={"document": document.pk, "version": version.number, "sha256": version.sha256},
    )
    return version


@transaction.atomic
def file_earlier_minutes(
    *,
    by: Any,
    council: Council,
    held_on: date,
    source: str,
    file: UploadedFile,
    paragraphs: str = "",
    audience: str = Audience.COUNCIL,
) -> EarlierMinutes:
    """File minutes from before the product as PDF, outside the ledger.

    Raises RuleBroken without a source, for a day to come and for a file that is no PDF.
    """
    require(by, "governance.manage_council", council)
    if not source.strip():
        raise RuleBroken(_("Say where the minutes come from."), field="source")
    if held_on > timezone.localdate():
        raise RuleBroken(_("The day has not come yet."), field="held_on")
    receive(file, only_pdf=True)
    row = EarlierMinutes.objects.create(
        council=council,
        held_on=held_on,
        paragraphs=paragraphs.strip(),
        source=source.strip(),
        file=file,
        audience=audience,
    )
    log("earlier_minutes_filed", by=by, obj=row, new={"held_on": held_on.isoformat()})
    return row


@transaction.atomic
def note_visit(*, by: Any, council: Council) -> None:
    """Remember that the person has looked at the body's documents now."""
    CouncilVisit.objects.update_or_create(
        council=council, user=by, defaults={"seen_at": timezone.now()}
    )
