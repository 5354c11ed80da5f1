"""What a record says at a glance: how far it has come, what is needed now, by whom and when."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.actions import guards
from catalogue.actions.leaving import proposed_end
from catalogue.actions.transitions import actor_of
from catalogue.joining_states import (
    AGREED_STATES,
    BEFORE_SIGNING,
    BY_PAIR,
    PATH,
    Guard,
    ParticipationState,
    Side,
    Transition,
    steps_from,
)
from catalogue.models import Participation
from catalogue.owed import Owed, owed_since
from catalogue.views_joining.deeds import BY_SLUG
from members.models import Membership

S = ParticipationState

DEED_OF_GUARD: dict[Guard, str] = {
    Guard.DECISION: "beslut",
    Guard.MEMBERSHIP: "medlemskap",
    Guard.LEGAL_BASIS: "lagstod",
    Guard.AGREEMENT_READY: "utkast",
    Guard.DATA_PROTECTION_READY: "utkast",
    Guard.ACCEPTANCE: "godkannande",
    Guard.CONTACTS: "kontakt",
    Guard.DATA_RETURNED: "data-aterlamnad",
    Guard.DELETION_CERTIFIED: "radering",
    Guard.ACCOUNTS_CLOSED: "konton",
    Guard.SETTLED: "slutreglering",
}
"""The deed that puts in place what a guard asks for."""

DEED_OF_STEP: dict[ParticipationState, str] = {
    S.AGREEMENT_SENT: "skicka",
    S.TERMINATED: "uppsagning",
}
"""The deed that takes a step which no form of its own takes, by where the step leads."""

ANCHOR_OF_GUARD = {
    Guard.AGREEMENT_SIGNED: "#avtal",
    Guard.DATA_PROTECTION_SIGNED: "#avtal",
}
"""Where on the record the agreements to sign are listed."""

_SHUT = (Guard.SAME_AS_BEFORE, Guard.SIGNED_BEFORE_PAUSE)


def path_of(row: Participation) -> list[dict[str, Any]]:
    """Return the straight way in, with how far the participation has come."""
    state = S(row.state)
    here = S(row.paused_from) if state == S.PAUSED else state
    place = PATH.index(here) if here in PATH else len(PATH)
    return [
        {"label": known.label, "done": number < place, "current": number == place}
        for number, known in enumerate(PATH)
    ]


def ways_of(user: Any, row: Participation) -> dict[str, list[dict[str, Any]]]:
    """Return the steps out of the present state: those onward first, and the other ways."""
    offered = [
        step
        for step in steps_from(row.state)
        if not any(guard in _SHUT for guard in guards.unmet(row, step))
    ]
    found: dict[str, list[dict[str, Any]]] = {"onward": [], "other": []}
    for step in offered:
        found["onward" if _leads_onward(step) else "other"].append(needs_of(user, row, step))
    return found


def _leads_onward(step: Transition) -> bool:
    """Return whether a step goes on the way in, out of a pause, or on through the leaving."""
    if step.new in (S.WINDING_UP, S.ENDED) or step.old == S.PAUSED:
        return step.new != S.TERMINATED
    return step.old in PATH and step.new in PATH


def needs_of(user: Any, row: Participation, step: Transition) -> dict[str, Any]:
    """Return what a step needs: each guard with whether it is met, and who takes the step.

    What is missing carries the address where the person may put it in place, if the person may.
    """
    unmet = guards.unmet(row, step)
    side = _side(user, row)
    mine = side is not None and step.side in (Side.EITHER, side)
    who = (
        _("The signatories of both sides")
        if step.old == S.AGREEMENT_SENT and not step.by_hand
        else step.side.label
    )
    return {
        "step": step,
        "label": step.label,
        "who": who,
        "guards": [
            {
                "label": guard.label,
                "met": guard not in unmet,
                "url": _guard_url(user, row, guard) if guard in unmet else "",
            }
            for guard in step.guards
        ],
        "ready": not unmet,
        "mine": mine,
        "url": _step_url(user, row, step) if mine else "",
        "waits_for": "" if mine and step.by_hand else who,
    }


def _guard_url(user: Any, row: Participation, guard: Guard) -> str:
    """Return where the person puts in place what a guard asks for; nothing without the right."""
    if guard in ANCHOR_OF_GUARD:
        return ANCHOR_OF_GUARD[guard] if row.agreements.exists() else ""
    return _deed_url(user, row, DEED_OF_GUARD.get(guard))


def _step_url(user: Any, row: Participation, step: Transition) -> str:
    if step.by_hand:
        return reverse("catalogue:participation_step", args=[row.pk, step.new])
    if step.old == S.TERMINATED:
        return _deed_url(user, row, "aterta-uppsagning")
    return _deed_url(user, row, DEED_OF_STEP.get(step.new))


def _deed_url(user: Any, row: Participation, slug: str | None) -> str:
    if slug is None or not BY_SLUG[slug].is_open_to(user, row):
        return ""
    return reverse("catalogue:participation_deed", args=[row.pk, slug])


def _side(user: Any, row: Participation) -> Side | None:
    try:
        return actor_of(user, row).side
    except PermissionDenied:
        return None


def days_of(row: Participation) -> list[tuple[str, date]]:
    """Return the days that matter in the present state, each with what it is."""
    decision = row.decisions.last()
    termination = guards.termination_of(row)
    agreed = row.state in AGREED_STATES and row.starts_on
    days: list[tuple[str, date | None]] = [
        (_("In this state since"), timezone.localdate(row.state_since)),
        (_("Decided on"), decision and decision.decided_on),
        (_("Legal force"), decision and decision.final_on),
        (_("First day"), row.starts_on),
        (_("Planned first day of use"), None if row.production_on else row.go_live_on),
        (_("In use since"), row.production_on),
        (_("Notice received"), termination and termination.received_on),
        (_("Last day"), row.ends_on),
        (_("Ends at the earliest"), proposed_end(row, timezone.localdate()) if agreed else None),
    ]
    return [(label, day) for label, day in days if day]


def gaps_of(row: Participation) -> list[str]:
    """Return what a participation that was taken over lacks of what the way in would have asked."""
    if not row.taken_over:
        return []
    agreed = BY_PAIR[(S.AGREEMENT_SENT, S.AGREEMENT_SIGNED)]
    sent = BY_PAIR[(S.DECIDED, S.AGREEMENT_SENT)]
    decided = BY_PAIR[(S.DECISION_PENDING, S.DECIDED)]
    used = BY_PAIR[(S.ONBOARDING, S.PRODUCTION)]
    found = [guard for way in (decided, agreed) for guard in guards.unmet(row, way)]
    found += [guard for guard in guards.unmet(row, sent) if guard == Guard.LEGAL_BASIS]
    found += guards.unmet(row, used) if row.production_on else []
    return [str(guard.label) for guard in dict.fromkeys(found)]


def membership_of(row: Participation) -> dict[str, Any] | None:
    """Return what an organisation outside the association must do first; None for a member."""
    if row.state not in BEFORE_SIGNING:
        return None
    rows = Membership.objects.filter(organisation=row.organisation_id)
    if rows.exclude(ends_on__lt=timezone.localdate()).exists():
        return None
    return {"applied_on": row.membership_applied_on}


def others_together(user: Any, row: Participation) -> list[Participation]:
    """Return the others of the group that joins together, as far as the person may know them."""
    if row.group_id is None:
        return []
    rows = Participation.objects.visible_to(user).filter(group=row.group_id).exclude(pk=row.pk)
    return list(rows.select_related("organisation").order_by("organisation__name"))


def owed_by(row: Participation) -> list[Owed]:
    """Return what one that leaves has been charged since the notice, and what is still to come."""
    termination = guards.termination_of(row)
    return owed_since(row, termination) if termination else []
