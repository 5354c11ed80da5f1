"""What this app keeps about people, for the register of processing."""

from django.utils.translation import gettext_lazy as _

from core.processing import Dataset, Processing, declare, declare_impersonal
from members.processing import PUBLIC_TASK, by

LIFECYCLE = Processing(
    name=_("Changes of a service's stage"),
    purpose=_("To show who recorded that a service changed stage, and from which source."),
    ground=PUBLIC_TASK,
    people=_("The office's staff"),
    kinds=_("Account, service, day and source of the change"),
    recipients=_("The office"),
    retention=_("As long as the service is in the catalogue."),
    datasets=(
        Dataset(
            "catalogue.LifecycleChange",
            by("recorded_by"),
            ("service__title", "old", "new", "changed_on", "recorded_at"),
        ),
    ),
)


JOINING = Processing(
    name=_("Joining services: records, agreements and introductions"),
    purpose=_(
        "To show who did what for which organisation when it joined, used or left a service."
    ),
    ground=PUBLIC_TASK,
    people=_(
        "Representatives of municipalities, their contacts, signatories and the office's staff"
    ),
    kinds=_("Account, deed, time; contacts' function, e-mail and phone; seats and their holders"),
    recipients=_("The organisation concerned and the office"),
    retention=_("Agreements and decisions are kept; contacts as long as the participation lasts."),
    datasets=(
        Dataset(
            "catalogue.ParticipationChange",
            by("actor"),
            ("participation__service__title", "field", "old", "new", "happened_at"),
        ),
        Dataset(
            "catalogue.ParticipationMessage",
            by("author"),
            ("participation__service__title", "text", "written_at"),
        ),
        Dataset(
            "catalogue.SeatChoice",
            by("ordinary", "substitute"),
            ("participation__service__title", "starts_on", "ends_on", "appointed_on"),
        ),
        Dataset(
            "catalogue.JoiningDocument",
            by("uploaded_by"),
            ("participation__service__title", "title", "uploaded_at"),
        ),
        Dataset(
            "catalogue.JoiningDecision",
            by("recorded_by"),
            ("participation__service__title", "body", "decided_on", "recorded_at"),
        ),
        Dataset(
            "catalogue.Acceptance",
            by("accepted_by"),
            ("participation__service__title", "accepted_on"),
        ),
        Dataset("catalogue.Agreement", by("sent_by"), ("title", "number", "sent_at")),
        Dataset(
            "catalogue.Signature",
            by("signatory"),
            ("agreement__title", "organisation__name", "ground", "signed_at", "method", "sha256"),
        ),
        Dataset(
            "catalogue.SubProcessorChange",
            by("announced_by", "decided_by"),
            ("text", "announced_on", "decided_on"),
        ),
        Dataset(
            "catalogue.SubProcessorAnswer",
            by("answered_by"),
            ("participation__service__title", "answer", "reason", "answered_at"),
        ),
        Dataset(
            "catalogue.OnboardingStep",
            by("assignee", "done_by"),
            ("participation__service__title", "title", "due_on", "done_on"),
        ),
        Dataset("catalogue.OnboardingComment", by("author"), ("text", "written_at")),
        Dataset("catalogue.CostModel", by("adopted_by"), ("service__title", "year", "adopted_on")),
        Dataset("catalogue.CostRow", by("issued_by"), ("organisation__name", "year", "issued_at")),
        Dataset("catalogue.FeeRow", by("issued_by"), ("organisation__name", "year", "issued_at")),
    ),
)


def declare_all() -> None:
    """Add this app's activities to the register."""
    declare(LIFECYCLE, JOINING)
    declare_impersonal(
        ["catalogue.JoiningContact"], "a function's address and phone, told as such in the form"
    )
    declare_impersonal(
        ["catalogue.ServicePage"], "a service's own address, of a function and not a person"
    )
