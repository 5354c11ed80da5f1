"""What governance keeps about people, for the register of processing."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.processing import Dataset, Processing, declare
from members.processing import PUBLIC_TASK, REPRESENTATIVES, by, of_user


def by_email(user: Any) -> Q:
    """Rows with the account's address: recipients are named by mail, not by account."""
    return Q(email__iexact=user.email)


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
POLLS = Processing(
    name=_("Polls of bodies"),
    purpose=_("To count who may vote and how each voted, and to let it be counted again."),
    ground=PUBLIC_TASK,
    people=REPRESENTATIVES,
    kinds=_("Name, seat and vote in open polls; in secret ones only that the person voted"),
    recipients=_("The body and the office; the result is public with adjusted minutes"),
    retention=_(
        "Kept for ever in minutes and ledger; ballots of secret polls until they are disposed of."
    ),
    datasets=(
        Dataset(
            "governance.Poll",
            by("requested_by__user", "chair__user"),
            ("council__name", "title", "opened_at", "closed_at"),
        ),
        Dataset("governance.PollSeat", by("person__user"), ("poll__title", "present", "recused")),
        Dataset(
            "governance.Ballot",
            by("person__user", "recorded_by"),
            ("poll__title", "revision", "choice", "names", "entry", "reason", "cast_at"),
        ),
        Dataset(
            "governance.Lot",
            by("drawer__user", "witness__user"),
            ("poll__title", "places", "drawn_at"),
        ),
        Dataset("governance.PropositionOrder", by("approved_by"), ("item__title", "approved_at")),
    ),
)
MINUTES = Processing(
    name=_("Minutes of bodies and what follows from them"),
    purpose=_("To write, sign and publish minutes, and to follow up what was decided."),
    ground=PUBLIC_TASK,
    people=REPRESENTATIVES,
    kinds=_("Name, role, signature and time; reservations; e-mail of recipients of extracts"),
    recipients=_("The body and the office; adjusted minutes are public where so decided"),
    retention=_("Kept for ever with the minutes."),
    datasets=(
        Dataset(
            "governance.Minutes",
            by("secretary__user"),
            ("meeting__council__name", "meeting__starts_at", "state", "adjusted_at"),
        ),
        Dataset(
            "governance.MinutesVersion",
            by("made_by"),
            ("minutes__meeting__council__name", "number", "made_at"),
        ),
        Dataset(
            "governance.MinutesSigner",
            by("person__user"),
            ("version__minutes__meeting__council__name", "role", "is_excused", "reason"),
        ),
        Dataset(
            "governance.MinutesSignature",
            by("person__user"),
            ("version__minutes__meeting__council__name", "role", "signed_at"),
        ),
        Dataset(
            "governance.MinutesRemark",
            by("person__user"),
            ("version__minutes__meeting__council__name", "text", "created_at"),
        ),
        Dataset(
            "governance.Rectification",
            by("recorded_by"),
            ("minutes__meeting__council__name", "reason", "recorded_at"),
        ),
        Dataset(
            "governance.Notice", by("put_up_by__user"), ("board", "put_up_on", "taken_down_on")
        ),
        Dataset(
            "governance.Dissent",
            by("person__user"),
            ("item__title", "kind", "text", "announced_at"),
        ),
        Dataset(
            "governance.Extract",
            by("certified_by__user"),
            ("item__title", "number", "certified_at"),
        ),
        Dataset("governance.Recipient", by_email, ("item__title", "name", "email")),
        Dataset("governance.FollowUp", by("owner__user"), ("decision__id", "due_on", "state")),
        Dataset("governance.FollowUpReport", by("reported_by"), ("text", "state", "reported_at")),
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
    declare(SITTING, MEETINGS, POLLS, MINUTES, CASES, OWN)
