"""The sheets of a portfolio's workbook: services, agreements, contacts, introductions, papers."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from catalogue.landscape import AreaPicture
from catalogue.portfolio import Portfolio

Sheet = tuple[list[str], Iterable[list[Any]]]


def sheets_of(found: Portfolio, landscape: list[AreaPicture]) -> dict[str, Sheet]:
    """Return a sheet for each part of the portfolio; amounts are öre."""
    return {
        _("Services"): _services(found),
        _("Agreements"): _agreements(found),
        _("Contacts"): _contacts(found),
        _("Introductions"): _onboarding(found),
        _("Documents"): _documents(found),
        _("Coming days"): _days(found),
        _("Stated uses"): _uses(found),
        _("By area"): _areas(landscape),
    }


def _services(found: Portfolio) -> Sheet:
    header = [
        _("Service"),
        _("State"),
        _("First day"),
        _("Last day"),
        _("Ends at the earliest"),
        _("Cost this year without VAT (öre)"),
        _("Cost next year without VAT (öre)"),
        _("Missing contacts"),
        _("Steps done"),
        _("Steps"),
    ]
    return header, (
        [
            row.participation.service.title,
            str(row.participation.get_state_display()),
            row.participation.starts_on,
            row.participation.ends_on,
            row.earliest_end,
            row.this_year and row.this_year.amount,
            row.next_year and row.next_year.amount,
            ", ".join(row.missing),
            row.steps_done,
            row.steps,
        ]
        for row in found.rows
    )


def _agreements(found: Portfolio) -> Sheet:
    header = [_("Service"), _("Agreement"), _("Version"), _("State"), _("Date"), _("Expires on")]
    header += [_("Renewed unless terminated"), _("Checksum (SHA-256)")]
    return header, (
        [
            row.participation.service.title,
            agreement.title,
            agreement.number,
            str(agreement.get_state_display()),
            agreement.dated_on,
            agreement.expires_on,
            _("Yes") if agreement.renews else _("No"),
            agreement.sha256,
        ]
        for row in found.rows
        for agreement in row.agreements
    )


def _contacts(found: Portfolio) -> Sheet:
    header = [_("Service"), _("Answers for"), _("Function"), _("E-mail"), _("Phone")]
    header += [_("Invoice reference"), _("Peppol id"), _("Last looked through")]
    return header, (
        [
            row.participation.service.title,
            str(contact.get_role_display()),
            contact.function,
            contact.email,
            contact.phone,
            contact.reference,
            contact.peppol_id,
            contact.reviewed_on,
        ]
        for row in found.rows
        for contact in row.contacts
    )


def _onboarding(found: Portfolio) -> Sheet:
    header = [_("Service"), _("Step"), _("Responsible"), _("Due"), _("Done")]
    return header, (
        [
            row.participation.service.title,
            step.title,
            str(step.get_side_display()),
            step.due_on,
            step.done_on,
        ]
        for row in found.rows
        for step in row.onboarding
    )


def _documents(found: Portfolio) -> Sheet:
    header = [_("Service"), _("Kind"), _("Title"), _("Version"), _("Date"), _("Retention")]
    return header, (
        [
            row.participation.service.title,
            str(paper.get_kind_display()),
            paper.title,
            paper.version,
            paper.dated_on,
            str(paper.get_retention_display()),
        ]
        for row in found.rows
        for paper in row.documents
    )


def _days(found: Portfolio) -> Sheet:
    header = [_("Date"), _("What"), _("Service"), _("Late")]
    return header, (
        [day.on, day.text, day.participation.service.title, _("Yes") if day.late else _("No")]
        for day in found.deadlines
    )


def _uses(found: Portfolio) -> Sheet:
    header = [_("Service"), _("Source"), _("Address"), _("Date read")]
    return header, ([use.service.title, use.citation, use.url, use.read_on] for use in found.uses)


def _areas(landscape: list[AreaPicture]) -> Sheet:
    header = [_("Area"), _("Joined"), _("According to a source"), _("Not used")]
    return header, (
        [
            area.name,
            *(
                ", ".join(page.title for page in part)
                for part in (area.joined, area.stated, area.others)
            ),
        ]
        for area in landscape
    )
