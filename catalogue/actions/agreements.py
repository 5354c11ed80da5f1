"""Agreements are made from templates, previewed, sent and thereby fixed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalogue import notices
from catalogue.actions.guards import data_protection_kind
from catalogue.actions.transitions import (
    Actor,
    actor_of,
    find_step,
    locked,
    office_of,
    record,
    take_step,
)
from catalogue.agreement_text import fill, filled_tree
from catalogue.joining_states import DataProtection, ParticipationState
from catalogue.models import Agreement, AgreementTemplate, Participation, SubProcessor
from catalogue.record_states import AgreementKind, AgreementState
from core import pdf
from core.actions import SYSTEM, require
from core.exceptions import RuleBroken
from core.formatting import long_date
from core.periods import on_day
from core.prose_tree import paragraphs
from members.models import AssociationSettings, Organisation
from members.states import OrganisationKind

LANGUAGE = "sv"
"""Agreements are written in Swedish, whatever language the person reads the site in."""


@dataclass(frozen=True)
class Terms:
    """What the parties agree on beside the template's text; amounts in öre per year.

    `processor` is the supplier that processes the personal data; None when the association does.
    """

    agreed_start: date | None = None
    amount: int | None = None
    expires_on: date | None = None
    renews: bool = True
    change_note: str = ""
    processor: Organisation | None = None


@transaction.atomic
def draft_agreement(
    *,
    by: Any,
    participation: Participation,
    kind: str,
    template: AgreementTemplate | None = None,
    terms: Terms | None = None,
) -> Agreement:
    """Make the draft of an agreement, or make the present draft anew.

    The template's text and the parties' data are copied, so that a later change of either changes
    nothing. From the second version on, what changed must be said. Raises PermissionDenied unless
    the office asks, or RuleBroken when there is no template or a term is missing.
    """
    require(by, "catalogue.handle_participation", participation)
    row = locked(participation)
    said = terms or Terms()
    _check_terms(row, kind, said)
    source = template or AgreementTemplate.objects.for_service(row.service, kind).first()
    if source is None or source.kind != kind:
        raise RuleBroken(_("There is no template for this kind of agreement."), field="template")
    versions = row.agreements.filter(kind=kind)
    draft = versions.filter(state=AgreementState.DRAFT).first()
    number = draft.number if draft else (versions.aggregate(n=Max("number"))["n"] or 0) + 1
    if number > 1 and not said.change_note.strip():
        raise RuleBroken(_("Say what changed since the version before."), field="change_note")
    agreement = draft or Agreement(participation=row, kind=kind, number=number)
    agreement.counterparty = association_of(by)
    agreement.title = source.title
    agreement.template_version = str(source)
    agreement.dated_on = timezone.localdate()
    agreement.agreed_start, agreement.amount = said.agreed_start, said.amount
    agreement.expires_on, agreement.renews = said.expires_on, said.renews
    agreement.change_note = said.change_note.strip()
    agreement.content = _content(agreement, source, said.processor or agreement.counterparty)
    agreement.is_example = row.is_example
    agreement.save()
    record(
        actor=actor_of(by, row),
        participation=row,
        field="agreement",
        old="",
        new=f"{kind} {number}",
        reason=agreement.change_note,
    )
    return agreement


def preview(agreement: Agreement) -> bytes:
    """Return the PDF of an agreement: the kept bytes once sent, else drawn from its content."""
    if agreement.pdf:
        with agreement.pdf.open("rb") as file:
            return file.read()
    return render(agreement)


def render(agreement: Agreement) -> bytes:
    """Draw the PDF (PDF/A-3a and PDF/UA-1) with its own content embedded as JSON."""
    evidence = json.dumps(agreement.content, ensure_ascii=False, sort_keys=True)
    attachment = pdf.Attachment("avtal.json", "application/json", "Avtalets innehåll", evidence)
    return pdf.render(
        "agreement.typ", agreement.content, dated_on=agreement.dated_on, attachments=(attachment,)
    )


@transaction.atomic
def send_agreements(*, by: Any, participation: Participation) -> list[Agreement]:
    """Fix the drafts as PDFs and send them for signing.

    The first time the participation passes from decided to sent, with its guards; later it is a
    new version of an agreement in force. Signatories of the municipality are told. Raises
    PermissionDenied, or RuleBroken when there is no draft or a guard says no.
    """
    require(by, "catalogue.handle_participation", participation)
    row = locked(participation)
    actor = actor_of(by, row)
    if row.state == ParticipationState.DECIDED:
        take_step(
            actor=actor,
            participation=row,
            step=find_step(row, ParticipationState.AGREEMENT_SENT),
        )
    elif not (row.is_agreed or row.state == ParticipationState.AGREEMENT_SENT):
        raise RuleBroken(_("Agreements are sent when the municipality has decided."))
    drafts = list(row.agreements.filter(state=AgreementState.DRAFT, kind__in=_wanted_kinds(row)))
    if not drafts:
        raise RuleBroken(_("There is no draft to send."))
    sent = [_send(actor, row, agreement) for agreement in drafts]
    notices.tell_signatories(row, notices.TO_SIGN, organisation_id=row.organisation_id)
    return sent


def _wanted_kinds(participation: Participation) -> list[str]:
    kinds = [str(AgreementKind.ACCESSION)]
    if participation.data_protection != DataProtection.NONE:
        kinds.append(str(data_protection_kind(participation)))
    return kinds


def _send(actor: Actor, row: Participation, agreement: Agreement) -> Agreement:
    """Fix one draft: an earlier version that waits for signatures is replaced."""
    row.agreements.filter(kind=agreement.kind, state=AgreementState.SENT).update(
        state=AgreementState.REPLACED
    )
    content = render(agreement)
    agreement.sha256 = hashlib.sha256(content).hexdigest()
    agreement.pdf.save("avtal.pdf", ContentFile(content), save=False)
    agreement.state, agreement.sent_at = AgreementState.SENT, timezone.now()
    agreement.sent_by = actor.user
    agreement.save()
    record(
        actor=actor,
        participation=row,
        field="agreement",
        old=AgreementState.DRAFT,
        new=f"{agreement.kind} {agreement.number} {agreement.sha256}",
    )
    return agreement


def _check_terms(row: Participation, kind: str, said: Terms) -> None:
    if kind not in AgreementKind.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="kind")
    if row.is_closed or row.state in (
        ParticipationState.INTEREST,
        ParticipationState.TERMINATED,
        ParticipationState.WINDING_UP,
    ):
        raise RuleBroken(_("No agreement is made in this state."))
    if kind == AgreementKind.ACCESSION and not said.agreed_start:
        raise RuleBroken(_("Give the day from which the agreement holds."), field="agreed_start")
    if said.processor and said.processor.kind != OrganisationKind.SUPPLIER:
        raise RuleBroken(_("The processor is the association or a supplier."), field="processor")
    if said.amount is not None and said.amount < 0:
        raise RuleBroken(_("The amount cannot be negative."), field="amount")
    if said.expires_on and said.agreed_start and said.expires_on <= said.agreed_start:
        raise RuleBroken(_("It cannot expire before it begins."), field="expires_on")


def association_of(by: Any) -> Organisation:
    """Return the association that `by` works for; for the system the one that runs the site."""
    wanted = None if by is SYSTEM else office_of(by)
    if wanted:
        return Organisation.objects.get(pk=wanted)
    return AssociationSettings.objects.select_related("organisation").earliest("pk").organisation


def _content(
    agreement: Agreement, template: AgreementTemplate, processor: Organisation
) -> dict[str, Any]:
    """Return everything the PDF is drawn from, as plain data in Swedish."""
    with translation.override(LANGUAGE):
        values = _values(agreement, processor)
        heading = f"{template.title}: {agreement.participation.service.title}"
        parts = (
            ("", template.body),
            (_("Instruction on the processing of personal data"), template.instruction),
            (_("Service level"), template.sla),
            (_("Annexes"), template.annexes),
        )
        return {
            "title": fill(heading, values),
            "author": agreement.counterparty.name,
            "mark": f"{agreement.get_kind_display()}, {_('version')} {agreement.number}",
            "facts": _facts(agreement, values, template),
            "sections": [
                {"heading": str(name), "blocks": filled_tree(text, values)}
                for name, text in parts
                if text.strip()
            ],
            "sub_processors_heading": _("Sub-processors"),
            "sub_processors_header": [_("Name"), _("Task"), _("Country")],
            "sub_processors": _sub_processors(agreement),
            "signing_heading": _("Signatures"),
            "signing": paragraphs(
                _(
                    "This document is signed electronically. Who signed, for whom, on which ground"
                    " and when is kept with the checksum of exactly this file."
                )
            ),
        }


def _values(agreement: Agreement, processor: Organisation) -> dict[str, str]:
    row = agreement.participation
    start = long_date(agreement.agreed_start, LANGUAGE) if agreement.agreed_start else ""
    months = _("%(months)d months") % {"months": row.notice_months}
    end = _(", at the end of a year") if row.notice_at_year_end else ""
    names = [name for name, *__ in _sub_processors(agreement)]
    return {
        "kommun": row.organisation.name,
        "organisationsnummer": row.organisation.org_number or "–",
        "förening": agreement.counterparty.name,
        "tjänst": row.service.title,
        "startdag": start or "–",
        "uppsägningstid": f"{months}{end}",
        "personuppgiftsansvarig": row.organisation.name,
        "personuppgiftsbiträde": processor.name,
        "underbiträden": ", ".join(names) or "–",
    }


def _facts(
    agreement: Agreement, values: dict[str, str], template: AgreementTemplate
) -> list[list[str]]:
    rows = [
        [_("Municipality"), f"{values['kommun']} ({values['organisationsnummer']})"],
        [_("Association"), values["förening"]],
        [_("Service"), values["tjänst"]],
    ]
    if agreement.kind == AgreementKind.ACCESSION:
        rows += [[_("Holds from"), values["startdag"]], [_("Notice"), values["uppsägningstid"]]]
    if agreement.kind == AgreementKind.DPA:
        rows += [
            [_("Controller"), values["personuppgiftsansvarig"]],
            [_("Processor"), values["personuppgiftsbiträde"]],
        ]
    if agreement.kind == AgreementKind.JOINT:
        both = f"{values['kommun']}, {values['förening']}"
        rows.append([_("Joint controllers"), both])
    rows.append([_("Template"), str(template)])
    if agreement.change_note:
        rows.append([_("Changed since the version before"), agreement.change_note])
    return rows


def _sub_processors(agreement: Agreement) -> list[list[str]]:
    """Return name, task and country of the service's sub-processors, for the agreement on data."""
    if agreement.kind == AgreementKind.ACCESSION:
        return []
    rows = SubProcessor.objects.filter(
        on_day(agreement.dated_on) | Q(starts_on__gt=agreement.dated_on),
        service=agreement.participation.service_id,
    )
    return [[row.name, row.task, row.country] for row in rows]
