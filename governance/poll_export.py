"""An open poll in the form that anybody can count again with `recount`.

Never for a secret election: its ballots stand beside the seats here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.poll_input import BLANK, PollKind
from governance.polls import MatterPoll, RuleType

if TYPE_CHECKING:
    from governance.polls import ElectionPoll, Roll, Rule


def export_poll(poll: MatterPoll | ElectionPoll) -> dict[str, object]:
    """Return `poll` in the form that `parse_poll` reads back into an equal poll."""
    common = {**_roll_json(poll.roll), "chair": poll.chair, "quorum": poll.quorum}
    if isinstance(poll, MatterPoll):
        return common | _matter_json(poll)
    return common | _election_json(poll)


def _matter_json(poll: MatterPoll) -> dict[str, object]:
    """Return what is particular to a matter."""
    fields: dict[str, object] = {
        "kind": PollKind.MATTER.value,
        "rule": _rule_json(poll.rule),
        "casting_vote": poll.casting_vote,
        "double_majority": poll.double_majority,
        "per_capsulam": poll.per_capsulam,
        "ballots": [
            {"seat": ballot.seat, "choice": ballot.choice.value} for ballot in poll.ballots
        ],
    }
    if poll.chair_view is not None:
        fields["chair_view"] = poll.chair_view.value
    return fields


def _election_json(poll: ElectionPoll) -> dict[str, object]:
    """Return what is particular to an election; the settings of matters stand at no effect."""
    return {
        "kind": PollKind.ELECTION.value,
        "positions": poll.positions,
        "rule": {"type": RuleType.SIMPLE.value},
        "casting_vote": False,
        "double_majority": False,
        "ballots": [
            {"seat": ballot.seat, "choice": list(ballot.names) or BLANK} for ballot in poll.ballots
        ],
    }


def _roll_json(roll: Roll) -> dict[str, object]:
    """Return the electoral roll with its numbers."""
    return {
        "seats": roll.seats,
        "vacancies": roll.vacancies,
        "roll": [
            {
                "seat": row.seat,
                "municipality": row.municipality,
                "weight": row.weight,
                "present": row.present,
                "recused": row.recused,
            }
            for row in roll.rows
        ],
    }


def _rule_json(rule: Rule) -> dict[str, object]:
    """Return the rule without the parts it does not have."""
    fields: dict[str, object] = {
        "type": rule.type.value,
        "numerator": rule.numerator,
        "denominator": rule.denominator,
        "base": None if rule.base is None else rule.base.value,
    }
    return {name: value for name, value in fields.items() if value is not None}
