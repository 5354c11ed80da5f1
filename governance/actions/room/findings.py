"""What the chair may find carried by acclamation: which proposals exclude each other."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import RuleBroken
from governance.choices import FORMAL_MOTIONS, ItemKind, MotionKind
from governance.models import AgendaItem, Motion
from governance.states import MotionState

FORMAL, MAIN = "formal", "main"


def found_of(item: AgendaItem, *, proposal: bool, motions: Sequence[Motion]) -> dict[str, Any]:
    """Return a finding as its event keeps it: the question, and what was carried.

    Formal motions are put first. Raises RuleBroken for a motion that has not been put on the
    item, and for what acclamation cannot give.
    """
    formal = admitted(item, formal=True)
    wanted = {motion.pk: motion for motion in formal or admitted(item, formal=False)}
    if {motion.pk for motion in motions} - set(wanted):
        raise RuleBroken(_("Only motions that have been put can be found carried."))
    carried = [wanted[pk] for pk in dict.fromkeys(motion.pk for motion in motions)]
    if formal and (proposal or len(carried) > 1):
        raise RuleBroken(_("First comes the question whether the matter is decided today."))
    if not formal:
        proposal, carried = _answered(carried, proposal=proposal)
        _check_main(item, proposal=proposal, carried=carried)
    return {
        "question": FORMAL if formal else MAIN,
        "proposal": proposal,
        "motions": sorted(motion.number for motion in carried),
    }


def admitted(item: AgendaItem, *, formal: bool) -> list[Motion]:
    """Return the motions that have been put: those on when to decide, or those on the matter."""
    rows = item.motions.filter(state=MotionState.ADMITTED)
    return [motion for motion in rows if (motion.kind in FORMAL_MOTIONS) == formal]


def _answered(carried: list[Motion], *, proposal: bool) -> tuple[bool, list[Motion]]:
    """Return whether the prepared proposal was carried, and the motions with a text of their own.

    Approval and rejection are moved of the prepared proposal and say nothing else (rules.md 1.3):
    a motion of approval that was carried is the proposal carried, one of rejection is nothing.
    """
    kinds = {motion.kind for motion in carried}
    proposal = proposal or MotionKind.APPROVE in kinds
    if MotionKind.REJECT in kinds and (proposal or kinds != {MotionKind.REJECT}):
        raise RuleBroken(_("A rejection excludes every other proposal."))
    answers = {MotionKind.APPROVE, MotionKind.REJECT}
    return proposal, [motion for motion in carried if motion.kind not in answers]


def _check_main(item: AgendaItem, *, proposal: bool, carried: list[Motion]) -> None:
    """Refuse a finding that acclamation cannot give on the matter itself."""
    if proposal and not item.proposal:
        raise RuleBroken(_("There is no prepared proposal on this item."))
    amended = sum(motion.kind == MotionKind.AMEND for motion in carried)
    if amended + proposal > 1:
        raise RuleBroken(_("The proposals exclude each other: only one of them is carried."))
    if item.kind == ItemKind.ELECTION:
        _check_elected(item, carried)
    elif not proposal and not amended and item.proposal:
        if carried:
            raise RuleBroken(_("An addition is carried together with what it adds to."))
        rejection = item.motions.filter(kind=MotionKind.REJECT, state=MotionState.ADMITTED)
        if not rejection.exists():
            raise RuleBroken(_("Nobody has moved rejection."))


def _check_elected(item: AgendaItem, carried: list[Motion]) -> None:
    names = [m for m in carried if m.kind == MotionKind.NOMINATE]
    nominated = item.motions.filter(kind=MotionKind.NOMINATE, state=MotionState.ADMITTED).count()
    if len(names) != item.positions or nominated != item.positions:
        raise RuleBroken(
            _("By acclamation there must be one name for each place; else a poll decides.")
        )
