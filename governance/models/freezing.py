"""What the database refuses once a § or a meeting is adjusted (rules.md 1.7, vector M7).

Text, presence and votes are append-only anyway; these triggers also refuse new rows and changes
of the rows that were still being worked on.
"""

from core import triggers

FINAL = "('adjusted', 'archived')"


def _meeting_of(row: str, column: str) -> str:
    # The names are those of this module; nothing comes from outside.
    return (
        "EXISTS (SELECT 1 FROM governance_meeting AS m"  # noqa: S608
        f" WHERE m.id = {row}.{column} AND m.state IN {FINAL})"
    )


def _item_of(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM governance_adjustedparagraph AS a"  # noqa: S608
        f" WHERE a.item_id = {row}.item_id)"
    )


def _minutes_of(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM governance_minutes AS p"  # noqa: S608
        f" WHERE p.id = {row}.minutes_id AND p.adjusted_at IS NOT NULL)"
    )


def _whenever(table: str, condition: str, *events: str) -> None:
    """Refuse the events (all unless named) while `condition`, over {row}, holds."""
    for event in events or ("INSERT", "UPDATE", "DELETE"):
        row = "NEW" if event == "INSERT" else "OLD"
        found = condition.replace("{row}", row)
        triggers.refuse(f"governance_{table}", f"frozen_{event.lower()}", event, found)


ROW = "{row}"
_whenever("meetingevent", _meeting_of(ROW, "meeting_id"), "INSERT")
_whenever("adjuster", _meeting_of(ROW, "meeting_id"))
_whenever("decision", _item_of(ROW), "INSERT")
for table in ("motion", "recusal"):
    _whenever(table, _item_of(ROW))
# A reservation against a § that is adjusted at once may follow until the meeting closes, and its
# reasons until all is adjusted.
MEETING_OF_ITEM = (
    "EXISTS (SELECT 1 FROM governance_agendaitem AS i JOIN governance_meeting AS m"  # noqa: S608
    f" ON m.id = i.meeting_id WHERE i.id = {ROW}.item_id AND m.state IN {FINAL})"
)
_whenever("dissent", MEETING_OF_ITEM, "INSERT")
_whenever(
    "dissent",
    f"{MEETING_OF_ITEM} OR EXISTS (SELECT 1 FROM governance_adjustedparagraph AS a"  # noqa: S608
    " JOIN governance_minutesversion AS v ON v.id = a.version_id"
    f" WHERE a.item_id = {ROW}.item_id AND v.made_at >= {ROW}.created_at)",
    "UPDATE",
    "DELETE",
)
_whenever("minutestext", f"{_minutes_of(ROW)} OR {_item_of(ROW)}")

ITEM_COLUMNS = (
    *("meeting_id", "council_id", "position", "kind", "title", "case_id", "proposal", "positions"),
    *("is_closed", "closed_reason", "state", "paragraph", "paragraph_year", "opened_at"),
    "ended_at",
)
MEETING_COLUMNS = (
    *("council_id", "title", "starts_at", "ends_at", "mode", "place", "rules", "opened_at"),
    *("closed_at", "from_paper"),
)
MINUTES_COLUMNS = ("meeting_id", "secretary_id", "place", "adjusted_at", "adjusted_by_decision_id")


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)


def _fixed(table: str, condition: str, columns: tuple[str, ...]) -> None:
    """Refuse to delete the row, or to change its columns, while `condition` holds."""
    name = f"governance_{table}"
    changed = f"{condition} AND ({_changed(columns)})"
    triggers.refuse(name, "frozen_update", "UPDATE", changed)
    triggers.refuse(name, "frozen_delete", "DELETE", condition)


_fixed(
    "agendaitem",
    "EXISTS (SELECT 1 FROM governance_adjustedparagraph AS a WHERE a.item_id = OLD.id)",
    ITEM_COLUMNS,
)
_fixed("meeting", f"OLD.state IN {FINAL}", (*MEETING_COLUMNS,))
_fixed("minutes", "OLD.adjusted_at IS NOT NULL", MINUTES_COLUMNS)
triggers.refuse(
    "governance_meeting",
    "stays_adjusted",
    "UPDATE",
    f"OLD.state IN {FINAL} AND NEW.state NOT IN {FINAL}",
)
