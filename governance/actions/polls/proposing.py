"""What stands against what: the proposals of an item, the request for a poll, the order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.polls.alternatives import (
    PROPOSAL,
    REJECT,
    TODAY,
    additions,
    alternatives,
    key_of,
    nominated,
    wording,
)
from governance.actions.polls.entering import chain, step_poll
from governance.actions.polls.opening import require_equal_weights
from governance.actions.recording import enter_room, item_in, record, require_open
from governance.actions.room import deciding
from governance.actions.room.deciding import poll_asked
from governance.actions.room.items import pending_finding, standing_polls
from governance.choices import EventKind, ItemKind, MotionKind, PollQuestion
from governance.models import AgendaItem, Meeting, Motion, Poll, PropositionOrder
from governance.poll_input import PollKind
from governance.polls import Base, PollInputError, Rule, RuleType
from governance.profiles import postponement_rule
from governance.propositions import PollStep, WinnerOf, plan_polls
from governance.states import ItemState, MotionState, PollState
from members.models import PersonName

RULES: Mapping[str, Rule] = {
    "simple": Rule(RuleType.SIMPLE),
    "absolute": Rule(RuleType.ABSOLUTE),
    "two_thirds": Rule(RuleType.QUALIFIED, 2, 3),
    "three_quarters": Rule(RuleType.QUALIFIED, 3, 4),
    "unanimous": Rule(RuleType.UNANIMOUS),
}
"""What the meeting can choose from; the base is chosen beside it."""


@transaction.atomic
def request_poll(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    person: PersonName,
    is_secret: bool = False,
) -> Poll:
    """Request a poll after the finding and before the gavel (vector V23).

    In an election the poll is between the nominated, in secret when that is asked for. Raises
    RuleBroken when there is no finding, when the gavel has fallen, when a poll is already asked
    for, and for a person who does not serve.
    """
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if poll_asked(item) is not None:
        raise RuleBroken(_("A poll has already been requested."))
    deciding.request_poll(by=by, meeting=meeting, item=item, person=person)
    meeting.refresh_from_db()
    finding = pending_finding(item)
    question = PollQuestion(finding.data["question"])
    if item.kind == ItemKind.ELECTION and question == PollQuestion.MAIN:
        return request_election(
            by=by, meeting=meeting, item=item, person=person, is_secret=is_secret
        )
    poll = new_poll(meeting, item, question=question, title=_title(item, question))
    poll.requested_by = person
    poll.save()
    chain(poll, "poll_requested", item=item.pk, by=person.pk)
    return poll


@transaction.atomic
def withdraw_request(*, by: Any, meeting: Meeting, item: AgendaItem) -> None:
    """Record that the request was taken back, so that acclamation stands.

    An election may have been asked for before anything was found: then the poll is taken back
    too. Raises RuleBroken when nothing is requested, and once a poll has been opened.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    rows = standing_polls(item)
    if rows.exclude(pk__in=rows.ahead()).exists():
        raise RuleBroken(_("A poll has been opened: it decides."))
    if poll_asked(item) is None and rows.exists():
        record(meeting, EventKind.POLL_WITHDRAWN, by=by, item=item)
    else:
        deciding.withdraw_poll_request(by=by, meeting=meeting, item=item)
        meeting.refresh_from_db()
    withdraw_polls(meeting, rows.ahead())


def withdraw_polls(meeting: Meeting, polls: Iterable[Poll]) -> None:
    """Take back polls that have not been opened."""
    for poll in polls:
        poll.meeting = meeting
        step_poll(poll, "withdraw")
        poll.save()
        chain(poll, "poll_withdrawn")


@dataclass(frozen=True)
class Terms:
    """What the meeting settles besides the order: how much the last poll needs.

    `must_choose`: nobody may abstain (kommunallagen 4:26, myndighetsutövning).
    """

    rule: str = "simple"
    base: str = ""
    must_choose: bool = False

    def as_rule(self) -> Rule:
        """Return the rule; raises RuleBroken for one that is not offered."""
        try:
            chosen = RULES[self.rule]
            base = Base(self.base) if self.base else None
            return Rule(chosen.type, chosen.numerator, chosen.denominator, base)
        except (KeyError, ValueError, PollInputError) as error:
            raise RuleBroken(_("Choose how much the proposal needs."), field="rule") from error


