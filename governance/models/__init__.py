"""Bodies, seats, cases, meetings, what happened in them, and the chain that proves it."""

from governance.models import freezing as freezing
from governance.models.afterwards import (
    DecisionStatus,
    Dissent,
    Extract,
    ExtractDelivery,
    FollowUp,
    FollowUpReport,
    Recipient,
    SentHead,
)
from governance.models.ballot import Ballot, Lot, PollSeat, SecretUrn, SecretVoter
from governance.models.case import (
    Case,
    CaseDocument,
    CaseDocumentVersion,
    CaseLink,
    CaseStep,
    Consultation,
    ConsultationAnswer,
)
from governance.models.council import (
    Council,
    CouncilSettings,
    EarlierMinutes,
    WeightRow,
    WeightTableVersion,
)
from governance.models.decision import Decision, DecisionFlag
from governance.models.delegate import DelegateProxy
from governance.models.event import MeetingEvent
from governance.models.ledger import LedgerEntry
from governance.models.meeting import (
    AgendaItem,
    ItemNote,
    Meeting,
    MeetingAnswer,
    RollPerson,
    RollSeat,
)
from governance.models.minutes import (
    AdjustedParagraph,
    Minutes,
    MinutesRemark,
    MinutesSignature,
    MinutesSigner,
    MinutesText,
    MinutesVersion,
    Notice,
    Rectification,
)
from governance.models.number import NumberSeries
from governance.models.planning import (
    AgendaTemplate,
    DemandSupport,
    MeetingDemand,
    TemplateItem,
    TimeAnswer,
    TimeOption,
    TimePoll,
)
from governance.models.poll import Poll, PropositionOrder
from governance.models.room import Adjuster, Motion, Recusal, SpeakerRequest
from governance.models.seat import Mandate, Office, Seat
from governance.models.shelf import CouncilVisit, ShelfDocument, ShelfVersion
from governance.models.summons import Summons, SummonsDelivery

import governance.models.poll_guards  # isort:skip - registers what the database refuses
import governance.models.voting_guards  # noqa: F401 isort:skip - the same, of who votes

__all__ = [
    "AdjustedParagraph",
    "Adjuster",
    "AgendaItem",
    "AgendaTemplate",
    "Ballot",
    "Case",
    "CaseDocument",
    "CaseDocumentVersion",
    "CaseLink",
    "CaseStep",
    "Consultation",
    "ConsultationAnswer",
    "Council",
    "CouncilSettings",
    "CouncilVisit",
    "Decision",
    "DecisionFlag",
    "DecisionStatus",
    "DelegateProxy",
    "DemandSupport",
    "Dissent",
    "EarlierMinutes",
    "Extract",
    "ExtractDelivery",
    "FollowUp",
    "FollowUpReport",
    "ItemNote",
    "LedgerEntry",
    "Lot",
    "Mandate",
    "Meeting",
    "MeetingAnswer",
    "MeetingDemand",
    "MeetingEvent",
    "Minutes",
    "MinutesRemark",
    "MinutesSignature",
    "MinutesSigner",
    "MinutesText",
    "MinutesVersion",
    "Motion",
    "Notice",
    "NumberSeries",
    "Office",
    "Poll",
    "PollSeat",
    "PropositionOrder",
    "Recipient",
    "Rectification",
    "Recusal",
    "RollPerson",
    "RollSeat",
    "Seat",
    "SecretUrn",
    "SecretVoter",
    "SentHead",
    "ShelfDocument",
    "ShelfVersion",
    "SpeakerRequest",
    "Summons",
    "SummonsDelivery",
    "TemplateItem",
    "TimeAnswer",
    "TimeOption",
    "TimePoll",
    "WeightRow",
    "WeightTableVersion",
]
