"""What people are told about bodies and meetings."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import NotificationKind

SUBSTITUTE_CALLED = NotificationKind(
    "substitute-called",
    _("You are called to serve as a substitute"),
    _("You are called to serve at %(body)s on %(day)s"),
    _("The ordinary member does not come. Answer whether you can."),
    mandatory=True,
)
SUBSTITUTE_RELEASED = NotificationKind(
    "substitute-released",
    _("You are no longer needed as a substitute"),
    _("You are not needed at %(body)s on %(day)s"),
    _("The one you were called for comes after all."),
)
SUMMONS_FAILED = NotificationKind(
    "summons-failed",
    _("A summons could not be delivered"),
    _("A summons to %(body)s on %(day)s has not been delivered"),
    _("Look at the meeting to see to whom, and reach the person in another way."),
)
VACANT_SEAT = NotificationKind(
    "vacant-seat",
    _("A seat has no ordinary member"),
    _("The seat of %(organisation)s in %(body)s is vacant from %(day)s"),
    _("Name an ordinary member and a substitute, with the decision that appoints them."),
)
DECISION_MISSING = NotificationKind(
    "decision-missing",
    _("A member cannot vote: the appointing decision is missing"),
    _("%(person)s cannot vote for %(organisation)s in %(body)s"),
    _("Send the decision that appointed to the secretary, who adds it as a document."),
)
PER_CAPSULAM_ASKED = NotificationKind(
    "per-capsulam-asked",
    _("You are asked to decide without a meeting"),
    _("%(body)s asks for your vote on %(case)s, at the latest %(day)s at %(time)s"),
    _("Read the proposal and vote. You can change your vote until the time is out."),
    mandatory=True,
)
PER_CAPSULAM_REMINDER = NotificationKind(
    "per-capsulam-reminder",
    _("Your vote without a meeting is missing"),
    _("Your vote on %(case)s in %(body)s is missing; the time is out %(day)s at %(time)s"),
    _("Without your answer the matter may have to wait for the next meeting."),
    mandatory=True,
)
TERM_ENDS = NotificationKind(
    "term-ends",
    _("A term in a body ends"),
    _("A mandate for %(organisation)s in %(body)s ends on %(day)s"),
    _("Name who follows, with the decision that appoints."),
)
TIME_ASKED = NotificationKind(
    "time-asked",
    _("A body asks when you can meet"),
    _("%(body)s asks when you can meet"),
    _("Answer which of the proposed times suit you."),
)
MEETING_DEMANDED = NotificationKind(
    "meeting-demanded",
    _("A third of the seats demand a meeting"),
    _("A third of the seats in %(body)s demand a meeting"),
    _("Plan the meeting, and say that it answers the demand."),
    mandatory=True,
)
CONSULTED = NotificationKind(
    "consulted",
    _("A body asks for your organisation's view"),
    _("%(body)s asks %(organisation)s for its view no later than %(day)s"),
    _("Read the question and answer it on the page of the case."),
)
RECUSAL_CALLED = NotificationKind(
    "recusal-called",
    _("You are called to serve in a case"),
    _("You are called to serve in a case at %(body)s on %(day)s"),
    _("The ordinary member takes no part in that case, because of recusal."),
    mandatory=True,
)
MINUTES_TO_SIGN = NotificationKind(
    "minutes-to-sign",
    _("Minutes wait for your signature"),
    _("Read and sign the minutes of %(body)s, %(day)s"),
    _("Sign if the minutes are right. If not, send them back with a remark."),
    mandatory=True,
)
MINUTES_REJECTED = NotificationKind(
    "minutes-rejected",
    _("Minutes came back with a remark"),
    _("The minutes of %(body)s, %(day)s came back with a remark"),
    _("Mend the text and send it for adjustment again."),
)
MINUTES_OVERDUE = NotificationKind(
    "minutes-overdue",
    _("Minutes are late"),
    _("The minutes of %(body)s, %(day)s are late"),
    _("They should have been adjusted by %(due)s."),
)
NOTICE_TO_PUT_UP = NotificationKind(
    "notice-to-put-up",
    _("A notice must be put up"),
    _("The notice of %(body)s, %(day)s must be put up"),
    _("Adjusted minutes are announced at the latest the second day after the adjustment."),
)
NOTICE_TO_TAKE_DOWN = NotificationKind(
    "notice-to-take-down",
    _("A notice can be taken down"),
    _("The notice of %(body)s, %(day)s can be taken down"),
    _("The time of appeal has ended."),
)
FOLLOW_UP_GIVEN = NotificationKind(
    "follow-up-given",
    _("You follow up a decision"),
    _("You follow up %(paragraph)s of %(body)s by %(day)s"),
    _("Report to the body how it goes."),
)
FOLLOW_UP_DUE = NotificationKind(
    "follow-up-due",
    _("A follow-up falls due"),
    _("Report how %(paragraph)s of %(body)s goes; it is due %(day)s"),
    _("Write what has been done, and whether it is finished."),
)
FOLLOW_UP_REPORTED = NotificationKind(
    "follow-up-reported",
    _("A decision has been followed up"),
    _("There is a report on %(paragraph)s of %(body)s"),
    _("Read how far the decision has been carried out."),
)
KINDS = (
    SUBSTITUTE_CALLED,
    SUBSTITUTE_RELEASED,
    SUMMONS_FAILED,
    VACANT_SEAT,
    DECISION_MISSING,
    TERM_ENDS,
    TIME_ASKED,
    MEETING_DEMANDED,
    CONSULTED,
    RECUSAL_CALLED,
    PER_CAPSULAM_ASKED,
    PER_CAPSULAM_REMINDER,
    MINUTES_TO_SIGN,
    MINUTES_REJECTED,
    MINUTES_OVERDUE,
    NOTICE_TO_PUT_UP,
    NOTICE_TO_TAKE_DOWN,
    FOLLOW_UP_GIVEN,
    FOLLOW_UP_DUE,
    FOLLOW_UP_REPORTED,
)

MAIL = (
    ("summons", _("Summons")),
    ("cancellation", _("Cancelled meeting")),
    ("ledger_head", _("Checksum of a meeting")),
    ("extract", _("Extract from the minutes")),
)
"""Mail of bodies that is no notification, by its kind."""
