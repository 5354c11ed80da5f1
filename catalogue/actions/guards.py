"""The guards of the table of transitions, one small question each (rules.md 2.1)."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.joining_states import REFUSALS, DataProtection, Guard, ParticipationState, Transition
from catalogue.models import Agreement, Participation, Termination
from catalogue.record_states import NEEDED_CONTACTS, AgreementKind, AgreementState
from catalogue.states import PersonalData
from members.models import Membership

Check = Callable[[Participation, Transition], bool]


def refusal(guard: Guard, participation: Participation, step: Transition) -> str:
    """Return what the person is told when the guard says no, else an empty text."""
    return "" if CHECKS[guard](participation, step) else _refusal_text(guard, participation)


def _refusal_text(guard: Guard, participation: Participation) -> str:
    if guard in _DATA_PROTECTION and participation.data_protection == DataProtection.NONE:
        return _(
            "“No personal data” needs a reason, and the service must be marked as processing none."
        )
    return str(REFUSALS[guard])


def unmet(participation: Participation, step: Transition) -> list[Guard]:
    """Return the guards of a step that say no now, in the order of the table."""
    return [guard for guard in step.guards if not CHECKS[guard](participation, step)]


def termination_of(participation: Participation) -> Termination | None:
    """Return the termination in force, or None."""
    return participation.terminations.filter(withdrawn_on__isnull=True).first()


def latest_agreement(participation: Participation, *kinds: str) -> Agreement | None:
    """Return the newest version of the agreements of these kinds, or None."""
    rows = participation.agreements.filter(kind__in=kinds).exclude(state=AgreementState.REPLACED)
    return rows.order_by("-number").first()


def data_protection_kind(participation: Participation) -> str:
    """Return the kind of agreement that the arrangement on personal data calls for."""
    joint = participation.data_protection == DataProtection.JOINT
    return AgreementKind.JOINT if joint else AgreementKind.DPA


def needs_no_data_agreement(participation: Participation) -> bool:
    """Return whether the service processes no personal data, and the reason is written."""
    return (
        participation.data_protection == DataProtection.NONE
        and bool(participation.no_personal_data_reason.strip())
        and participation.service.personal_data == PersonalData.NO
    )


def _decision(participation: Participation, _step: Transition) -> bool:
    return participation.decisions.exists()


def _membership(participation: Participation, _step: Transition) -> bool:
    if participation.membership_applied_on:
        return True
    today = timezone.localdate()
    rows = Membership.objects.filter(organisation=participation.organisation_id)
    return rows.exclude(ends_on__lt=today).exists()


def _legal_basis(participation: Participation, _step: Transition) -> bool:
    return bool(participation.legal_basis and participation.legal_reference)


def _agreement_ready(participation: Participation, _step: Transition) -> bool:
    found = latest_agreement(participation, AgreementKind.ACCESSION)
    return found is not None and found.agreed_start is not None


def _data_protection_ready(participation: Participation, _step: Transition) -> bool:
    if participation.data_protection == DataProtection.NONE:
        return needs_no_data_agreement(participation)
    return latest_agreement(participation, data_protection_kind(participation)) is not None


def _is_signed(participation: Participation, kind: str) -> bool:
    return participation.agreements.filter(kind=kind, state=AgreementState.SIGNED).exists()


def _agreement_signed(participation: Participation, _step: Transition) -> bool:
    # What came before the product may lack papers: the gap is shown, and not asked for again.
    return _is_signed(participation, AgreementKind.ACCESSION)


def _data_protection_signed(participation: Participation, _step: Transition) -> bool:
    if participation.data_protection == DataProtection.NONE:
        return needs_no_data_agreement(participation)
    return _is_signed(participation, data_protection_kind(participation))


def _start_date(participation: Participation, _step: Transition) -> bool:
    # Before the last signature the agreed day stands for the day that it will hold from.
    return participation.starts_on is not None or _agreement_ready(participation, _step)


def _acceptance(participation: Participation, _step: Transition) -> bool:
    return hasattr(participation, "acceptance")


def missing_contacts(participation: Participation) -> list[str]:
    """Return the labels of the contacts that are needed before use and missing."""
    held = set(participation.contacts.values_list("role", flat=True))
    return [str(role.label) for role in NEEDED_CONTACTS if role not in held]


def _contacts(participation: Participation, _step: Transition) -> bool:
    return not missing_contacts(participation)


def _notice(participation: Participation, _step: Transition) -> bool:
    return termination_of(participation) is not None


def _end_date(participation: Participation, _step: Transition) -> bool:
    return participation.ends_on is not None


def _both_agree(participation: Participation, _step: Transition) -> bool:
    row = termination_of(participation)
    return bool(row and row.municipality_withdraws_on and row.office_withdraws_on)


def _same_as_before(participation: Participation, step: Transition) -> bool:
    paused = step.old == ParticipationState.PAUSED
    return step.new == (participation.paused_from if paused else participation.terminated_from)


def _signed_before_pause(participation: Participation, _step: Transition) -> bool:
    return participation.paused_from == ParticipationState.ONBOARDING


def _end_reached(participation: Participation, _step: Transition) -> bool:
    return participation.ends_on is not None and participation.ends_on < timezone.localdate()


def _left(field: str) -> Check:
    """Return the question whether a step of the winding up has its day."""

    def check(participation: Participation, _step: Transition) -> bool:
        row = termination_of(participation)
        return row is not None and getattr(row, field) is not None

    return check


CHECKS: dict[Guard, Check] = {
    Guard.DECISION: _decision,
    Guard.MEMBERSHIP: _membership,
    Guard.LEGAL_BASIS: _legal_basis,
    Guard.AGREEMENT_READY: _agreement_ready,
    Guard.DATA_PROTECTION_READY: _data_protection_ready,
    Guard.AGREEMENT_SIGNED: _agreement_signed,
    Guard.DATA_PROTECTION_SIGNED: _data_protection_signed,
    Guard.START_DATE: _start_date,
    Guard.ACCEPTANCE: _acceptance,
    Guard.CONTACTS: _contacts,
    Guard.NOTICE: _notice,
    Guard.END_DATE: _end_date,
    Guard.BOTH_AGREE: _both_agree,
    Guard.SAME_AS_BEFORE: _same_as_before,
    Guard.SIGNED_BEFORE_PAUSE: _signed_before_pause,
    Guard.END_REACHED: _end_reached,
    Guard.DATA_RETURNED: _left("data_returned_on"),
    Guard.DELETION_CERTIFIED: _left("deletion_certified_on"),
    Guard.ACCOUNTS_CLOSED: _left("accounts_closed_on"),
    Guard.SETTLED: _left("settled_on"),
}
_DATA_PROTECTION = (Guard.DATA_PROTECTION_READY, Guard.DATA_PROTECTION_SIGNED)
