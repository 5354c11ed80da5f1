"""The decisions that appoint people to seats, as documents on the shelf of the body.

Without the document a mandate gives no vote. It keeps its versions, its audience and its secrecy
like any document on the shelf; the mandate points at the version that holds.
"""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.models import JoiningDocument
from core.actions import SYSTEM, log, require
from core.exceptions import RuleBroken
from core.file_types import extension_of
from governance.actions.ledger import append
from governance.actions.shelf import add_shelf_version, shelve
from governance.choices import ShelfKind
from governance.models import Council, Mandate, ShelfDocument, ShelfVersion

APPOINTMENT_TITLE = "Beslut om uppdrag"
"""The heading is content, in the language of the records."""
LONGEST_TITLE = 200


def file_decision(
    *,
    by: Any,
    council: Council,
    name: str,
    decided_on: date,
    file: UploadedFile,
    **reading: Any,
) -> ShelfVersion:
    """Put a decision that appoints on the body's shelf; `reading` is its audience and secrecy.

    `name` says by whom and under which number it was decided.
    """
    document = shelve(
        by=by,
        council=council,
        title=f"{APPOINTMENT_TITLE}: {name}"[:LONGEST_TITLE],
        dated_on=decided_on,
        file=file,
        kind=ShelfKind.APPOINTMENT,
        **reading,
    )
    return document.versions.get()


def filed_decision(council: Council, document: ShelfDocument | None) -> ShelfVersion | None:
    """Return the newest version of a decision on the body's own shelf; None for no document.

    Raises RuleBroken for another body's document, and for one that appoints nobody.
    """
    if document is None:
        return None
    if document.council_id != council.pk or document.kind != ShelfKind.APPOINTMENT:
        raise RuleBroken(_("Choose a decision from the shelf of this body."), field="document")
    return document.versions.first()


@transaction.atomic
def attach_decision(
    *,
    by: Any,
    mandate: Mandate,
    document: ShelfDocument | None = None,
    file: UploadedFile | None = None,
    **reading: Any,
) -> Mandate:
    """Give a mandate the document of its decision, filed already or as a file.

    A file for a mandate that has its document becomes the next version of it. A meeting already
    opened keeps its roll: the vote holds from the next one. Raises RuleBroken for neither.
    """
    council = mandate.seat.council
    require(by, "governance.manage_council", council)
    version = filed_decision(council, document)
    if version is None and file is None:
        raise RuleBroken(needs_document(), field="file")
    if file is not None and mandate.document is not None:
        version = add_shelf_version(by=by, document=mandate.document.document, file=file)
    elif file is not None:
        version = file_decision(
            by=by,
            council=council,
            name=f"{mandate.appointed_by} {mandate.decision_number}",
            decided_on=mandate.appointed_on,
            file=file,
            **reading,
        )
    mandate.document = version
    mandate.save()
    sha256 = version.sha256 if version else ""
    append(council=council, kind="mandate_documented", data={"id": mandate.pk, "sha256": sha256})
    log("mandate_documented", by=by, subject=mandate.person.user, obj=mandate)
    return mandate


def needs_document() -> str:
    """Say that the decision must be there as a document."""
    return _("Add the decision that appointed, as a document. Without it the person cannot vote.")


@transaction.atomic
def carry_decision(*, council: Council, document_id: int | None) -> ShelfVersion | None:
    """File the appointing decision of a joining on the shelf of the service's body, once.

    The secretary chooses it when the mandates are entered; None when the joining has none, or its
    file cannot be read: that never stops a signature, and the desk asks for the document.
    """
    paper = JoiningDocument.objects.filter(pk=document_id).first() if document_id else None
    if paper is None:
        return None
    known = joined_decision(council, paper)
    if known is not None:
        return known
    try:
        with paper.file.open("rb") as stored:
            content = stored.read()
    except OSError:
        return None
    file = SimpleUploadedFile(f"beslut.{extension_of(paper.file.name or '')}", content)
    name = f"{paper.participation.organisation}"
    day = paper.dated_on or paper.uploaded_at.date()
    return file_decision(by=SYSTEM, council=council, name=name, decided_on=day, file=file)


def joined_decision(council: Council, paper: JoiningDocument | None) -> ShelfVersion | None:
    """Return the version on the body's shelf that holds the same file as a joining's document."""
    if paper is None:
        return None
    rows = ShelfVersion.objects.filter(document__in=council.shelf.appointing())
    return rows.filter(sha256=paper.sha256).first()
