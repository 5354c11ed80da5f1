"""The state machines of governance as tables (rules.md 1.9).

A table says for each state which events are possible, where they lead, and what must hold.
`advance` is the one function that applies them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.exceptions import RuleBroken

Text = str | Promise


class MeetingState(TextChoices):
    """Where a meeting is."""

    DRAFT = "draft", _("Draft")
    SUMMONED = "summoned", _("Summoned")
    OPEN = "open", _("In progress")
    ADJOURNED = "adjourned", _("Adjourned")
    CLOSED = "closed", _("Closed")
    ADJUSTED = "adjusted", _("Minutes adjusted")
    ARCHIVED = "archived", _("Archived")
    CANCELLED = "cancelled", _("Cancelled")


class CaseState(TextChoices):
    """Where a case is, over all its meetings."""

    REGISTERED = "registered", _("Registered")
    IN_PREPARATION = "in_preparation", _("In preparation")
    READY = "ready", _("Ready for a meeting")
    ON_AGENDA = "on_agenda", _("On an agenda")
    BEING_HANDLED = "being_handled", _("Being handled")
    TABLED = "tabled", _("Tabled")
    REFERRED_BACK = "referred_back", _("Referred back")
    TAKEN_OFF = "taken_off", _("Taken off the agenda")
    DECIDED = "decided", pgettext_lazy("case", "Decided")
    DISPATCHED = "dispatched", _("Dispatched")
    EXECUTED = "executed", _("Carried out")
    CLOSED = "closed", _("Closed")
    WRITTEN_OFF = "written_off", _("Written off")


class ItemState(TextChoices):
    """Where an agenda item is."""

    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("On the agenda")
    OPENED = "opened", _("Under debate")
    DEBATE_CLOSED = "debate_closed", _("Debate closed")
    DECIDED = "decided", _("Decided")
    TABLED = "tabled", pgettext_lazy("item", "Tabled")
    REFERRED_BACK = "referred_back", pgettext_lazy("item", "Referred back")
    NOTED = "noted", _("Noted")
    WITHDRAWN = "withdrawn", pgettext_lazy("item", "Withdrawn")
    NOT_REACHED = "not_reached", _("Not reached")


class MotionState(TextChoices):
    """Where a motion is."""

    MADE = "made", _("Made")
    WITHDRAWN = "withdrawn", pgettext_lazy("motion", "Withdrawn")
    REFUSED = "refused", _("Refused by the chair")
    ADMITTED = "admitted", _("Taken up")
    CARRIED = "carried", pgettext_lazy("motion", "Carried")
    REJECTED = "rejected", pgettext_lazy("motion", "Rejected")
    ELIMINATED = "eliminated", _("Lost against another motion")
    LAPSED = "lapsed", _("Lapsed")


class PollState(TextChoices):
    """Where a poll (votering) is."""

    REQUESTED = "requested", _("Requested")
    APPROVED = "approved", _("Ready to be opened")
    OPEN = "open", _("Open for voting")
    CLOSED = "closed", _("Closed for voting")
    COUNTED = "counted", _("Counted")
    AWAITING_CHAIR = "awaiting_chair", _("Waits for the chair's vote")
    AWAITING_LOT = "awaiting_lot", _("Waits for a lot")
    SETTLED = "settled", _("Decided by votes")
    INVALID = "invalid", _("Invalid")
    WITHDRAWN = "withdrawn", _("Request withdrawn")


POLLS_AHEAD = (PollState.REQUESTED, PollState.APPROVED)
POLLS_CLOSED = (
    PollState.CLOSED,
    PollState.COUNTED,
    PollState.AWAITING_CHAIR,
    PollState.AWAITING_LOT,
    PollState.SETTLED,
)
POLLS_UNSETTLED = (*POLLS_AHEAD, PollState.OPEN, *POLLS_CLOSED[:-1])
ITEMS_IN_HAND = (ItemState.OPENED, ItemState.DEBATE_CLOSED)
ITEMS_WAITING = (ItemState.PROPOSED, ItemState.CONFIRMED)
MEETINGS_RUNNING = (MeetingState.OPEN, MeetingState.ADJOURNED)
MEETINGS_AHEAD = (MeetingState.DRAFT, MeetingState.SUMMONED)
FINAL_MINUTES = (MeetingState.ADJUSTED, MeetingState.ARCHIVED)
MEETINGS_HELD = (MeetingState.CLOSED, MeetingState.ADJUSTED, MeetingState.ARCHIVED)
CASES_AT_MEETING = (CaseState.ON_AGENDA, CaseState.BEING_HANDLED)
CASES_RETURNING = (CaseState.TABLED, CaseState.READY)


@dataclass(frozen=True)
class Guard:
    """Something that must hold before a step; `reason` tells people what is missing."""

    fact: str
    reason: Text


@dataclass(frozen=True)
class To:
    """Where an event leads, and what must hold first."""

    target: str
    guards: tuple[Guard, ...] = ()


def to(target: str, *guards: Guard) -> To:
    """Write one cell of a table."""
    return To(target, guards)


Table = Mapping[str, Mapping[str, To]]

HAS_ITEMS = Guard("has_items", _("The agenda has no items yet."))
HAS_PLACE = Guard("has_place", _("Say where the meeting is held, or how to join it."))
IN_TIME = Guard("in_time", _("The summons is later than the body's rules allow."))
ALL_ADDRESSED = Guard("all_addressed", _("Some member or substitute has no e-mail address."))
TRIGGERS_PRESENT = Guard(
    "triggers_present", _("The protection of the records is missing. Tell the administrator.")
)
HAS_CHAIR = Guard("has_chair", _("Nobody who may preside is present."))
HAS_SECRETARY = Guard("has_secretary", _("The body has no secretary on this day."))
HAS_ROLL = Guard("has_roll", _("The roll call has not been made."))
NOTHING_OPEN = Guard("nothing_open", _("An item is still open: decide it or put it off first."))
REST_HANDLED = Guard(
    "rest_handled", _("Some items are left. Say that they are put off to the next meeting.")
)
ADJUSTERS = Guard("adjusters_chosen", _("Choose adjusters before the meeting is closed."))
MINUTES_SIGNED = Guard("minutes_signed", _("The minutes are not adjusted."))

MEETING: Table = {
    MeetingState.DRAFT: {
        "summon": to(MeetingState.SUMMONED, HAS_ITEMS, HAS_PLACE, IN_TIME, ALL_ADDRESSED),
        "cancel": to(MeetingState.CANCELLED),
    },
    MeetingState.SUMMONED: {
        "summon": to(MeetingState.SUMMONED, HAS_ITEMS, HAS_PLACE, IN_TIME, ALL_ADDRESSED),
        "open": to(MeetingState.OPEN, TRIGGERS_PRESENT, HAS_SECRETARY, HAS_ROLL, HAS_CHAIR),
        "cancel": to(MeetingState.CANCELLED),
    },
    MeetingState.OPEN: {
        "adjourn": to(MeetingState.ADJOURNED),
        "close": to(MeetingState.CLOSED, NOTHING_OPEN, REST_HANDLED, ADJUSTERS),
    },
    MeetingState.ADJOURNED: {
        "resume": to(MeetingState.OPEN),
        "close": to(MeetingState.CLOSED, NOTHING_OPEN, REST_HANDLED, ADJUSTERS),
    },
    MeetingState.CLOSED: {"adjust": to(MeetingState.ADJUSTED, MINUTES_SIGNED)},
    MeetingState.ADJUSTED: {"archive": to(MeetingState.ARCHIVED)},
    MeetingState.ARCHIVED: {},
    MeetingState.CANCELLED: {},
}

HAS_PROPOSAL = Guard("has_proposal", _("Write the proposal to decision first."))
HAS_MOTIVATION = Guard("has_motivation", _("Say why it is referred back."))
HAS_REASON = Guard("has_reason", _("Give the reason, and who decided it."))
WRITE_OFF = to(CaseState.WRITTEN_OFF, HAS_REASON)

CASE: Table = {
    CaseState.REGISTERED: {
        "prepare": to(CaseState.IN_PREPARATION),
        "write_off": WRITE_OFF,
    },
    CaseState.IN_PREPARATION: {
        "make_ready": to(CaseState.READY, HAS_PROPOSAL),
        "write_off": WRITE_OFF,
    },
    CaseState.READY: {
        "prepare": to(CaseState.IN_PREPARATION),
        "put_on_agenda": to(CaseState.ON_AGENDA),
        "write_off": WRITE_OFF,
    },
    CaseState.ON_AGENDA: {
        "handle": to(CaseState.BEING_HANDLED),
        "take_off": to(CaseState.TAKEN_OFF),
        "miss": to(CaseState.READY),
        "write_off": WRITE_OFF,
    },
    CaseState.BEING_HANDLED: {
        "decide": to(CaseState.DECIDED),
        "table": to(CaseState.TABLED),
        "refer_back": to(CaseState.REFERRED_BACK, HAS_MOTIVATION),
        "take_off": to(CaseState.TAKEN_OFF),
        "miss": to(CaseState.READY),
        "write_off": WRITE_OFF,
    },
    CaseState.TABLED: {"put_on_agenda": to(CaseState.ON_AGENDA), "write_off": WRITE_OFF},
    CaseState.REFERRED_BACK: {
        "prepare": to(CaseState.IN_PREPARATION),
        "write_off": WRITE_OFF,
    },
    CaseState.TAKEN_OFF: {"prepare": to(CaseState.IN_PREPARATION), "write_off": WRITE_OFF},
    CaseState.DECIDED: {"dispatch": to(CaseState.DISPATCHED)},
    CaseState.DISPATCHED: {"execute": to(CaseState.EXECUTED)},
    CaseState.EXECUTED: {"close": to(CaseState.CLOSED)},
    CaseState.CLOSED: {},
    CaseState.WRITTEN_OFF: {},
}

MEETING_OPEN = Guard("meeting_open", _("The meeting is not in progress."))
NO_OTHER_OPEN = Guard("no_other_open", _("Another item is open."))
QUORATE = Guard("quorate", _("Too few are present to decide. Adjourn or close the meeting."))
IS_FORMALITY = Guard("is_formality", _("Only a formality passes without being opened."))
IS_INFORMATION = Guard("is_information", _("This item needs a decision and cannot be noted."))
GAVEL_READY = Guard("gavel_ready", _("The chair has not stated what was found."))
NO_POLL_ASKED = Guard("no_poll_asked", _("A poll has been requested: it decides, not acclamation."))

ITEM: Table = {
    ItemState.PROPOSED: {
        "confirm": to(ItemState.CONFIRMED),
        "withdraw": to(ItemState.WITHDRAWN),
        "miss": to(ItemState.NOT_REACHED),
    },
    ItemState.CONFIRMED: {
        "pass": to(ItemState.NOTED, IS_FORMALITY),
        "open": to(ItemState.OPENED, MEETING_OPEN, NO_OTHER_OPEN, QUORATE),
        "withdraw": to(ItemState.WITHDRAWN),
        "miss": to(ItemState.NOT_REACHED),
    },
    ItemState.OPENED: {
        "close_debate": to(ItemState.DEBATE_CLOSED, MEETING_OPEN),
        "note": to(ItemState.NOTED, MEETING_OPEN, IS_INFORMATION),
        "withdraw": to(ItemState.WITHDRAWN, MEETING_OPEN),
        "miss": to(ItemState.NOT_REACHED),
    },
    ItemState.DEBATE_CLOSED: {
        "reopen_debate": to(ItemState.OPENED, MEETING_OPEN),
        "decide": to(ItemState.DECIDED, MEETING_OPEN, QUORATE, NO_POLL_ASKED, GAVEL_READY),
        "table": to(ItemState.TABLED, MEETING_OPEN, QUORATE, NO_POLL_ASKED, GAVEL_READY),
        "refer_back": to(
            ItemState.REFERRED_BACK, MEETING_OPEN, QUORATE, NO_POLL_ASKED, GAVEL_READY
        ),
    },
    ItemState.DECIDED: {},
    ItemState.TABLED: {},
    ItemState.REFERRED_BACK: {},
    ItemState.NOTED: {},
    ItemState.WITHDRAWN: {},
    ItemState.NOT_REACHED: {},
}

DEBATE_OPEN = Guard("debate_open", _("The debate on this item is closed."))
MAY_OVERRULE = Guard("may_overrule", _("A motion that raises a new matter stays refused."))
REFUSAL_REASON = Guard("has_reason", _("Say why the chair refuses the motion."))

MOTION: Table = {
    MotionState.MADE: {
        "withdraw": to(MotionState.WITHDRAWN, DEBATE_OPEN),
        "refuse": to(MotionState.REFUSED, REFUSAL_REASON),
        "admit": to(MotionState.ADMITTED),
    },
    MotionState.ADMITTED: {
        "withdraw": to(MotionState.WITHDRAWN, DEBATE_OPEN),
        "carry": to(MotionState.CARRIED),
        "reject": to(MotionState.REJECTED),
        "eliminate": to(MotionState.ELIMINATED),
        "lapse": to(MotionState.LAPSED),
    },
    MotionState.REFUSED: {"overrule": to(MotionState.ADMITTED, MAY_OVERRULE)},
    MotionState.WITHDRAWN: {},
    MotionState.CARRIED: {},
    MotionState.REJECTED: {},
    MotionState.ELIMINATED: {},
    MotionState.LAPSED: {},
}

ORDER_APPROVED = Guard("order_approved", _("The meeting has not approved what is put to the vote."))
NO_OTHER_POLL = Guard("no_other_poll", _("Another poll of the meeting is open."))
EARLIER_SETTLED = Guard(
    "earlier_settled", _("An earlier poll decides what stands against what: finish it first.")
)
COUNT_DECIDES = Guard("is_decided", _("The count does not settle the poll."))
VOTE_NEEDED = Guard("vote_needed", _("The chair's vote is not needed."))
LOT_NEEDED = Guard("lot_needed", _("No lot is needed."))
HAS_CHAIR_VOTE = Guard("has_chair_vote", _("The chair has not voted."))
HAS_LOT = Guard("has_lot", _("The lot has not been drawn."))
POLL_REASON = Guard("has_reason", _("Say why the poll is invalid."))
ITEM_OPEN = Guard("item_open", _("The item is closed: what was decided stands."))
VOID = to(PollState.INVALID, POLL_REASON, ITEM_OPEN)

POLL: Table = {
    PollState.REQUESTED: {
        "approve": to(PollState.APPROVED, ORDER_APPROVED),
        "withdraw": to(PollState.WITHDRAWN),
    },
    PollState.APPROVED: {
        "open": to(PollState.OPEN, TRIGGERS_PRESENT, QUORATE, NO_OTHER_POLL, EARLIER_SETTLED),
        "withdraw": to(PollState.WITHDRAWN),
    },
    PollState.OPEN: {"close": to(PollState.CLOSED), "invalidate": VOID},
    PollState.CLOSED: {"count": to(PollState.COUNTED), "invalidate": VOID},
    PollState.COUNTED: {
        "settle": to(PollState.SETTLED, COUNT_DECIDES),
        "await_chair": to(PollState.AWAITING_CHAIR, VOTE_NEEDED),
        "await_lot": to(PollState.AWAITING_LOT, LOT_NEEDED),
        "invalidate": VOID,
    },
    PollState.AWAITING_CHAIR: {
        "settle": to(PollState.SETTLED, HAS_CHAIR_VOTE),
        "invalidate": VOID,
    },
    PollState.AWAITING_LOT: {"settle": to(PollState.SETTLED, HAS_LOT), "invalidate": VOID},
    PollState.SETTLED: {"invalidate": VOID},
    PollState.INVALID: {},
    PollState.WITHDRAWN: {},
}

NOT_NOW: Mapping[str, Text] = {
    "summon": _("A summons can no longer be sent for this meeting."),
    "open": _("This cannot be opened now."),
    "cancel": _("A meeting that has been opened cannot be cancelled."),
    "adjourn": _("Only a meeting in progress can be adjourned."),
    "resume": _("Only an adjourned meeting can be resumed."),
    "close": _("This cannot be closed now."),
    "decide": _("This cannot be decided now: close the debate first."),
    "table": _("This cannot be tabled now: close the debate first."),
    "refer_back": _("This cannot be referred back now: close the debate first."),
    "withdraw": _("This can no longer be withdrawn."),
}
"""What people are told when the state itself forbids an event."""

OTHERWISE = _("This is not possible now: it is %(state)s.")


def advance(table: Table, state: str, event: str, *, label: Text = "", **facts: bool) -> str:
    """Return the state that `event` leads to from `state`.

    `facts` answer the guards of the cell by name, and `label` is the state in words. Raises
    RuleBroken with a sentence for people when the table has no such event there or a guard does
    not hold; KeyError when a guard is not answered, which is a fault of the caller.
    """
    cell = table[state].get(event)
    if cell is None:
        raise RuleBroken(str(NOT_NOW.get(event) or OTHERWISE % {"state": label or state}))
    for guard in cell.guards:
        if not facts[guard.fact]:
            raise RuleBroken(str(guard.reason))
    return cell.target
