"""Who may do what with the catalogue."""

from typing import Any

import rules

from members.rules import has_office_role
from members.states import Role


@rules.predicate
def manages_services(user: Any) -> bool:
    """Return whether the person is service manager or administrator at the office."""
    return has_office_role(user, Role.SERVICE_MANAGER, Role.ADMINISTRATOR)


rules.add_perm("catalogue.change_lifecycle", manages_services)
