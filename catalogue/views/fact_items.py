"""The facts of a service in words, for the facts box and for comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalogue import licences
from catalogue.models import ServicePage
from catalogue.states import AccessibilityStatus, AIUse, FactField, PersonalData


@dataclass(frozen=True)
class FactItem:
    """One fact: its name, its value in words, and what is said beside it.

    `content` tells that the value is the editor's own Swedish text, not the interface's words.
    """

    field: str
    label: str
    value: str
    note: str = ""
    url: str = ""
    content: bool = True


def fact_items(service: ServicePage, *, areas: list[str], donors: list[str]) -> list[FactItem]:
    """Return every fact of the facts box that a service may tell, in order, told or not.

    `areas` and `donors` hold names; they are rows of their own that the caller has read.
    """
    return [
        _item(FactField.OWNED_BY, service.owner_name),
        _item(FactField.ORIGIN, service.origin),
        _item(FactField.DONORS, ", ".join(donors)),
        _item(FactField.AREAS, ", ".join(areas)),
        _item(FactField.TARGET_GROUPS, service.target_groups),
        _item(FactField.CONTACT_FUNCTION, *_contact(service)),
        _item(FactField.WEBSITE, service.website, url=service.website),
        _item(FactField.LICENCE, service.licence, url=licences.spdx_url(service.licence)),
        _item(
            FactField.SOURCE_REPOSITORY, service.source_repository, url=service.source_repository
        ),
        _item(FactField.TECHNOLOGY, service.technology),
        _item(FactField.STANDARDS, service.standards),
        _choice(
            FactField.PERSONAL_DATA,
            service.get_personal_data_display(),
            told=service.personal_data != PersonalData.UNKNOWN,
            note=service.personal_data_note,
        ),
        _item(FactField.CONFIDENTIALITY, klassa(service), content=False),
        _choice(
            FactField.ACCESSIBILITY,
            service.get_accessibility_display(),
            told=service.accessibility != AccessibilityStatus.UNKNOWN,
            url=service.accessibility_url,
        ),
        _item(FactField.LANGUAGES, service.languages),
        _item(FactField.HOSTING, service.hosting),
        _choice(
            FactField.AI_USE,
            service.get_ai_use_display(),
            told=service.ai_use != AIUse.UNKNOWN,
            note=service.ai_note,
        ),
        _choice(
            FactField.OPEN_FOR_NEW_MEMBERS,
            _("Yes") if service.open_for_new_members else _("No"),
            told=True,
        ),
    ]


def klassa(service: ServicePage) -> str:
    """Write the information class as K2 R3 T1, with the letters that are stated."""
    levels: Mapping[str, int | None] = {
        "K": service.confidentiality,
        "R": service.integrity,
        "T": service.availability,
    }
    return " ".join(f"{letter}{level}" for letter, level in levels.items() if level is not None)


def _item(field: FactField, value: str, note: str = "", url: str = "", **more: Any) -> FactItem:
    return FactItem(field, str(field.label), value, note, url, **more)


def _choice(field: FactField, value: str, *, told: bool, note: str = "", url: str = "") -> FactItem:
    shown = value if told or note else ""
    return FactItem(field, str(field.label), shown, note, url, content=False)


def _contact(service: ServicePage) -> tuple[str, str, str]:
    if not service.contact_email:
        return service.contact_function, "", ""
    shown = service.contact_function or service.contact_email
    return shown, "", f"mailto:{service.contact_email}"
