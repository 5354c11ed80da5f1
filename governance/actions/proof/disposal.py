"""Disposal (gallring) of secret ballots, by an action that is itself chained (rules.md 1.8)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.proof.heads import keep_head
from governance.actions.recording import enter_room
from governance.models import LedgerEntry, Meeting
from governance.poll_records import dispose
from governance.states import FINAL_MINUTES


@transaction.atomic
def dispose_secret_ballots(*, by: Any, meeting: Meeting, decision: str) -> LedgerEntry:
    """Destroy the secret ballots of an adjusted meeting, naming the decision on disposal.

    The ledger keeps of each poll its totals, who was ticked off and the salted hash, so that it
    can still be verified and says that the ballots are gone. Raises RuleBroken before adjustment,
    without the decision's reference, and when there is nothing to destroy.
    """
    require(by, "governance.record_meeting", meeting)
    meeting = enter_room(meeting)
    if meeting.state not in FINAL_MINUTES:
        raise RuleBroken(_("Secret ballots are kept until the minutes are adjusted."))
    reference = decision.strip()
    if not reference:
        raise RuleBroken(_("Name the decision on disposal."), field="decision")
    polls = dispose(meeting.pk)
    if not polls:
        raise RuleBroken(_("There are no secret ballots to destroy."))
    data = {"meeting": meeting.pk, "decision": reference[:300], "polls": polls}
    entry = append(council=meeting.council, kind="secret_ballots_disposed", data=data)
    # The ballots cannot be counted again after this, so what the ledger says of them is kept apart.
    keep_head(meeting.council, entry)
    return entry
