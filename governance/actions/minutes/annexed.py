"""The annexes of minutes: the very files that the text names, whatever the case got later."""

from collections.abc import Iterable, Mapping
from typing import Any

from governance.models import AgendaItem, CaseDocument, CaseDocumentVersion, Meeting


def annexes_of(
    content: Mapping[str, Any], meeting: Meeting, *, item: int | None = None
) -> list[CaseDocumentVersion]:
    """Return the files that the minutes name, in their order; `item` for one § alone.

    `content` is what the reader may see: a masked annex is not there. Files are found by their
    checksum, so that a version filed after the adjustment never takes the place of the one that
    the meeting had before it (rules.md 1.7).
    """
    named = dict.fromkeys(_checksums(content, item))
    rows = CaseDocumentVersion.objects.filter(
        document__case__items__meeting=meeting, sha256__in=named
    ).select_related("document")
    first: dict[str, CaseDocumentVersion] = {}
    for row in rows.order_by("document__case", "document__position", "number"):
        first.setdefault(row.sha256, row)
    return [first[sha256] for sha256 in named if sha256 in first]


def annexes_for(
    item: AgendaItem, user: Any, content: Mapping[str, Any] | None
) -> list[CaseDocumentVersion]:
    """Return the files of a § that the person may open.

    Those that its adjusted minutes name; before that the newest version of each document.
    """
    if item.case is None:
        return []
    visible = CaseDocument.objects.visible_to(user).filter(case=item.case)
    if content is not None:
        mine = set(visible.values_list("pk", flat=True))
        rows = annexes_of(content, item.meeting, item=item.pk)
        return [row for row in rows if row.document_id in mine]
    newest = [list(document.versions.all())[:1] for document in _with_versions(visible)]
    return [row for rows in newest for row in rows]


def _with_versions(documents: Any) -> Iterable[CaseDocument]:
    rows = documents.prefetch_related("versions__document").order_by("position", "pk")
    return list(rows)


def _checksums(content: Mapping[str, Any], item: int | None) -> Iterable[str]:
    for paragraph in content["paragraphs"]:
        if item is not None and paragraph["item"] != item:
            continue
        for name, field in paragraph["fields"].items():
            if name.startswith("annex-") and field.get("value"):
                yield field["value"]["sha256"]
