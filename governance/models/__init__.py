"""Bodies, seats, cases, meetings, what happened in them, and the chain that proves it."""

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
from governance.models.number import NumberSeries
from governance.models.room import Adjuster, Motion, Recusal, SpeakerRequest
from governance.models.seat import Mandate, Office, Seat
from governance.models.summons import Summons, SummonsDelivery

__all__ = [
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
    "EarlierMinutes",
    "ItemNote",
    "LedgerEntry",
    "Mandate",
    "Meeting",
    "MeetingAnswer",
    "MeetingEvent",
    "Motion",
    "NumberSeries",
    "Office",
    "Recusal",
    "RollPerson",
    "RollSeat",
    "Seat",
    "SpeakerRequest",
    "Summons",
    "SummonsDelivery",
    "WeightRow",
    "WeightTableVersion",
]
