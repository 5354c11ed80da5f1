"""What stands against what on an item, by key and in words."""

from governance.choices import MotionKind, PollQuestion
from governance.models import AgendaItem, Motion
from governance.states import MotionState

TODAY, PROPOSAL, REJECT = "today", "proposal", "reject"


def key_of(motion: Motion) -> str:
    """Return the key of a motion in an order of propositions."""
    return f"motion-{motion.number}"


def alternatives(item: AgendaItem, question: str) -> dict[str, str]:
    """Return the proposals that exclude each other, key → wording in Swedish.

    On the formal question: decide today, and each motion to postpone. On the matter: the prepared
    proposal, each amendment, and rejection.
    """
    rows = item.motions.filter(state=MotionState.ADMITTED).select_related("organisation", "mover")
    if question == PollQuestion.FORMAL:
        formal = {key_of(m): wording(m) for m in rows if m.is_formal}
        return {TODAY: "att ärendet avgörs i dag"} | formal
    found = {PROPOSAL: "bifall till förslaget"} if item.proposal else {}
    found |= {key_of(m): wording(m) for m in rows if m.kind == MotionKind.AMEND}
    return found | {REJECT: "avslag"}


def additions(item: AgendaItem) -> list[Motion]:
    """Return the additions that have been put; each is a question of its own."""
    rows = item.motions.filter(state=MotionState.ADMITTED, kind=MotionKind.ADD)
    return list(rows.select_related("organisation", "mover"))


def wording(motion: Motion) -> str:
    """Return what a vote for a motion means, in Swedish."""
    mover = str(motion.organisation or motion.mover)
    phrases = {
        MotionKind.TABLE: "att ärendet bordläggs",
        MotionKind.REFER_BACK: f"att ärendet återremitteras ({mover}): {motion.text}",
        MotionKind.ADD: f"bifall till tillägget från {mover}: {motion.text}",
    }
    return phrases.get(MotionKind(motion.kind), f"bifall till yrkandet från {mover}: {motion.text}")


def nominated(item: AgendaItem) -> list[str]:
    """Return who has been nominated, each name once."""
    rows = item.motions.filter(kind=MotionKind.NOMINATE, state=MotionState.ADMITTED)
    return list(dict.fromkeys(rows.order_by("number").values_list("text", flat=True)))
