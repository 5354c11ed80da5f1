"""What the database itself refuses about cost models, on SQLite and PostgreSQL both.

A model that is adopted is the ground of what municipalities are charged: its year, its total, its
parts and its figures stand, whoever writes. Only the outcome is filled in afterwards, and a newer
version may replace it. Parts, issued rows and populations only grow in any case.
"""

from core import triggers

MODEL = "catalogue_costmodel"
FIXED_WHEN_ADOPTED = (
    *("service_id", "year", "version", "total", "vat_category", "vat_rate", "population_on"),
    *("population_source", "point_classes", "adopted_on", "adopted_reference", "adopted_url"),
    *("adopted_by_id", "is_example"),
)


def _changed() -> str:
    # PostgreSQL's json has no equality of its own; as text the two are compared as written.
    return " OR ".join(
        f"CAST(NEW.{column} AS text) {{differs}} CAST(OLD.{column} AS text)"
        for column in FIXED_WHEN_ADOPTED
    )


def _state_of(row: str) -> str:
    # The table and column names are those above; nothing comes from outside.
    return f"(SELECT state FROM {MODEL} WHERE id = {row}.model_id {{share}})"  # noqa: S608


triggers.refuse(MODEL, "terms_fixed", "UPDATE", f"OLD.state <> 'draft' AND ({_changed()})")
triggers.refuse(
    MODEL,
    "never_reopened",
    "UPDATE",
    "NEW.state <> OLD.state"
    " AND (OLD.state || '>' || NEW.state) NOT IN ('draft>adopted', 'adopted>replaced')",
)
triggers.refuse(MODEL, "no_delete", "DELETE", "OLD.state <> 'draft'")

triggers.refuse(
    "catalogue_costmodelpart", "before_adoption", "INSERT", f"{_state_of('NEW')} <> 'draft'"
)
FIGURE = "catalogue_costfigure"
triggers.refuse(FIGURE, "frozen_insert", "INSERT", f"{_state_of('NEW')} <> 'draft'")
triggers.refuse(
    FIGURE,
    "frozen_update",
    "UPDATE",
    f"{_state_of('OLD')} <> 'draft' OR {_state_of('NEW')} <> 'draft'",
)
triggers.refuse(FIGURE, "frozen_delete", "DELETE", f"{_state_of('OLD')} <> 'draft'")

triggers.guard("catalogue_costrow")
triggers.guard("catalogue_costmodelpart")
triggers.guard("catalogue_population")
