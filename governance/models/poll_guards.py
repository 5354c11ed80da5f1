"""What the database itself refuses about polls, on SQLite and PostgreSQL both.

Rule, base and weights are fixed once a poll is open; ballots are taken only while it is; nothing
is changed or deleted afterwards. Without these triggers no poll opens (rules.md 1.9).
"""

from collections.abc import Iterable

from core import triggers

POLL = "governance_poll"
AHEAD = "('requested', 'approved')"
FIXED_WHEN_OPEN = (
    *("public_id", "council_id", "meeting_id", "item_id", "case_id", "order_id", "step", "number"),
    *("kind", "question", "title", "yes_key", "no_key", "yes_means", "no_means", "clauses"),
    *("candidates", "positions", "is_secret", "must_choose", "rule_type", "numerator"),
    *("denominator", "base", "quorum", "casting_vote", "double_majority", "per_capsulam"),
    *("deadline_at", "seats", "vacancies", "requested_by_id", "requested_at", "opened_at"),
    "replaces_id",
)
FIXED_WHEN_SETTLED = (
    *("closed_at", "settled_at", "chair_seat_id", "chair_id", "chair_view", "result", "winner"),
)


def _changed(columns: Iterable[str]) -> str:
    return " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)


def _poll_state(row: str = "NEW") -> str:
    # The table and column names are those above; nothing comes from outside.
    return f"(SELECT state FROM {POLL} WHERE id = {row}.poll_id {{share}})"  # noqa: S608


triggers.refuse(POLL, "no_delete", "DELETE", "OLD.id IS NOT NULL")
triggers.refuse(POLL, "starts_ahead", "INSERT", f"NEW.state NOT IN {AHEAD}")
triggers.refuse(
    POLL, "terms_fixed", "UPDATE", f"OLD.state NOT IN {AHEAD} AND ({_changed(FIXED_WHEN_OPEN)})"
)
triggers.refuse(
    POLL,
    "result_fixed",
    "UPDATE",
    f"OLD.state IN ('settled', 'invalid') AND ({_changed(FIXED_WHEN_SETTLED)}"
    " OR NEW.state NOT IN (OLD.state, 'invalid'))",
)
triggers.refuse(
    POLL,
    "never_reopened",
    "UPDATE",
    f"OLD.state NOT IN {AHEAD} AND OLD.state <> 'open'"
    " AND NEW.state IN ('open', 'approved', 'requested')",
)

triggers.guard("governance_propositionorder")

triggers.guard("governance_pollseat")
triggers.refuse("governance_pollseat", "before_opening", "INSERT", f"{_poll_state()} <> 'approved'")

BALLOT = "governance_ballot"
triggers.guard(BALLOT)
triggers.refuse(
    BALLOT,
    "only_while_open",
    "INSERT",
    f"{_poll_state()} <> 'open' AND NOT EXISTS (SELECT 1 FROM {POLL} AS p WHERE p.id = NEW.poll_id"  # noqa: S608
    " AND p.state = 'awaiting_chair' AND p.chair_seat_id = NEW.seat_id AND NEW.entry = 'chair')",
)
triggers.refuse(
    BALLOT,
    "of_the_roll",
    "INSERT",
    f"NOT EXISTS (SELECT 1 FROM governance_pollseat AS r JOIN {POLL} AS p ON p.id = r.poll_id"  # noqa: S608
    " WHERE r.poll_id = NEW.poll_id AND r.seat_id = NEW.seat_id AND NOT r.recused"
    " AND (r.present OR p.per_capsulam) AND NOT p.is_secret)",
)
triggers.refuse(
    BALLOT,
    "next_revision",
    "INSERT",
    f"NEW.revision <> 1 + (SELECT count(*) FROM {BALLOT} AS b"  # noqa: S608
    " WHERE b.poll_id = NEW.poll_id AND b.seat_id = NEW.seat_id)",
)

VOTER = "governance_secretvoter"
triggers.refuse(VOTER, "no_delete", "DELETE", "OLD.id IS NOT NULL")
triggers.refuse(VOTER, "before_opening", "INSERT", f"{_poll_state()} <> 'approved'")
triggers.refuse(
    VOTER,
    "ticked_once",
    "UPDATE",
    f"OLD.has_voted OR NOT NEW.has_voted OR {_poll_state('OLD')} <> 'open'"
    f" OR {_changed(('id', 'poll_id', 'seat_id'))}",
)

URN = "governance_secreturn"
triggers.refuse(URN, "no_delete", "DELETE", "OLD.id IS NOT NULL")
triggers.refuse(URN, "before_opening", "INSERT", f"{_poll_state()} <> 'approved'")
# After the close the set may only be disposed of; its checksum stays.
triggers.refuse(
    URN,
    "sealed_at_close",
    "UPDATE",
    f"{_changed(('id', 'poll_id'))} OR ({_poll_state('OLD')} <> 'open'"
    f" AND (NEW.ballots IS NOT NULL OR {_changed(('digest', 'on_paper'))}))",
)

LOT = "governance_lot"
triggers.refuse(LOT, "no_delete", "DELETE", "OLD.id IS NOT NULL")
triggers.refuse(LOT, "when_awaited", "INSERT", f"{_poll_state()} <> 'awaiting_lot'")
triggers.refuse(
    LOT,
    "drawn_once",
    "UPDATE",
    "OLD.drawn_at IS NOT NULL OR "
    + _changed(("id", "poll_id", "names", "places", "commitment", "committed_at", "sealed_seed")),
)
