"""What is indexed anew when something happens below."""

from collections.abc import Iterable

from core.events import PageDeleted, PageMoved, PagePublished, PageUnpublished
from governance.events import CouncilChanged, MeetingChanged, ParagraphAdjusted, ParagraphRectified
from governance.models import Council, Decision, Minutes
from members.events import MunicipalitiesImported
from members.models import Municipality
from search.actions import request_entries
from search.registry import page_kinds

PageFact = PagePublished | PageUnpublished | PageMoved | PageDeleted


def on_page(fact: PageFact) -> None:
    """Index a page anew, or take it out; which kind of page it is the index finds out."""
    for kind in page_kinds():
        request_entries(kind.name, [fact.page_id])


def on_paragraph(fact: ParagraphAdjusted | ParagraphRectified) -> None:
    """Index a § when it is open to its readers, and again when it is rectified."""
    decisions = Decision.objects.filter(item=fact.item_id)
    request_entries("decision", _ids(decisions))
    request_entries("minutes", _ids(Minutes.objects.filter(meeting__items=fact.item_id)))


def on_meeting(fact: MeetingChanged) -> None:
    """Index the minutes of a meeting when they are adjusted, and its §§ with what was appended."""
    request_entries("minutes", _ids(Minutes.objects.filter(meeting=fact.meeting_id)))
    adjusted = Decision.objects.filter(item__adjusted__isnull=False)
    request_entries("decision", _ids(adjusted.filter(item__meeting=fact.meeting_id)))


def on_council(fact: CouncilChanged) -> None:
    """Index a body with all it has adjusted: its name stands there, and who may read it."""
    request_entries("council", [fact.council_id])
    of_body = Council.objects.filter(pk=fact.council_id)
    request_entries("decision", _ids(Decision.objects.filter(council__in=of_body)))
    request_entries("minutes", _ids(Minutes.objects.filter(meeting__council__in=of_body)))


def on_municipalities(fact: MunicipalitiesImported) -> None:
    """Index municipalities that were added or changed."""
    request_entries("municipality", _ids(Municipality.objects.filter(code__in=fact.codes)))


def _ids(rows: object) -> Iterable[int]:
    return rows.values_list("pk", flat=True)  # type: ignore[attr-defined, no-any-return]
