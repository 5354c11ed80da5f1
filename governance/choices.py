"""Closed lists of governance; what passes through states is in states.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BodyEvent(TextChoices):
    """What the desk of a body writes to the audit trail; what meetings do is in the ledger."""

    COUNCIL_CREATED = "council_created", _("Body set up")
    COUNCIL_CHANGED = "council_changed", _("Facts of a body changed")
    COUNCIL_DISSOLVED = "council_dissolved", _("Body dissolved")
    MANDATE_GIVEN = "mandate_given", _("Mandate in a body entered")
    MANDATE_ENDED = "mandate_ended", _("Mandate in a body ended")
    MANDATE_DOCUMENTED = "mandate_documented", _("Decision added to a mandate in a body")
    OFFICE_GIVEN = "office_given", _("Office in a body entered")
    OFFICE_ENDED = "office_ended", _("Office in a body ended")
    PROXY_ENTERED = "proxy_entered", _("Proxy of a delegate entered")
    EARLIER_MINUTES_FILED = "earlier_minutes_filed", _("Earlier minutes filed")


EVENT_FIELDS = (
    ("fields", _("Fields")),
    ("held_on", _("Held")),
    ("dated_on", _("Dated")),
)
"""What the keys of those entries are called."""


class BodyKind(TextChoices):
    """The rule profile of a body (governance.profiles)."""

    COUNCIL = "council", _("Governing council")
    COMMITTEE = "committee", _("Committee")
    ASSEMBLY = "assembly", _("Assembly")
    GENERAL_MEETING = "general_meeting", _("General meeting")


class OfficeKind(TextChoices):
    """What a person is for the body as a whole; a seat is something else."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice chair")
    SECRETARY = "secretary", _("Secretary of the body")
    AUDITOR = "auditor", _("Auditor of the body")
    COOPTED = "coopted", _("Co-opted")


ELECTED_OFFICES = [
    (OfficeKind.CHAIR.value, OfficeKind.CHAIR.label),
    (OfficeKind.VICE_CHAIR.value, OfficeKind.VICE_CHAIR.label),
]
"""The offices that the body itself elects."""


class MeetingMode(TextChoices):
    """How a meeting is held."""

    ROOM = "room", _("In a room")
    DISTANCE = "distance", _("At a distance")
    BOTH = "both", _("In a room and at a distance")


class PresenceMode(TextChoices):
    """How a person takes part."""

    ROOM = "room", _("In the room")
    DISTANCE = "distance", _("At a distance, by sound and picture")


class Answer(TextChoices):
    """What a summoned person answers."""

    COMING = "coming", _("Comes")
    ABSENT = "absent", _("Does not come")


class Availability(TextChoices):
    """Whether a person can at a proposed time."""

    YES = "yes", _("Can")
    MAYBE = "maybe", _("Can if needed")
    NO = "no", _("Cannot")


class ShelfKind(TextChoices):
    """What a document on a body's shelf is."""

    RULES = "rules", _("Rules of procedure")
    APPOINTMENT = "appointment", _("Appointing decision")
    PLAN = "plan", pgettext_lazy("document", "Plan")
    REPORT = "report", _("Report")
    AGREEMENT = "agreement", _("Agreement")
    OTHER = "other", _("Other")


class ItemKind(TextChoices):
    """What the meeting does with an item."""

    FORMALITY = "formality", _("Formality")
    INFORMATION = "information", _("Information")
    DECISION = "decision", _("Decision")
    ELECTION = "election", _("Election")


class CaseKind(TextChoices):
    """Where a case comes from."""

    MATTER = "matter", _("Matter")
    ELECTION = "election", _("Election")
    INITIATIVE = "initiative", _("Proposal from a member")
    REPORT = "report", _("Report")


class MotionKind(TextChoices):
    """What is moved (yrkande)."""

    APPROVE = "approve", _("Approval")
    REJECT = "reject", _("Rejection")
    AMEND = "amend", _("Amendment")
    ADD = "add", _("Addition")
    TABLE = "table", _("Tabling")
    REFER_BACK = "refer_back", _("Referral back")
    NOMINATE = "nominate", _("Nomination")


FORMAL_MOTIONS = frozenset({MotionKind.TABLE, MotionKind.REFER_BACK})
NEEDS_TEXT = frozenset(
    {MotionKind.AMEND, MotionKind.ADD, MotionKind.REFER_BACK, MotionKind.NOMINATE}
)


