"""The votes behind decisions, as a list shows them: tiles and a few words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.models import Poll
from governance.poll_input import PollKind
from governance.states import PollState

MOST_TILES = 30


def with_votes(decisions: list[Any]) -> list[Any]:
    """Give each decision by poll its votes in words and tiles, by one query for all.

    The votes are those of the last poll that settled it, counted by heads.
    """
    polls = Poll.objects.filter(decision__in=decisions, state=PollState.SETTLED)
    rows = polls.exclude(kind=PollKind.ELECTION.value).order_by("number")
    counted = {row.decision_id: (row.result or {}).get("heads") for row in rows}
    for decision in decisions:
        heads = counted.get(decision.pk)
        if heads:
            decision.votes = _in_words(heads)
            total = sum(heads.values())
            shown = ("yes", "no", "abstain") if total <= MOST_TILES else ()
            decision.tiles = [name for name in shown for __ in range(heads[name])]
    return decisions


def _in_words(heads: dict[str, int]) -> str:
    """Return the votes as words: 9 yes, 2 no, 1 abstained."""
    if heads["yes"] and not heads["no"] and not heads["abstain"]:
        return _("Unanimous")
    said = {
        "yes": _("%(count)d yes"),
        "no": _("%(count)d no"),
        "abstain": pgettext("votes", "%(count)d abstained"),
    }
    return ", ".join(said[name] % {"count": heads[name]} for name in said if heads[name])
