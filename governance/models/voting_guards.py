"""What the database itself refuses about who votes: a vote needs the decision that appointed.

A mandate names by whom, when and under which number the person was appointed, and the document.
Who lacks the document stands on no roll, so nobody votes for the seat through that mandate; a
delegate of a general meeting votes by the proxy, which is a document of its own.
"""

from core import triggers

_APPOINTED = (
    "EXISTS (SELECT 1 FROM governance_mandate AS m WHERE m.seat_id = NEW.seat_id"
    " AND m.person_id = NEW.person_id AND m.document_id IS NOT NULL)"
)
_DELEGATED = (
    "EXISTS (SELECT 1 FROM governance_delegateproxy AS x"
    " JOIN governance_poll AS p ON p.meeting_id = x.meeting_id"
    " WHERE p.id = NEW.poll_id AND x.seat_id = NEW.seat_id AND x.person_id = NEW.person_id)"
)
_NO_RIGHT = f"NEW.person_id IS NOT NULL AND NOT {_APPOINTED} AND NOT {_DELEGATED}"

triggers.refuse(
    "governance_mandate",
    "document_kept",
    "UPDATE",
    "OLD.document_id IS NOT NULL AND NEW.document_id IS NULL",
)
triggers.refuse(
    "governance_rollperson",
    "appointed",
    "INSERT",
    "EXISTS (SELECT 1 FROM governance_mandate AS m"
    " WHERE m.id = NEW.mandate_id AND m.document_id IS NULL)",
)
triggers.refuse("governance_pollseat", "appointed", "INSERT", _NO_RIGHT)
triggers.refuse("governance_ballot", "appointed", "INSERT", _NO_RIGHT)