class RefusalGround(TextChoices):
    """Why the chair refuses a motion; the body may overrule only the second (KL 5:57)."""

    NEW_MATTER = "new_matter", _("It raises a new matter")
    UNLAWFUL = "unlawful", _("It is against law or the rules of the body")


class SpeakerState(TextChoices):
    """Where a wish to speak is."""

    WAITING = "waiting", _("Waiting")
    SPEAKING = "speaking", _("Speaking")
    DONE = "done", _("Has spoken")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DecisionKind(TextChoices):
    """What was decided."""

    MATTER = "matter", _("Decision in the matter")
    ELECTION = "election", _("Election")
    TABLED = "tabled", _("Tabled")
    REFERRED_BACK = "referred_back", _("Referred back")
    PROCEDURAL = "procedural", _("Decision on procedure")


class DecisionMethod(TextChoices):
    """How it was decided; polls come with their own rows."""

    ACCLAMATION = "acclamation", _("Acclamation")
    POLL = "poll", _("Poll")
    PER_CAPSULAM = "per_capsulam", _("Per capsulam")


class Outcome(TextChoices):
    """What became of the proposal."""

    CARRIED = "carried", _("Carried")
    REJECTED = "rejected", _("Rejected")
    POSTPONED = "postponed", _("Postponed")


class SignerRole(TextChoices):
    """In what capacity a person signs minutes."""

    SECRETARY = "secretary", _("Secretary")
    PRESIDING = "presiding", _("Presided")
    ADJUSTER = "adjuster", _("Adjuster")


class DissentKind(TextChoices):
    """How a person who took part marks a view of their own."""

    RESERVATION = "reservation", _("Reservation")
    STATEMENT = "statement", _("Statement in the minutes")


class RecusalState(TextChoices):
    """Where a recusal (jäv) is."""

    ANNOUNCED = "announced", _("Announced")
    IN_FORCE = "in_force", _("In force")
    CONTESTED = "contested", _("Contested")
    DISMISSED = "dismissed", _("Dismissed by the body")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EventKind(TextChoices):
    """What may happen in or around a meeting; each event is chained in the ledger."""

    SUMMONED = "summoned", _("Summons sent")
    CANCELLED = "cancelled", _("Meeting cancelled")
    OPENED = "opened", _("Meeting opened")
    ARRIVED = "arrived", _("Arrived")
    LEFT = "left", _("Left")
    CHAIR_CHOSEN = "chair_chosen", _("Chair of the meeting chosen")
    ADJUSTERS_CHOSEN = "adjusters_chosen", _("Adjusters chosen")
    ITEM_AGREED = "item_agreed", _("All agreed to take up a matter outside the summons")
    ITEM_OPENED = "item_opened", _("Item opened")
    RECUSED = "recused", _("Recused")
    RECUSAL_ENDED = "recusal_ended", _("Recusal ended")
    RECUSAL_TRIED = "recusal_tried", _("Contested recusal decided")
    MOTION_MADE = "motion_made", _("Motion made")
    MOTION_CHANGED = "motion_changed", _("Motion changed state")
    DEBATE_CLOSED = "debate_closed", _("Debate closed")
    FINDING = "finding", _("Chair's finding")
    POLL_REQUESTED = "poll_requested", _("Poll requested")
    POLL_WITHDRAWN = "poll_withdrawn", _("Request for a poll withdrawn")
    DECIDED = "decided", _("Decided")
    ITEM_CLOSED = "item_closed", _("Item closed")
    ADJOURNED = "adjourned", _("Meeting adjourned")
    RESUMED = "resumed", _("Meeting resumed")
    CLOSED = "closed", _("Meeting closed")
    VOIDED = "voided", _("Entry struck out")


class PollEntry(TextChoices):
    """How a ballot reached the record."""

    DEVICE = "device", _("By the member")
    SHOW_OF_HANDS = "show_of_hands", _("Show of hands, entered by the secretary")
    ROLL_CALL = "roll_call", _("Roll call, entered by the secretary")
    CHAIR = "chair", _("By the chair after a tie")


ENTERED_FOR_OTHERS = (PollEntry.SHOW_OF_HANDS, PollEntry.ROLL_CALL)


class PollQuestion(TextChoices):
    """Which part of an item a poll settles."""

    FORMAL = "formal", _("Whether the matter is decided today")
    MAIN = "main", _("The proposals")
    ADDITION = "addition", _("An addition")
    ELECTION = "election", _("An election")
    PER_CAPSULAM = "per_capsulam", _("A matter without a meeting")
