"""What people are told when a participation moves, an agreement waits or a day comes near."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.models import Participation
from members.models import Representative, User
from members.states import Role
from notifications.actions import notify
from notifications.kinds import NotificationKind, register

INTEREST = NotificationKind(
    "joining-interest",
    _("A municipality wants to join a service"),
    _("%(organisation)s wants to join %(service)s"),
    _("Start the dialogue on the record of the participation."),
)
MESSAGE = NotificationKind(
    "joining-message",
    _("A message on a participation"),
    _("New message: %(organisation)s and %(service)s"),
    _("Read and answer it on the record of the participation."),
)
MOVED = NotificationKind(
    "joining-moved",
    _("A participation has a new state"),
    _("%(organisation)s and %(service)s: a new state"),
    _("The record of the participation shows what is needed now, and who must act."),
)
TO_SIGN = NotificationKind(
    "joining-to-sign",
    _("An agreement waits for your signature"),
    _("Agreement to sign: %(service)s"),
    _("Read the agreement and sign it for %(organisation)s. You need your second factor."),
    mandatory=True,
)
TO_COUNTERSIGN = NotificationKind(
    "joining-to-countersign",
    _("An agreement waits for the association's signature"),
    _("To countersign: %(organisation)s and %(service)s"),
    _("%(organisation)s has signed. The agreement waits among those to countersign."),
    mandatory=True,
)
SIGNED = NotificationKind(
    "joining-signed",
    _("An agreement is signed by both sides"),
    _("Signed: %(organisation)s and %(service)s"),
    _("All agreements are signed. The introduction can start."),
)
SUB_PROCESSOR = NotificationKind(
    "joining-sub-processor",
    _("A sub-processor is changed"),
    _("Changed sub-processor in %(service)s"),
    _("Say no later than %(object_by)s whether %(organisation)s objects."),
    mandatory=True,
)
OBJECTION = NotificationKind(
    "joining-objection",
    _("A municipality objects to a sub-processor"),
    _("%(organisation)s objects to a sub-processor in %(service)s"),
    _("Read the reason on the record, and decide on the change when the time to object is over."),
    mandatory=True,
)
SUB_PROCESSOR_DECIDED = NotificationKind(
    "joining-sub-processor-decided",
    _("A change of sub-processor is decided"),
    _("Decided: sub-processor in %(service)s"),
    _("The record of the participation shows what was decided, and why."),
)
GO_LIVE = NotificationKind(
    "joining-go-live",
    _("The first day of use is planned or changed"),
    _("First day of use: %(organisation)s and %(service)s"),
    _("The planned first day of use is set or changed. The record shows the day."),
)
TERMINATED = NotificationKind(
    "joining-terminated",
    _("A participation is terminated"),
    _("%(organisation)s leaves %(service)s"),
    _("The last day is %(ends_on)s. Everything holds until then."),
)
DEADLINE = NotificationKind(
    "joining-deadline",
    _("A day in a participation comes near"),
    _("%(what)s: %(service)s"),
    _("%(organisation)s has until %(day)s."),
)

KINDS = (
    INTEREST,
    MESSAGE,
    MOVED,
    TO_SIGN,
    TO_COUNTERSIGN,
    SIGNED,
    SUB_PROCESSOR,
    OBJECTION,
    SUB_PROCESSOR_DECIDED,
    GO_LIVE,
    TERMINATED,
    DEADLINE,
)
for _kind in KINDS:
    register(_kind)


def tell_office(participation: Participation, kind: NotificationKind, **more: Any) -> None:
    """Tell those who handle joinings at the office."""
    _tell(_holding(Role.SERVICE_MANAGER), participation, kind, **more)


def tell_municipality(participation: Participation, kind: NotificationKind, **more: Any) -> None:
    """Tell the coordinators and business owners of the participating organisation."""
    people = _holding(
        Role.COORDINATOR, Role.BUSINESS_OWNER, organisation_id=participation.organisation_id
    )
    _tell(people, participation, kind, **more)


def tell_signatories(
    participation: Participation, kind: NotificationKind, *, organisation_id: int, **more: Any
) -> None:
    """Tell the signatories of one of the two organisations."""
    _tell(_holding(Role.SIGNATORY, organisation_id=organisation_id), participation, kind, **more)


def _holding(*roles: str, organisation_id: int | None = None) -> list[User]:
    """Return the people who hold one of the roles today, in one organisation or in any."""
    rows = Representative.objects.with_role(*roles)
    if organisation_id is not None:
        rows = rows.filter(organisation=organisation_id)
    return [row.user for row in rows.select_related("user__name")]


def _tell(
    people: list[User], participation: Participation, kind: NotificationKind, **more: Any
) -> None:
    """Tell each once; `dedupe_key` keeps a reminder from coming twice."""
    dedupe_key = more.pop("dedupe_key", "")
    params = {
        "organisation": participation.organisation.name,
        "service": participation.service.title,
    }
    notify(
        users=people,
        kind=kind,
        params=params | more,
        url=participation.get_absolute_url(),
        organisation=participation.organisation,
        dedupe_key=dedupe_key,
    )
