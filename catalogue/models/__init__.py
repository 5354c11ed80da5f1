"""Services, areas, stated uses and the sources of every fact."""

from catalogue.models.area import Area
from catalogue.models.facts import (
    FactSource,
    LifecycleChange,
    ServiceContract,
    ServiceDocument,
    ServiceDonor,
    ServiceFeature,
    ServiceRelation,
    ServiceRoadmapItem,
)
from catalogue.models.pages import CataloguePage, ServicePage
from catalogue.models.participation import (
    JoiningGroup,
    Participation,
    ParticipationChange,
    ParticipationMessage,
    SeatChoice,
)
from catalogue.models.use import StatedUse

__all__ = [
    "Area",
    "CataloguePage",
    "FactSource",
    "JoiningGroup",
    "LifecycleChange",
    "Participation",
    "ParticipationChange",
    "ParticipationMessage",
    "SeatChoice",
    "ServiceContract",
    "ServiceDocument",
    "ServiceDonor",
    "ServiceFeature",
    "ServicePage",
    "ServiceRelation",
    "ServiceRoadmapItem",
    "StatedUse",
]
