"""§§ that are adjusted and open. Before that, and behind closed doors, nobody finds them here.

What the index never holds cannot leak from it: a closed § is not put in at all, so the body reads
it in its minutes and in the register.
"""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audiences import Audience
from governance.models import Council, Decision, Dissent
from search.plain_text import joined
from search.registry import EVERYONE, Entry, Kind


def audiences_of(council: Council) -> tuple[str, ...]:
    """Return who finds what a body has adjusted: everyone, or members and the body itself."""
    if council.minutes_audience == Audience.PUBLIC:
        return EVERYONE
    return ("member", f"council:{council.pk}")


def rows() -> Any:
    """Return what adjusted, open §§ came to, with their texts."""
    found = Decision.objects.of_paragraphs()
    found = found.filter(item__adjusted__isnull=False, item__is_closed=False)
    found = found.select_related("council", "item__case").with_corrections()
    dissents = Prefetch("dissents", Dissent.objects.adjusted(), to_attr="adjusted_dissents")
    return found.prefetch_related("item__minutes_texts", dissents)


def entry(decision: Decision) -> Entry:
    """Return a § as it is found: by number, heading, decision, reasons and reservations."""
    item, council = decision.item, decision.council
    held = timezone.localtime(decision.decided_at).date()
    rectified = [f"{row.stood} {row.shall_stand}" for row in item.rectifications.all()]
    return Entry(
        title=f"§ {item.paragraph}/{item.paragraph_year} {item.title}",
        url=decision.get_absolute_url(),
        body=joined(
            *(f"att {clause}" for clause in decision.clauses),
            decision.motivation,
            *(row.text for row in item.minutes_texts.all()),
            *(row.text for row in decision.adjusted_dissents),  # type: ignore[attr-defined] # prefetched
            item.case.registry_number if item.case else "",
        ),
        also=joined("beslut paragraf", council.name, *rectified),
        audiences=audiences_of(council),
        day=held,
        facets={"body": (council.slug,), "year": (str(item.paragraph_year),)},
        notes=(council.name, str(decision.get_outcome_display()), *decision.corrections),
        is_example=council.is_example,
    )


DECISION = Kind(
    name="decision",
    label=_("Decisions"),
    rows=rows,
    entry=entry,
    headings=("item__title",),
    order=30,
)
