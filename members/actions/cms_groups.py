"""Rights in the CMS follow from roles at the office, and from nothing else."""

from django.contrib.auth.models import Group
from django.db import transaction

from members.models import User
from members.standing import standing_of
from members.states import CMS_GROUPS


def wanted_groups(user: User) -> frozenset[str]:
    """Return the names of the groups that the person's roles give today."""
    standing = standing_of(user)
    return frozenset(group for role, group in CMS_GROUPS.items() if standing.holds(role))


def apply_cms_groups(*, user: User) -> None:
    """Give the account exactly the CMS groups that its roles of today give.

    Called by every action that changes a role, within its transaction, at each visit to the CMS
    and once a day, since a role may also begin or end by its date. Never called with a choice:
    the roles are the only source.
    """
    wanted = wanted_groups(user)
    held = set(user.groups.values_list("name", flat=True))
    if held == wanted:
        return
    with transaction.atomic():
        groups = [Group.objects.get_or_create(name=name)[0] for name in sorted(wanted)]
        user.groups.set(groups)


def apply_all_cms_groups() -> int:
    """Correct every account whose groups differ from its roles of today; return how many."""
    differing = User.objects.cms_group_differences()
    for user in User.objects.filter(pk__in=differing):
        apply_cms_groups(user=user)
    return len(differing)
