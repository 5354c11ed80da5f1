"""What can be done on a record: one row per deed, and one view that does any of them.

A deed has an address, a form, the right that it asks for and the action it calls. The record page
lists those that the person may do in the present state; the action itself asks again.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import rules
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.actions import (
    admission,
    agreements,
    dossier,
    leaving,
    onboarding,
    participations,
    seats,
    takeover,
)
from catalogue.forms_joining import record as forms
from catalogue.joining_states import AGREED_STATES, CLOSED_STATES, ParticipationState
from catalogue.models import Participation
from catalogue.record_states import DocumentKind

S = ParticipationState
Act = Callable[[Any, Participation, dict[str, Any]], object]

WORK = "catalogue.work_on_participation"
RUN = "catalogue.run_participation"
HANDLE = "catalogue.handle_participation"
WRITE = "catalogue.write_on_record"
ADMIT = "members.manage_memberships"

OPEN = frozenset(S) - frozenset(CLOSED_STATES)
UNSIGNED = OPEN - {*AGREED_STATES, S.TERMINATED, S.WINDING_UP}
IN_FORCE = frozenset({*AGREED_STATES, S.PAUSED})
AGREED = frozenset({*AGREED_STATES, S.TERMINATED, S.WINDING_UP, S.PAUSED})
AGREEING = frozenset({S.DIALOGUE, S.DECISION_PENDING, S.DECIDED, S.AGREEMENT_SENT, *AGREED_STATES})


@dataclass(frozen=True)
class Deed:
    """Something that may be done: `slug` in the address, `label` on the button."""

    slug: str
    label: Promise
    form: type[forms.RecordForm]
    permission: str
    act: Act
    states: Collection[str] = OPEN
    group: str = "more"
    initial: Callable[[Participation], dict[str, Any]] = field(default=lambda _row: {})
    only_if: Callable[[Participation], bool] = field(default=lambda _row: True)

    def fits(self, row: Participation) -> bool:
        """Return whether it can be done on this record in its present state, by whomever."""
        return row.state in self.states and self.only_if(row)

    def is_open_to(self, user: Any, row: Participation) -> bool:
        """Return whether the person may do it on this record now."""
        return self.fits(row) and rules.has_perm(self.permission, user, row)

    @transaction.atomic
    def do(self, user: Any, row: Participation, data: dict[str, Any]) -> None:
        """Do it whole or not at all: a paper is not kept when the deed is refused."""
        self.act(user, row, data)


def _paper(by: Any, row: Participation, data: dict[str, Any], kind: str, **more: Any) -> Any:
    """Put the form's file on the record, when there is one."""
    if not data.get("file"):
        return None
    name, content = data["file"]
    return dossier.add_document(
        by=by, participation=row, kind=kind, name=name, content=content, **more
    )


def _without(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in names}


def _decide(by: Any, row: Participation, data: dict[str, Any]) -> object:
    paper = _paper(by, row, data, DocumentKind.DECISION, dated_on=data["decided_on"])
    return dossier.register_decision(
        by=by, participation=row, document=paper, **_without(data, "file")
    )


def _document(by: Any, row: Participation, data: dict[str, Any]) -> object:
    return _paper(by, row, data, data["kind"], title=data["title"], dated_on=data["dated_on"])


def _authority(by: Any, row: Participation, data: dict[str, Any]) -> object:
    name, content = data["file"] or ("", b"")
    return dossier.register_signing_authority(
        by=by, organisation=row.organisation, name=name, content=content, **_without(data, "file")
    )


def _seat(by: Any, row: Participation, data: dict[str, Any]) -> object:
    paper = _paper(by, row, data, DocumentKind.APPOINTMENT, dated_on=data["decided_on"])
    appointment = seats.Appointment(**_without(data, "starts_on", "file"), document=paper)
    return seats.take_seat(
        by=by, participation=row, starts_on=data["starts_on"], appointment=appointment
    )


def _draft(by: Any, row: Participation, data: dict[str, Any]) -> object:
    terms = agreements.Terms(**_without(data, "kind", "template"))
    return agreements.draft_agreement(
        by=by, participation=row, kind=data["kind"], template=data["template"], terms=terms
    )


def _in_force(by: Any, row: Participation, data: dict[str, Any]) -> object:
    name, content = data["file"]
    return takeover.register_agreement_in_force(
        by=by, participation=row, name=name, content=content, **_without(data, "file")
    )


def _accept(by: Any, row: Participation, data: dict[str, Any]) -> object:
    paper = _paper(by, row, data, DocumentKind.ACCEPTANCE, dated_on=data["accepted_on"])
    return dossier.accept_delivery(
        by=by, participation=row, document=paper, **_without(data, "file")
    )


def _terminate(by: Any, row: Participation, data: dict[str, Any]) -> object:
    paper = _paper(by, row, data, DocumentKind.NOTICE, dated_on=data["received_on"])
    return leaving.terminate_participation(
        by=by, participation=row, notice=paper, **_without(data, "file")
    )


def _certify(by: Any, row: Participation, data: dict[str, Any]) -> object:
    paper = _paper(by, row, data, DocumentKind.DELETION, dated_on=data["on"])
    return leaving.certify_deletion(by=by, participation=row, certificate=paper, on=data["on"])


def _left(name: str) -> Act:
    def act(by: Any, row: Participation, data: dict[str, Any]) -> object:
        return leaving.note_left(by=by, participation=row, field=name, on=data["on"])

    return act


