"""How a municipality passes from interest in a service to the end: states, steps and guards.

The table below is the whole rule (rules.md 2.1): a step that is not in it does not exist, and a
step is taken only when each of its guards says yes. The guards themselves are computed in
`catalogue.actions.guards`; what they ask for is written here, in the words that people read.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.states import OrganisationKind


class ParticipationState(TextChoices):
    """Where a municipality is on its way into, in and out of a service."""

    INTEREST = "interest", _("Interest")
    DIALOGUE = "dialogue", _("Dialogue")
    DECISION_PENDING = "decision-pending", _("Decision under way")
    DECIDED = "decided", _("Decided")
    AGREEMENT_SENT = "agreement-sent", _("Agreement sent")
    AGREEMENT_SIGNED = "agreement-signed", _("Agreement signed")
    ONBOARDING = "onboarding", _("Being introduced")
    PRODUCTION = "production", _("In use")
    TERMINATED = "terminated", _("Terminated")
    WINDING_UP = "winding-up", _("Winding up")
    ENDED = "ended", _("Participation ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Declined")
    PAUSED = "paused", _("Paused")


S = ParticipationState

PATH = (
    S.INTEREST,
    S.DIALOGUE,
    S.DECISION_PENDING,
    S.DECIDED,
    S.AGREEMENT_SENT,
    S.AGREEMENT_SIGNED,
    S.ONBOARDING,
    S.PRODUCTION,
)
"""The straight way in, as the record page draws it."""

BEFORE_SIGNING = PATH[:5]
AGREED_STATES = (S.AGREEMENT_SIGNED, S.ONBOARDING, S.PRODUCTION)
LEAVING_STATES = (S.TERMINATED, S.WINDING_UP)
CLOSED_STATES = (S.ENDED, S.WITHDRAWN, S.DECLINED)
TAKEOVER_STATES = (*AGREED_STATES, S.TERMINATED)
"""States in which a joining that was in force before the product came may be entered."""


JOINING_KINDS = (
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.REGION,
    OrganisationKind.FEDERATION,
)
"""Kinds of organisations that join a service."""


class Side(TextChoices):
    """Who takes a step."""

    MUNICIPALITY = "municipality", _("The municipality")
    OFFICE = "office", _("The office")
    EITHER = "either", _("The municipality or the office")


class Guard(TextChoices):
    """What must be in place before a step; the label is what the record page lists as needed."""

    DECISION = "decision", _("The municipality's decision: body, date, registry number, document")
    MEMBERSHIP = "membership", _("Membership in the association, or an application for it")
    LEGAL_BASIS = "legal-basis", _("The legal basis, with its reference")
    AGREEMENT_READY = "agreement-ready", _("The accession agreement, with its starting day")
    DATA_PROTECTION_READY = (
        "data-protection-ready",
        _("The data processing agreement, or why none is needed"),
    )
    AGREEMENT_SIGNED = "agreement-signed", _("The accession agreement, signed by both sides")
    DATA_PROTECTION_SIGNED = (
        "data-protection-signed",
        _("The data processing agreement, signed by both sides, or why none is needed"),
    )
    START_DATE = "start-date", _("The day from which the agreement holds")
    ACCEPTANCE = "acceptance", _("The acceptance record")
    CONTACTS = "contacts", _("Contacts for agreement, technology, incidents and invoices")
    NOTICE = "notice", _("The written notice and the day it was received")
    END_DATE = "end-date", _("The last day, computed from the notice")
    BOTH_AGREE = "both-agree", _("Both sides agree to withdraw the termination")
    SAME_AS_BEFORE = "same-as-before", _("Back to the state before")
    SIGNED_BEFORE_PAUSE = "signed-before-pause", _("An agreement to terminate")
    END_REACHED = "end-reached", _("The last day has passed")
    DATA_RETURNED = "data-returned", _("The municipality's data is returned")
    DELETION_CERTIFIED = "deletion-certified", _("The certificate that the data is deleted")
    ACCOUNTS_CLOSED = "accounts-closed", _("The accounts are closed")
    SETTLED = "settled", _("The final settlement")


REFUSALS: dict[Guard, Promise] = {
    Guard.DECISION: _(
        "Register the municipality's decision first: body or delegate, date, registry number"
        " and the document."
    ),
    Guard.MEMBERSHIP: _(
        "The municipality is not a member of the association and has not applied for membership."
    ),
    Guard.LEGAL_BASIS: _("Record the legal basis and its reference first."),
    Guard.AGREEMENT_READY: _("Make the accession agreement, with its starting day, first."),
    Guard.DATA_PROTECTION_READY: _(
        "Make the data processing agreement first, or record why none is needed."
    ),
    Guard.AGREEMENT_SIGNED: _("The accession agreement is not signed by both sides yet."),
    Guard.DATA_PROTECTION_SIGNED: _(
        "The data processing agreement is not signed by both sides yet."
    ),
    Guard.START_DATE: _("The agreement has no starting day."),
    Guard.ACCEPTANCE: _("Record the municipality's acceptance first."),
    Guard.CONTACTS: _(
        "Contacts are missing: agreement, technology, incidents and invoices are needed before"
        " the service is taken into use."
    ),
    Guard.NOTICE: _("Register the written notice and the day it was received first."),
    Guard.END_DATE: _("The last day of the participation is not computed."),
    Guard.BOTH_AGREE: _(
        "A termination is withdrawn only when both the municipality and the office agree."
    ),
    Guard.SAME_AS_BEFORE: _("It can only go back to the state it was in before."),
    Guard.SIGNED_BEFORE_PAUSE: _(
        "No agreement is signed, so there is nothing to terminate: resume and withdraw instead."
    ),
    Guard.END_REACHED: _("The last day has not passed yet."),
    Guard.DATA_RETURNED: _("The municipality's data is not returned yet."),
    Guard.DELETION_CERTIFIED: _("The certificate that the data is deleted is missing."),
    Guard.ACCOUNTS_CLOSED: _("The accounts are not closed yet."),
    Guard.SETTLED: _("The final settlement is not made yet."),
}
"""What a person is told when a guard says no."""


@dataclass(frozen=True)
class Transition:
    """One step: from where, to where, who takes it, what it needs, and whether it needs a reason.

    `by_hand` is False for a step that another action takes with it (the last signature, a notice
    of termination), so that no form offers it.
    """

    old: ParticipationState
    new: ParticipationState
    side: Side
    label: Promise
    guards: tuple[Guard, ...] = ()
    needs_reason: bool = False
    by_hand: bool = True


_G = Guard
_OFFICE, _MUNICIPALITY, _EITHER = Side.OFFICE, Side.MUNICIPALITY, Side.EITHER
_LEAVE = (_G.NOTICE, _G.END_DATE)
_BACK = (_G.BOTH_AGREE, _G.SAME_AS_BEFORE)
_TERMINATE, _UNDO = _("Terminate the agreement"), _("Withdraw the termination")

TRANSITIONS: tuple[Transition, ...] = (
    Transition(S.INTEREST, S.DIALOGUE, _OFFICE, _("Start the dialogue")),
    Transition(S.DIALOGUE, S.DECISION_PENDING, _MUNICIPALITY, _("Take it to decision")),
    Transition(
        S.DECISION_PENDING,
        S.DECIDED,
        _MUNICIPALITY,
        _("The decision is made"),
        (_G.DECISION, _G.MEMBERSHIP),
    ),
    Transition(
        S.DECIDED,
        S.AGREEMENT_SENT,
        _OFFICE,
        _("Send the agreements"),
        (_G.LEGAL_BASIS, _G.AGREEMENT_READY, _G.DATA_PROTECTION_READY),
        by_hand=False,
    ),
    Transition(
        S.AGREEMENT_SENT,
        S.AGREEMENT_SIGNED,
        _EITHER,
        _("Everyone has signed"),
        (_G.AGREEMENT_SIGNED, _G.DATA_PROTECTION_SIGNED, _G.START_DATE),
        by_hand=False,
    ),
    Transition(
        S.AGREEMENT_SIGNED,
        S.ONBOARDING,
        _OFFICE,
        _("Start the introduction"),
        (_G.DATA_PROTECTION_SIGNED,),
    ),
    Transition(
        S.ONBOARDING,
        S.PRODUCTION,
        _OFFICE,
        _("Take it into use"),
        (_G.START_DATE, _G.DATA_PROTECTION_SIGNED, _G.ACCEPTANCE, _G.CONTACTS),
    ),
    # Pauses, and back.
    Transition(S.DIALOGUE, S.PAUSED, _EITHER, _("Pause"), needs_reason=True),
    Transition(S.ONBOARDING, S.PAUSED, _EITHER, _("Pause"), needs_reason=True),
    Transition(S.PAUSED, S.DIALOGUE, _EITHER, _("Resume the dialogue"), (_G.SAME_AS_BEFORE,)),
    Transition(S.PAUSED, S.ONBOARDING, _EITHER, _("Resume the introduction"), (_G.SAME_AS_BEFORE,)),
    # Termination, and its withdrawal.
    Transition(S.AGREEMENT_SIGNED, S.TERMINATED, _EITHER, _TERMINATE, _LEAVE, by_hand=False),
    Transition(S.ONBOARDING, S.TERMINATED, _EITHER, _TERMINATE, _LEAVE, by_hand=False),
    Transition(S.PRODUCTION, S.TERMINATED, _EITHER, _TERMINATE, _LEAVE, by_hand=False),
    Transition(
        S.PAUSED,
        S.TERMINATED,
        _EITHER,
        _TERMINATE,
        (_G.SIGNED_BEFORE_PAUSE, *_LEAVE),
        by_hand=False,
    ),
    Transition(S.TERMINATED, S.AGREEMENT_SIGNED, _EITHER, _UNDO, _BACK, by_hand=False),
    Transition(S.TERMINATED, S.ONBOARDING, _EITHER, _UNDO, _BACK, by_hand=False),
    Transition(S.TERMINATED, S.PRODUCTION, _EITHER, _UNDO, _BACK, by_hand=False),
    Transition(S.TERMINATED, S.PAUSED, _EITHER, _UNDO, _BACK, by_hand=False),
    Transition(S.TERMINATED, S.WINDING_UP, _OFFICE, _("Start winding up"), (_G.END_DATE,)),
    Transition(
        S.WINDING_UP,
        S.ENDED,
        _OFFICE,
        _("Close the participation"),
        (_G.END_REACHED, _G.DATA_RETURNED, _G.DELETION_CERTIFIED, _G.ACCOUNTS_CLOSED, _G.SETTLED),
    ),
    # The ways out before anything is signed.
    *(
        Transition(state, S.WITHDRAWN, _MUNICIPALITY, _("Withdraw"), needs_reason=True)
        for state in BEFORE_SIGNING
    ),
    *(
        Transition(state, S.DECLINED, _OFFICE, _("Decline"), needs_reason=True)
        for state in BEFORE_SIGNING
    ),
)

BY_PAIR = {(row.old, row.new): row for row in TRANSITIONS}


def steps_from(state: str) -> list[Transition]:
    """Return the steps that lead out of a state, in the order of the table."""
    return [row for row in TRANSITIONS if row.old == state]


class LegalBasis(TextChoices):
    """On what law the municipality may take the service without a procurement of its own."""

    COOPERATION_AGREEMENT = "kl-9-37", _("Agreement with a municipality or region (KL 9:37)")
    JOINT_BOARD = "kl-9-19", _("Joint board (KL 9:19)")
    PROCUREMENT = "procurement", _("Procurement")
    INTERNAL = "lou-3-11", _("Internal contract, exempt from procurement (LOU 3:11-16)")
    COOPERATION = "lou-3-17", _("Cooperation, exempt from procurement (LOU 3:17-18)")


EXEMPTIONS = (LegalBasis.INTERNAL, LegalBasis.COOPERATION)
"""An exemption in LOU needs who assessed it, when, and the reason."""


class DataProtection(TextChoices):
    """How the processing of personal data is arranged."""

    DPA = "dpa", _("Data processing agreement (GDPR art. 28)")
    JOINT = "joint", _("Joint controllers (GDPR art. 26)")
    NONE = "none", _("No personal data")
