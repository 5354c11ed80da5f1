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


def declare_all() -> None:
    """Add this app's activities to the register."""
    declare(LIFECYCLE)
    declare_impersonal(
        ["catalogue.ServicePage"], "a service's own address, of a function and not a person"
    )
