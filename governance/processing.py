"""What governance keeps about people, for the register of processing."""

from django.utils.translation import gettext_lazy as _

from core.processing import Dataset, Processing, declare
from members.processing import PUBLIC_TASK, REPRESENTATIVES, by, of_user

SITTING = Processing(
    name=_("Seats, mandates and offices in bodies"),
    purpose=_("To show who sits for whom, by which decision, and who may vote."),
    ground=PUBLIC_TASK,
    people=REPRESENTATIVES,
    kinds=_("Name, organisation, order, period and the decision that appointed"),
    recipients=_("Everyone: who sits on a body is public"),
    retention=_("Kept for ever, as part of the record of the bodies."),
    datasets=(
        Dataset(
            "governance.Mandate",
            by("person__user"),
            ("seat__council__name", "position", "starts_on", "ends_on", "decision_number"),
        ),
        Dataset(
            "governance.Office",
            by("person__user"),
            ("council__name", "kind", "starts_on", "ends_on"),
        ),
        Dataset(
            "governance.DelegateProxy",
            by("person__user", "entered_by"),
            ("meeting__council__name", "dated_on", "entered_at"),
        ),
    ),
)
MEETINGS = Processing(
    name=_("Meetings and decisions of bodies"),
    purpose=_("To summon, hold and record meetings, and to prove what was decided and by whom."),
    ground=PUBLIC_TASK,
    people=REPRESENTATIVES,
    kinds=_("Answers, presence, recusals, motions, speeches, decisions, deeds on the desk"),
    recipients=_("The body and the office; what adjusted minutes hold is public where so decided"),
    retention=_(
        "Kept for ever in minutes and ledger; answers and speakers' lists until the minutes are"
        " adjusted."
    ),
    datasets=(
        Dataset(
            "governance.MeetingAnswer",
            by("person__user", "called__user"),
            ("meeting__council__name", "meeting__starts_at", "answer", "updated_at"),
        ),
        Dataset(
            "governance.RollPerson",
            by("person__user"),
            ("meeting__council__name", "position", "office", "starts_on", "ends_on"),
        ),
        Dataset(
            "governance.MeetingEvent",
            by("person__user", "recorded_by"),
            ("meeting__council__name", "kind", "effective_at", "recorded_at"),
        ),
        Dataset(
            "governance.Motion",
            by("mover__user"),
            ("item__title", "kind", "text", "state", "created_at"),
        ),
        Dataset(
            "governance.SpeakerRequest",
            by("person__user"),
            ("item__title", "is_reply", "began_at", "ended_at"),
        ),
        Dataset(
            "governance.Recusal",
            by("person__user", "called__user"),
            ("item__title", "ground", "state", "created_at"),
        ),
        Dataset("governance.Adjuster", by("person__user"), ("meeting__id", "is_substitute")),
        Dataset(
            "governance.Decision",
            by("presided_by__user", "recorded_by"),
            ("council__name", "kind", "outcome", "decided_at"),
        ),
        Dataset("governance.DecisionFlag", by("seen_by"), ("event__id", "seen_at", "answer")),
        Dataset(
            "governance.Summons", by("sent_by"), ("meeting__council__name", "number", "sent_at")
        ),
        Dataset(
            "governance.SummonsDelivery",
            by("person__user"),
            ("summons__meeting__council__name", "summons__number", "summons__sent_at"),
        ),
        Dataset(
            "governance.TimeAnswer",
            by("person__user"),
            ("option__poll__title", "option__starts_at", "answer"),
        ),
        Dataset(
            "governance.DemandSupport",
            by("person__user"),
            ("demand__council__name", "supported_at"),
        ),
    ),
)
CASES = Processing(
    name=_("Cases and documents of bodies"),
    purpose=_("To prepare cases, and to show who did what to them."),
    ground=PUBLIC_TASK,
    people=REPRESENTATIVES,
    kinds=_("Account, deed and time; answers to consultations"),
    recipients=_("The body and the office; documents by their audience"),
    retention=_("Kept for ever with the case."),
    datasets=(
        Dataset("governance.CaseStep", by("by"), ("case__subject", "event", "happened_at")),
        Dataset(
            "governance.CaseDocumentVersion",
            by("uploaded_by"),
            ("document__title", "filename", "uploaded_at"),
        ),
        Dataset(
            "governance.ShelfVersion",
            by("uploaded_by"),
            ("document__title", "filename", "uploaded_at"),
        ),
        Dataset(
            "governance.ConsultationAnswer",
            by("answered_by"),
            ("consultation__question", "text", "answered_at"),
        ),
    ),
)
OWN = Processing(
    name=_("Personal notes on agendas"),
    purpose=_("To let those who sit prepare themselves, and see which documents are new."),
    ground=PUBLIC_TASK,
    people=REPRESENTATIVES,
    kinds=_("Notes that the person writes, and when documents were last looked at"),
    recipients=_("The person alone"),
    retention=_("Until the person takes them away."),
    datasets=(
        Dataset("governance.ItemNote", of_user, ("item__title", "text", "updated_at")),
        Dataset("governance.CouncilVisit", of_user, ("council__name", "seen_at")),
    ),
)


def declare_all() -> None:
    """Add this app's activities to the register."""
    declare(SITTING, MEETINGS, CASES, OWN)
