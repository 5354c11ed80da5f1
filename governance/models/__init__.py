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
from governance.models.room import Adjuster, Motion, Recusal, SpeakerRequest
from governance.models.seat import Mandate, Office, Seat
from governance.models.summons import Summons, SummonsDelivery

__all__ = [
    "AdjustedParagraph",
    "Adjuster",
    "AgendaItem",
    "Case",
    "CaseDocument",
    "CaseDocumentVersion",
    "CaseLink",
    "CaseStep",
    "Consultation",
    "ConsultationAnswer",
    "Council",
    "CouncilSettings",
    "Decision",
    "DecisionFlag",
    "DecisionStatus",
    "Dissent",
    "EarlierMinutes",
    "Extract",
    "ExtractDelivery",
    "FollowUp",
    "FollowUpReport",
    "ItemNote",
    "LedgerEntry",
    "Mandate",
    "Meeting",
    "MeetingAnswer",
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
    "Recipient",
    "Rectification",
    "Recusal",
    "RollPerson",
    "RollSeat",
    "Seat",
    "SentHead",
    "SpeakerRequest",
    "Summons",
    "SummonsDelivery",
    "WeightRow",
    "WeightTableVersion",
]
