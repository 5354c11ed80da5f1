"""The state machines of what follows a meeting: decisions, minutes, follow-up (rules.md 1.9)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from governance.states import Guard, Table, to


class MinutesState(TextChoices):
    """Where the minutes of a meeting are."""

    DRAFT = "draft", _("Draft minutes")
    READY = "ready", _("Ready for adjustment")
    IN_ADJUSTMENT = "in_adjustment", _("Being adjusted")
    REFERRED = "referred", _("Referred to the next meeting")
    ADJUSTED = "adjusted", _("Adjusted")
    ANNOUNCED = "announced", _("On the notice board")
    TAKEN_DOWN = "taken_down", _("Taken down from the notice board")
    ARCHIVED = "archived", _("Filed in the archive")


class DecisionState(TextChoices):
    """Where a decision is in its legal life."""

    TAKEN = "taken", _("Taken, not adjusted")
    ADJUSTED = "adjusted", _("Adjusted")
    IN_FORCE = "in_force", _("In force")
    ANNOUNCED = "announced", _("Announced")
    APPEALED = "appealed", _("Appealed")
    LEGALLY_BINDING = "legally_binding", _("Has gained legal force")
    ANNULLED = "annulled", _("Annulled by court")
    REPLACED = "replaced", _("Replaced by a newer decision")


class FollowUpState(TextChoices):
    """How far a decision has been carried out."""

    NOT_BEGUN = "not_begun", _("Not begun")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Carried out")
    NOT_RELEVANT = "not_relevant", _("No longer relevant")


FROZEN_MINUTES = (
    MinutesState.ADJUSTED,
    MinutesState.ANNOUNCED,
    MinutesState.TAKEN_DOWN,
    MinutesState.ARCHIVED,
)
OVERTAKEN = (DecisionState.REPLACED, DecisionState.ANNULLED)
"""Decisions that no longer hold, which is told wherever they are shown."""
FIXED_MINUTES = (MinutesState.READY, MinutesState.IN_ADJUSTMENT, MinutesState.REFERRED)
"""The text is written and nobody edits it silently: what it says stands still with it."""

UNDONE = (FollowUpState.NOT_BEGUN, FollowUpState.UNDER_WAY)

MEETING_CLOSED = Guard("meeting_closed", _("The meeting has not been closed."))
HAS_SIGNERS = Guard("has_signers", _("Nobody presided, so nobody can sign the minutes."))
FLAGS_ANSWERED = Guard(
    "flags_answered",
    _("Answer first what the corrections mean for what was decided. It is done in the room."),
)
HAS_REMARK = Guard("has_remark", _("Write what is wrong, so that the secretary can mend it."))
ALL_SIGNED = Guard("all_signed", _("Not everyone who adjusts has signed this text."))
MEETING_DECIDED = Guard("meeting_decided", _("The next meeting has not adjusted the minutes."))
HAS_BOARD = Guard("has_board", _("This body announces nothing on a notice board."))
NO_BOARD = Guard("no_board", _("Announce the minutes on the notice board first."))
APPEAL_OVER = Guard("appeal_over", _("The notice stays up until the time of appeal has ended."))
SAYS_WHAT = Guard("says_what", _("Say what stood, what shall stand and why."))

MINUTES: Table = {
    MinutesState.DRAFT: {"finish": to(MinutesState.READY, MEETING_CLOSED)},
    MinutesState.READY: {"send": to(MinutesState.IN_ADJUSTMENT, FLAGS_ANSWERED, HAS_SIGNERS)},
    MinutesState.IN_ADJUSTMENT: {
        "reject": to(MinutesState.DRAFT, HAS_REMARK),
        "refer": to(MinutesState.REFERRED),
        "adjust": to(MinutesState.ADJUSTED, ALL_SIGNED),
    },
    MinutesState.REFERRED: {
        "reject": to(MinutesState.DRAFT, MEETING_DECIDED, HAS_REMARK),
        "adjust": to(MinutesState.ADJUSTED, MEETING_DECIDED),
    },
    MinutesState.ADJUSTED: {
        "announce": to(MinutesState.ANNOUNCED, HAS_BOARD),
        "archive": to(MinutesState.ARCHIVED, NO_BOARD),
        "rectify": to(MinutesState.ADJUSTED, SAYS_WHAT),
    },
    MinutesState.ANNOUNCED: {
        "take_down": to(MinutesState.TAKEN_DOWN, APPEAL_OVER),
        "rectify": to(MinutesState.ANNOUNCED, SAYS_WHAT),
    },
    MinutesState.TAKEN_DOWN: {
        "archive": to(MinutesState.ARCHIVED),
        "rectify": to(MinutesState.TAKEN_DOWN, SAYS_WHAT),
    },
    MinutesState.ARCHIVED: {"rectify": to(MinutesState.ARCHIVED, SAYS_WHAT)},
}

TIME_OVER = Guard("time_over", _("The time of appeal has not ended."))
IN_TIME = Guard("in_time", _("The appeal came in after the last day of appeal."))
NEWER = Guard("newer", _("Only a later decision can replace this one."))

DECISION: Table = {
    DecisionState.TAKEN: {"adjust": to(DecisionState.ADJUSTED)},
    DecisionState.ADJUSTED: {"take_effect": to(DecisionState.IN_FORCE)},
    DecisionState.IN_FORCE: {"replace": to(DecisionState.REPLACED, NEWER)},
    DecisionState.REPLACED: {},
}
"""The decision of an association's body: in force when it is adjusted."""

DECISION_KL: Table = {
    DecisionState.TAKEN: {"adjust": to(DecisionState.ADJUSTED)},
    DecisionState.ADJUSTED: {"announce": to(DecisionState.ANNOUNCED)},
    DecisionState.ANNOUNCED: {
        "gain_force": to(DecisionState.LEGALLY_BINDING, TIME_OVER),
        "appeal": to(DecisionState.APPEALED),
    },
    DecisionState.APPEALED: {
        "annul": to(DecisionState.ANNULLED),
        "dismiss_appeal": to(DecisionState.LEGALLY_BINDING),
    },
    # That a decision was appealed in time may be learnt when its time of appeal has ended.
    DecisionState.LEGALLY_BINDING: {
        "replace": to(DecisionState.REPLACED, NEWER),
        "appeal": to(DecisionState.APPEALED, IN_TIME),
    },
    DecisionState.ANNULLED: {},
    DecisionState.REPLACED: {},
}
"""The decision of a body under kommunallagen: it may be appealed for three weeks."""

FOLLOW_UP: Table = {
    FollowUpState.NOT_BEGUN: {
        "begin": to(FollowUpState.UNDER_WAY),
        "finish": to(FollowUpState.DONE),
        "drop": to(FollowUpState.NOT_RELEVANT),
    },
    FollowUpState.UNDER_WAY: {
        "finish": to(FollowUpState.DONE),
        "drop": to(FollowUpState.NOT_RELEVANT),
    },
    FollowUpState.DONE: {},
    FollowUpState.NOT_RELEVANT: {},
}