@transaction.atomic
def approve_order(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    main: str = "",
    contenders: Sequence[str] = (),
    polled_additions: Sequence[Motion] = (),
    terms: Terms | None = None,
) -> list[Poll]:
    """Approve the order of the propositions: what yes and no mean in each poll (rules.md 1.3).

    Without `main` the proposal that the chair found carried is the main one; `contenders` are the
    others in the order in which they meet, all of them when left out. Each addition that is
    polled gets a poll of its own. Raises RuleBroken when no poll was requested, when an order is
    already approved, and for a proposal that has not been put.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    require_open(meeting)
    finding = pending_finding(item)
    if finding is None or poll_asked(item) is None:
        raise RuleBroken(_("Nobody has requested a poll."))
    asked = standing_polls(item)
    if asked.exclude(state=PollState.REQUESTED).exists():
        raise RuleBroken(_("The order of the propositions is already approved."))
    question = PollQuestion(finding.data["question"])
    chosen = _choose(item, question, finding, main, contenders)
    rule = _last_rule(meeting, item, question, chosen, terms or Terms())
    order = PropositionOrder.objects.create(
        item=item,
        question=question,
        main=chosen[0],
        contenders=chosen[1:],
        approved_at=timezone.now(),
        approved_by_id=getattr(by, "pk", None),
    )
    must_choose = bool(terms and terms.must_choose) and meeting.profile().must_vote_in_authority
    polls = _chain_polls(meeting, item, order, rule, must_choose=must_choose, first=asked.first())
    if question == PollQuestion.MAIN:
        polls += _addition_polls(meeting, item, order, polled_additions, must_choose=must_choose)
    return polls


def _choose(
    item: AgendaItem, question: str, finding: Any, main: str, contenders: Sequence[str]
) -> list[str]:
    """Return the main proposal and then the contenders in order."""
    offered = alternatives(item, question)
    first = main or (TODAY if question == PollQuestion.FORMAL else _found(item, finding))
    rest = [key for key in contenders if key != first]
    rest = rest or _contenders(item, question, offered, first)
    if first not in offered or not rest or not set(rest) <= set(offered) - {first}:
        raise RuleBroken(_("Only proposals that have been put stand against each other."))
    if question == PollQuestion.FORMAL and first != TODAY:
        raise RuleBroken(_("Yes means that the matter is decided today."))
    needed = set(_contenders(item, question, offered, first))
    if len(set(rest)) != len(rest) or not needed <= set(rest):
        raise RuleBroken(_("Every proposal that has been put takes part once."))
    return [first, *rest]


def preset_order(item: AgendaItem, question: str) -> list[str]:
    """Return the order that is approved when nobody chooses another: the main proposal first."""
    finding = pending_finding(item)
    if finding is None:
        return []
    main = TODAY if question == PollQuestion.FORMAL else _found(item, finding)
    return [main, *_contenders(item, question, alternatives(item, question), main)]


def _found(item: AgendaItem, finding: Any) -> str:
    """Return the proposal that the chair found carried."""
    amend = item.motions.filter(number__in=finding.data["motions"], kind=MotionKind.AMEND).first()
    if amend is not None:
        return key_of(amend)
    return PROPOSAL if finding.data["proposal"] and item.proposal else REJECT


def _contenders(
    item: AgendaItem, question: str, offered: Mapping[str, str], main: str
) -> list[str]:
    """Return the other proposals; rejection only when moved, or when nothing else stands."""
    rest = [key for key in offered if key not in {main, REJECT}]
    moved = item.motions.filter(state=MotionState.ADMITTED, kind=MotionKind.REJECT).exists()
    if question == PollQuestion.MAIN and main != REJECT and (moved or not rest):
        rest.append(REJECT)
    return rest


def _last_rule(
    meeting: Meeting, item: AgendaItem, question: str, chosen: Sequence[str], terms: Terms
) -> Rule:
    """Return the rule of the last poll; a formal question has the rule of the profile."""
    if question == PollQuestion.FORMAL:
        return postponement_rule(
            meeting.profile(),
            first_request=not _postponed_before(item),
            election=item.kind == ItemKind.ELECTION,
        )
    rule = terms.as_rule()
    if rule.type is not RuleType.SIMPLE and chosen[0] == REJECT:
        raise RuleBroken(_("A qualified majority is asked of a proposal, not of a rejection."))
    return rule


def _postponed_before(item: AgendaItem) -> bool:
    """Tell whether a minority has postponed the same case before (kommunallagen 5:50, R5)."""
    if item.case_id is None:
        return False
    earlier = Poll.objects.filter(
        item__case=item.case_id,
        question=PollQuestion.FORMAL,
        rule_type=RuleType.MINORITY.value,
        state=PollState.SETTLED,
    )
    return earlier.exclude(winner=TODAY).exists()


def _chain_polls(
    meeting: Meeting,
    item: AgendaItem,
    order: PropositionOrder,
    last: Rule,
    *,
    must_choose: bool,
    first: Poll | None,
) -> list[Poll]:
    """Make the n - 1 polls of an order; the one that was requested is the first of them."""
    steps = plan_polls(order.main, order.contenders)
    texts = alternatives(item, order.question)
    polls: list[Poll] = []
    for step in steps:
        is_last = step is steps[-1]
        poll = first if first and not polls else new_poll(meeting, item, question=order.question)
        poll.order, poll.step = order, step.number
        poll.title = _title(item, order.question) if is_last else f"Motförslag: {item.title}"[:300]
        _set_sides(poll, step, texts)
        set_rule(poll, last if is_last else Rule(RuleType.SIMPLE))
        poll.must_choose = must_choose
        polls.append(_approved(poll, meeting))
    return polls


def _set_sides(poll: Poll, step: PollStep, texts: Mapping[str, str]) -> None:
    for name, side in (("yes", step.yes), ("no", step.no)):
        known = not isinstance(side, WinnerOf)
        text = texts[str(side)] if known else f"det som vinner omröstning {side.step}"  # type: ignore[union-attr]
        setattr(poll, f"{name}_key", side if known else "")
        setattr(poll, f"{name}_means", text)


def _addition_polls(
    meeting: Meeting,
    item: AgendaItem,
    order: PropositionOrder,
    motions: Sequence[Motion],
    *,
    must_choose: bool,
) -> list[Poll]:
    """Make a poll of yes against no for each addition, after those of the order."""
    put = {motion.pk: motion for motion in additions(item)}
    if any(motion.pk not in put for motion in motions):
        raise RuleBroken(_("Only proposals that have been put stand against each other."))
    polls: list[Poll] = []
    for motion in motions:
        poll = new_poll(meeting, item, question=PollQuestion.ADDITION)
        poll.order, poll.step = order, len(order.contenders) + len(polls) + 1
        poll.title = f"Tillägg: {motion.text}"[:300]
        poll.yes_key, poll.no_key = key_of(motion), REJECT
        poll.yes_means, poll.no_means = wording(put[motion.pk]), "avslag på tillägget"
        poll.must_choose = must_choose
        polls.append(_approved(poll, meeting))
    return polls


def new_poll(meeting: Meeting, item: AgendaItem, *, question: str, **fields: Any) -> Poll:
    """Return a poll on an item with the next number, not saved."""
    last = Poll.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0
    return Poll(
        council=meeting.council,
        meeting=meeting,
        item=item,
        number=last + 1,
        question=question,
        requested_at=timezone.now(),
        **fields,
    )


def set_rule(poll: Poll, rule: Rule) -> None:
    """Write a rule into a poll that has not been opened."""
    poll.rule_type = rule.type.value
    poll.numerator, poll.denominator = rule.numerator, rule.denominator
    poll.base = rule.base.value if rule.base else ""


def _approved(poll: Poll, meeting: Meeting) -> Poll:
    step_poll(poll, "approve", order_approved=True)
    poll.meeting = meeting
    poll.save()
    chain(poll, "poll_approved", terms=poll.terms())
    return poll


@transaction.atomic
def request_election(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    person: PersonName,
    is_secret: bool = False,
) -> Poll:
    """Let a poll elect between the nominated, openly or in secret when somebody asks for it.

    Each voter names at most as many as there are places. Raises RuleBroken before the debate is
    closed, without nominations, for a person who does not serve, after the gavel, and for a
    secret poll of seats that weigh differently.
    """
    if getattr(by, "name_id", None) != person.pk:
        require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    require_open(meeting)
    _check_election(meeting, item, person)
    if is_secret:
        require_equal_weights(meeting)
    names = nominated(item)
    if not names and not meeting.profile().write_in:
        raise RuleBroken(_("Nobody has been nominated."))
    if poll_asked(item) is None:
        record(meeting, EventKind.POLL_REQUESTED, by=by, item=item, person=person)
    poll = new_poll(
        meeting,
        item,
        question=PollQuestion.ELECTION,
        kind=PollKind.ELECTION.value,
        title=item.title[:300],
        candidates=names,
        positions=item.positions,
        is_secret=is_secret,
        requested_by=person,
    )
    poll.save()
    chain(poll, "poll_requested", item=item.pk, by=person.pk)
    return _approved(poll, meeting)


def _check_election(meeting: Meeting, item: AgendaItem, person: PersonName) -> None:
    """Raise RuleBroken when the person may not ask for a poll between the nominated now."""
    if item.kind != ItemKind.ELECTION or item.chooses_adjusters:
        raise RuleBroken(_("Persons are elected in items of election."))
    if item.state != ItemState.DEBATE_CLOSED:
        raise RuleBroken(_("Close the debate before the proposals are put."))
    if not meeting.room().takes_part(person.pk):
        raise RuleBroken(_("Only those who serve take part in the item."))
    if standing_polls(item).exists():
        raise RuleBroken(_("A poll has already been requested."))


def _title(item: AgendaItem, question: str) -> str:
    if question == PollQuestion.FORMAL:
        return "Ska ärendet avgöras i dag?"
    return item.title[:300]
