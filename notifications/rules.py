"""Who may see what was sent."""

import rules

from members.rules import has_office_role, is_office
from members.states import Role


@rules.predicate
def may_retry(user: object) -> bool:
    """Return whether the person may send parked messages again: secretary or administrator."""
    return has_office_role(user, Role.SECRETARY, Role.ADMINISTRATOR)


rules.add_perm("notifications.view_outbox", is_office)
rules.add_perm("notifications.retry_outbox", may_retry)
