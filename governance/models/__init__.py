"""Bodies, seats, cases, meetings, what happened in them, and the chain that proves it."""

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

import governance.models.poll_guards  # noqa: F401 isort:skip - registers what the database refuses

__all__ = [
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
    "DelegateProxy",
    "DemandSupport",
    "EarlierMinutes",
    "ItemNote",
    "LedgerEntry",
    "Lot",
    "Mandate",
    "Meeting",
    "MeetingAnswer",
    "MeetingDemand",
    "MeetingEvent",
    "Motion",
    "NumberSeries",
    "Office",
    "Poll",
    "PollSeat",
    "PropositionOrder",
    "Recusal",
    "RollPerson",
    "RollSeat",
    "Seat",
    "ShelfDocument",
    "ShelfVersion",
    "SecretUrn",
    "SecretVoter",
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
