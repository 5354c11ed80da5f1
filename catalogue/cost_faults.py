"""Why a cost cannot be split, in words for people: which municipality lacks which figure."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from catalogue.record_states import PartBy

_MISSING = re.compile(r"members\[(\d+)\]\.(\w+): is missing")
_NOTHING = re.compile(r"parts\[(\d+)\]\.by: the members' (\w+) sums to 0")


def in_words(fault: str, names: Sequence[str]) -> str:
    """Return the fault that `split_cost` names by field, told by the members' names.

    `names` are in the order that the members were given. A fault that no model can have by way of
    the pages is returned as it is.
    """
    if found := _MISSING.match(fault):
        return _("%(name)s has no figure for “%(figure)s”.") % {
            "name": names[int(found[1])],
            "figure": PartBy(found[2]).label,
        }
    if found := _NOTHING.match(fault):
        return _("Nobody has any figure above 0 for “%(figure)s”.") % {
            "figure": PartBy(found[2]).label
        }
    if "more than total" in fault:
        return _("The fixed amounts are more than the whole cost.")
    if "not total" in fault:
        return _("The fixed amounts are not the whole cost, and nothing else is shared.")
    return fault
