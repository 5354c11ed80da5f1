"""Documents for the demo: short texts as accessible PDF, the same bytes every time."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils.formats import date_format
from django.utils.text import slugify

from core.models import SiteDocument
from core.pdf import render
from core.prose_tree import prose_tree

AUTHOR = "Föreningen Samägt (exempel)"
NOTICE = "Exempel. Texten är påhittad för demonstrationen och gäller ingen verklig tjänst."


def add_document(*, spec: dict[str, Any], by: Any) -> SiteDocument:
    """Return the demo's document of this title, drawn and stored when it is missing.

    `spec` has title, type (a value of DocumentType), dated_on and body in Markdown.
    """
    known = SiteDocument.objects.filter(title=spec["title"], is_example=True).first()
    if known:
        return known
    content = render_example(spec)
    document = SiteDocument(
        title=spec["title"],
        document_type=spec["type"],
        dated_on=spec["dated_on"],
        source="exempel",
        is_example=True,
        uploaded_by_user=by,
    )
    document.file.save(f"{slugify(spec['title'])}.pdf", ContentFile(content), save=False)
    document.file_size = len(content)
    document.full_clean()
    document.save()
    return document


def render_example(spec: dict[str, Any]) -> bytes:
    """Return the PDF of a document of the demo."""
    data = {
        "title": spec["title"],
        "author": AUTHOR,
        "facts": [
            ["Datum", date_format(spec["dated_on"], "j F Y")],
            ["Status", NOTICE],
        ],
        "body": prose_tree(spec["body"]),
    }
    return render("letter.typ", data, dated_on=spec["dated_on"])
