"""Writing the index: what waits for it, bringing it up to date, building it anew."""

from search.actions.building import Compared, compare_index, rebuild_index, update_index
from search.actions.requesting import request_entries

__all__ = ["Compared", "compare_index", "rebuild_index", "request_entries", "update_index"]
