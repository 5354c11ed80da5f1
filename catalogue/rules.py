"""Who may do what with the catalogue."""

from typing import Any

import rules

from members.models import Representative
from members.states import OrganisationKind, Role


def holds_office_role(user: Any, *roles: str) -> bool:
    """Return whether the person holds one of these roles at the association's office today."""
    if not getattr(user, "is_authenticated", False):
        return False
    held = Representative.objects.with_role(*roles)
    return held.filter(user=user, organisation__kind=OrganisationKind.ASSOCIATION).exists()


@rules.predicate
def manages_services(user: Any) -> bool:
    """Return whether the person is service manager or administrator at the office."""
    return holds_office_role(user, Role.SERVICE_MANAGER, Role.ADMINISTRATOR)


rules.add_perm("catalogue.change_lifecycle", manages_services)
