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
KINDS = (
    SUBSTITUTE_CALLED,
    SUBSTITUTE_RELEASED,
    SUMMONS_FAILED,
    VACANT_SEAT,
    TERM_ENDS,
    TIME_ASKED,
    MEETING_DEMANDED,
    CONSULTED,
    RECUSAL_CALLED,
    PER_CAPSULAM_ASKED,
    PER_CAPSULAM_REMINDER,
)
