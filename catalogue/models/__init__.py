"""Services, areas, stated uses and the sources of every fact."""

from catalogue.models.agreement import (
    Agreement,
    AgreementTemplate,
    Signature,
    SubProcessor,
    SubProcessorAnswer,
    SubProcessorChange,
)
from catalogue.models.area import Area
from catalogue.models.cost import (
    CostFigure,
    CostModel,
    CostModelPart,
    CostRow,
    Population,
)
from catalogue.models.dossier import (
    Acceptance,
    JoiningContact,
    JoiningDecision,
    JoiningDocument,
    SigningAuthority,
    Termination,
)
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
from catalogue.models.fee import FeeRow
from catalogue.models.onboarding import (
    OnboardingComment,
    OnboardingStep,
    OnboardingTemplateStep,
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

import catalogue.models.cost_guards  # isort:skip
import catalogue.models.participation_guards  # noqa: F401 isort:skip - both register what the database refuses

__all__ = [
    "Acceptance",
    "Agreement",
    "AgreementTemplate",
    "Area",
    "CataloguePage",
    "CostFigure",
    "CostModel",
    "CostModelPart",
    "CostRow",
    "FactSource",
    "FeeRow",
    "JoiningContact",
    "JoiningDecision",
    "JoiningDocument",
    "JoiningGroup",
    "LifecycleChange",
    "OnboardingComment",
    "OnboardingStep",
    "OnboardingTemplateStep",
    "Participation",
    "ParticipationChange",
    "ParticipationMessage",
    "Population",
    "SeatChoice",
    "ServiceContract",
    "ServiceDocument",
    "ServiceDonor",
    "ServiceFeature",
    "ServicePage",
    "ServiceRelation",
    "ServiceRoadmapItem",
    "Signature",
    "SigningAuthority",
    "StatedUse",
    "SubProcessor",
    "SubProcessorAnswer",
    "SubProcessorChange",
    "Termination",
]
