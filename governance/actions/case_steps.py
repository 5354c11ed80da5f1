"""How a case goes on, step by step; rights are checked by whoever takes the step."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from governance.models import AgendaItem, Case, CaseStep
from governance.states import CASE, CaseState, advance


def step_case(
    case: Case,
    event: str,
    *,
    by: Any,
    item: AgendaItem | None = None,
    note: str = "",
    **facts: bool,
) -> Case:
    """Take a case one step by its table and keep the step; rights are the caller's to check."""
    case.state = advance(CASE, case.state, event, label=CaseState(case.state).label, **facts)
    case.save(update_fields=["state", "updated_at"])
    write_step(case, event, by=by, item=item, note=note)
    return case


def write_step(
    case: Case, event: str, *, by: Any, item: AgendaItem | None = None, note: str = ""
) -> None:
    """Keep one step of the case for its timeline."""
    CaseStep.objects.create(
        case=case,
        event=event,
        state=case.state,
        happened_at=timezone.now(),
        by_id=getattr(by, "pk", None),
        item_id=item.pk if item else None,
        note=note,
    )


def clean_clauses(clauses: Iterable[str]) -> list[str]:
    """Return att-clauses without the word "att" in front and without empty ones."""
    bare = (clause.strip() for clause in clauses)
    return [clause.removeprefix("att ").strip() for clause in bare if clause.strip()]
