"""What the database itself refuses about participations, on SQLite and PostgreSQL both.

A step that is not in the table of `catalogue.joining_states` does not exist (rules.md 2.1),
whoever writes the row. In which state a row begins is left open: a joining that was in force
before the product came is entered as it stands.
"""

from catalogue.joining_states import TRANSITIONS
from core import triggers

PARTICIPATION = "catalogue_participation"
STEPS = ", ".join(sorted(f"'{row.old.value}>{row.new.value}'" for row in TRANSITIONS))

triggers.refuse(
    PARTICIPATION,
    "known_step",
    "UPDATE",
    f"NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ({STEPS})",
)