def _plain(action: Callable[..., object]) -> Act:
    """Return the act that calls `action` with the form's fields as they are."""

    def act(by: Any, row: Participation, data: dict[str, Any]) -> object:
        return action(by=by, participation=row, **data)

    return act


DEEDS: tuple[Deed, ...] = (
    Deed("meddelande", _("Write a message"), forms.MessageForm, WRITE,
         _plain(participations.write_message), frozenset(S), "messages"),
    Deed("medlemskap", _("Note the application for membership"), forms.MembershipForm, WORK,
         _plain(admission.note_membership_application), UNSIGNED, "membership"),
    Deed("medlemskap-beviljat", _("Register the membership"), forms.AdmissionForm, ADMIT,
         _plain(admission.admit_to_association), UNSIGNED, "membership"),
    Deed("beslut", _("Register the municipality's decision"), forms.DecisionForm, WORK, _decide,
         OPEN, "decision"),
    Deed("lagstod", _("Record the legal basis"), forms.LegalBasisForm, WORK,
         _plain(participations.record_legal_basis), OPEN, "decision",
         lambda row: {"basis": row.legal_basis, "reference": row.legal_reference,
                      "reason": row.legal_reason, "assessor": row.legal_assessor,
                      "assessed_on": row.legal_assessed_on}),
    Deed("personuppgifter", _("Arrange the personal data"), forms.DataProtectionForm, HANDLE,
         _plain(participations.arrange_data_protection), OPEN, "agreements",
         lambda row: {"arrangement": row.data_protection,
                      "reason": row.no_personal_data_reason}),
    Deed("fullmakt", _("Register a signing authority"), forms.AuthorityForm, WORK, _authority,
         OPEN, "agreements"),
    Deed("utkast", _("Make an agreement"), forms.AgreementForm, HANDLE, _draft,
         AGREEING, "agreements"),
    Deed("avtal-i-hand", _("Register an agreement in hand"), forms.InForceForm, HANDLE, _in_force,
         AGREED, "agreements", only_if=lambda row: row.taken_over),
    Deed("skicka", _("Send the agreements for signing"), forms.PlainForm, HANDLE,
         _plain(agreements.send_agreements), AGREEING, "agreements"),
    Deed("plats-svar", _("Answer whether you take a seat"), forms.SeatAnswerForm, WORK,
         _plain(seats.answer_seat_question), UNSIGNED, "seat"),
    Deed("plats", _("Take the seat, or appoint"), forms.SeatForm, WORK, _seat, OPEN, "seat"),
    Deed("lamna-plats", _("Leave the seat"), forms.LeaveSeatForm, WORK, _plain(seats.leave_seat),
         AGREED, "seat"),
    Deed("dokument-nytt", _("Add a document"), forms.DocumentForm, WORK, _document,
         OPEN, "documents"),
    Deed("kontakt", _("Add or change a contact"), forms.ContactForm, WORK,
         _plain(dossier.set_contact), OPEN, "contacts"),
    Deed("kontakter-stammer", _("The contacts are right"), forms.PlainForm, WORK,
         _plain(dossier.confirm_contacts), OPEN, "contacts"),
    Deed("moment", _("Add a step"), forms.ChecklistStepForm, WORK, _plain(onboarding.add_step),
         frozenset(onboarding.OPEN_STATES), "onboarding"),
    Deed("driftstart", _("Plan the first day of use"), forms.GoLiveForm, HANDLE,
         _plain(onboarding.plan_go_live), frozenset(onboarding.PLANNABLE), "onboarding",
         lambda row: {"go_live_on": row.go_live_on}),
    Deed("godkannande", _("Accept the introduction"), forms.AcceptanceForm, RUN, _accept,
         frozenset({S.ONBOARDING}), "onboarding"),
    Deed("uppsagning", _("Register a notice of termination"), forms.TerminationForm, WORK,
         _terminate, IN_FORCE, "leaving"),
    Deed("aterta-uppsagning", _("Agree to withdraw the termination"), forms.PlainForm, WORK,
         _plain(leaving.agree_to_withdraw), frozenset({S.TERMINATED}), "leaving"),
    Deed("data-aterlamnad", _("The data is returned"), forms.DayForm, HANDLE,
         _left("data_returned_on"), frozenset({S.WINDING_UP}), "leaving"),
    Deed("radering", _("Register the certificate of deletion"), forms.DeletionForm, HANDLE,
         _certify, frozenset({S.WINDING_UP}), "leaving"),
    Deed("konton", _("The accounts are closed"), forms.DayForm, HANDLE,
         _left("accounts_closed_on"), frozenset({S.WINDING_UP}), "leaving"),
    Deed("slutreglering", _("Record the final settlement"), forms.SettlementForm, HANDLE,
         _plain(leaving.settle), frozenset({S.WINDING_UP}), "leaving"),
    Deed("datum", _("Correct the days"), forms.DatesForm, HANDLE, _plain(leaving.change_dates),
         AGREED, "more"),
)  # fmt: skip
BY_SLUG = {deed.slug: deed for deed in DEEDS}


def deeds_for(user: Any, row: Participation) -> dict[str, list[Deed]]:
    """Return the deeds that the person may do now, by the section they belong to."""
    found: dict[str, list[Deed]] = {}
    for deed in DEEDS:
        if deed.is_open_to(user, row):
            found.setdefault(deed.group, []).append(deed)
    return found
