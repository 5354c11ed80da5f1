"""Which facts a service tells, and which of them nobody has accounted for."""

from catalogue.models import ServicePage
from catalogue.states import AccessibilityStatus, AIUse, FactField, PersonalData

# What the association decides itself rather than learns from a source.
STRUCTURAL = frozenset({FactField.AREAS})
ROWS = {
    FactField.FEATURES,
    FactField.DONORS,
    FactField.STATED_USES,
    FactField.DOCUMENTS,
    FactField.CONTRACTS,
    FactField.RELATIONS,
    FactField.ROADMAP,
    FactField.AREAS,
}
UNKNOWN = {PersonalData.UNKNOWN, AccessibilityStatus.UNKNOWN, AIUse.UNKNOWN}
BESIDE = {
    FactField.OWNED_BY: ("owner_text",),
    FactField.STATED_USER_COUNT: ("stated_user_text",),
    FactField.CONFIDENTIALITY: ("integrity", "availability"),
    FactField.CONTACT_FUNCTION: ("contact_email",),
}


def told(page: ServicePage) -> set[str]:
    """Return the facts that the page tells, that is whose columns or rows are filled."""
    return {fact for fact in FactField.values if _is_told(page, fact)}


def _is_told(page: ServicePage, fact: str) -> bool:
    if fact in ROWS:
        return getattr(page, fact).exists()
    values = [getattr(page, name) for name in (fact, *BESIDE.get(fact, ()))]
    return any(value not in {None, "", False, *UNKNOWN} for value in values)


def unaccounted(page: ServicePage) -> set[str]:
    """Return the facts that have neither a source nor the mark of an example."""
    sourced = set(page.sources.values_list("field", flat=True))
    return told(page) - sourced - set(page.example_fields) - STRUCTURAL
