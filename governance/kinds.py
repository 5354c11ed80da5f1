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
    _("Your seat in %(body)s is vacant from %(day)s"),
    _("Name an ordinary member and a substitute, with the decision that appoints them."),
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
    MINUTES_TO_SIGN,
    MINUTES_REJECTED,
    MINUTES_OVERDUE,
    NOTICE_TO_TAKE_DOWN,
    FOLLOW_UP_GIVEN,
    FOLLOW_UP_DUE,
    FOLLOW_UP_REPORTED,
)
