"""Every cell of the state machines: allowed events lead on, others are refused with a reason."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from core.exceptions import RuleBroken
from governance import minutes_states, states
from governance.minutes_states import DECISION, DECISION_KL, FOLLOW_UP, MINUTES
from governance.states import CASE, ITEM, MEETING, MOTION, POLL, advance

TABLES = {
    "meeting": (MEETING, states.MeetingState),
    "case": (CASE, states.CaseState),
    "item": (ITEM, states.ItemState),
    "motion": (MOTION, states.MotionState),
    "poll": (POLL, states.PollState),
    "minutes": (MINUTES, minutes_states.MinutesState),
    "decision": (DECISION, minutes_states.DecisionState),
    "decision under kommunallagen": (DECISION_KL, minutes_states.DecisionState),
    "follow-up": (FOLLOW_UP, minutes_states.FollowUpState),
}
# The two kinds of bodies share the names of states, and each passes through its own.
ONLY = {
    "decision": {"taken", "adjusted", "in_force", "replaced"},
    "decision under kommunallagen": {
        *("taken", "adjusted", "announced", "appealed", "legally_binding", "annulled", "replaced"),
    },
}
CELLS = [
    (name, state, event, cell)
    for name, (table, __) in TABLES.items()
    for state, events in table.items()
    for event, cell in events.items()
]
FORBIDDEN = [
    (name, state, event)
    for name, (table, __) in TABLES.items()
    for event in sorted({event for events in table.values() for event in events})
    for state in table
    if event not in table[state]
]
# rules.md 1.9, written anew from the text: state, event, state.
DOMAIN = {
    "meeting": """draft summon summoned; summoned summon summoned; draft cancel cancelled;
        summoned cancel cancelled; summoned open open; open adjourn adjourned;
        adjourned resume open; open close closed; adjourned close closed;
        closed adjust adjusted; adjusted archive archived""",
    "case": """registered prepare in_preparation; in_preparation make_ready ready;
        ready prepare in_preparation; ready put_on_agenda on_agenda; on_agenda handle being_handled;
        on_agenda take_off taken_off; on_agenda miss ready; being_handled decide decided;
        being_handled table tabled; being_handled refer_back referred_back;
        being_handled take_off taken_off; being_handled miss ready; tabled put_on_agenda on_agenda;
        referred_back prepare in_preparation; taken_off prepare in_preparation;
        decided dispatch dispatched; dispatched execute executed; executed close closed;
        registered write_off written_off; in_preparation write_off written_off;
        ready write_off written_off; on_agenda write_off written_off;
        being_handled write_off written_off; tabled write_off written_off;
        referred_back write_off written_off; taken_off write_off written_off""",
    "item": """proposed confirm confirmed; proposed withdraw withdrawn; proposed miss not_reached;
        confirmed open opened; confirmed pass noted; confirmed withdraw withdrawn;
        confirmed miss not_reached; opened close_debate debate_closed; opened note noted;
        opened withdraw withdrawn; opened miss not_reached; debate_closed reopen_debate opened;
        debate_closed decide decided; debate_closed table tabled;
        debate_closed refer_back referred_back""",
    "motion": """made withdraw withdrawn; made refuse refused; made admit admitted;
        admitted withdraw withdrawn; admitted carry carried; admitted reject rejected;
        admitted eliminate eliminated; admitted lapse lapsed; refused overrule admitted""",
    "minutes": """draft finish ready; ready send in_adjustment; in_adjustment reject draft;
        in_adjustment refer referred; in_adjustment adjust adjusted; referred reject draft;
        referred adjust adjusted; adjusted announce announced; adjusted archive archived;
        announced take_down taken_down; taken_down archive archived; adjusted rectify adjusted;
        announced rectify announced; taken_down rectify taken_down; archived rectify archived""",
    "decision": """taken adjust adjusted; adjusted take_effect in_force;
        in_force replace replaced""",
    "decision under kommunallagen": """taken adjust adjusted; adjusted announce announced;
        announced gain_force legally_binding; announced appeal appealed; appealed annul annulled;
        appealed dismiss_appeal legally_binding; legally_binding replace replaced;
        legally_binding appeal appealed""",
    "follow-up": """not_begun begin under_way; not_begun finish done; not_begun drop not_relevant;
        under_way finish done; under_way drop not_relevant""",
    "poll": """requested approve approved; requested withdraw withdrawn;
        approved open open; approved withdraw withdrawn; open close closed; closed count counted;
        counted settle settled; counted await_chair awaiting_chair;
        counted await_lot awaiting_lot; awaiting_chair settle settled;
        awaiting_lot settle settled; open invalidate invalid; closed invalidate invalid;
        counted invalidate invalid; awaiting_chair invalidate invalid;
        awaiting_lot invalidate invalid; settled invalidate invalid""",
}


def facts(cell, **changed):
    return {guard.fact: True for guard in cell.guards} | changed


@pytest.mark.parametrize("name", TABLES)
def test_the_table_is_the_one_of_the_domain(name):
    table, choices = TABLES[name]
    written = {tuple(row.split()) for row in DOMAIN[name].split(";")}
    assert {(s, e, c.target) for n, s, e, c in CELLS if n == name} == written
    assert set(table) == ONLY.get(name, set(choices.values))


@pytest.mark.parametrize(("name", "state", "event", "cell"), CELLS)
def test_allowed(name, state, event, cell):
    assert advance(TABLES[name][0], state, event, **facts(cell)) == cell.target


@pytest.mark.parametrize(
    ("name", "state", "event", "cell", "guard"),
    [(*row, guard) for row in CELLS for guard in row[3].guards],
)
def test_each_guard_refuses_with_its_reason(name, state, event, cell, guard):
    with pytest.raises(RuleBroken) as error:
        advance(TABLES[name][0], state, event, **facts(cell, **{guard.fact: False}))
    assert error.value.message == str(guard.reason)


@pytest.mark.parametrize(("name", "state", "event"), FORBIDDEN)
def test_forbidden(name, state, event):
    with pytest.raises(RuleBroken) as error:
        advance(TABLES[name][0], state, event, label=state)
    assert error.value.message


def test_a_guard_that_is_not_answered_is_a_fault_of_the_caller():
    with pytest.raises(KeyError):
        advance(MEETING, "draft", "summon")


def test_every_reason_is_said_in_swedish():
    path = Path(__file__).parents[2] / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        swedish = {message.id: message.string for message in read_po(file, locale="sv")}
    guards = {guard.reason for __, ___, ____, cell in CELLS for guard in cell.guards}
    reasons = [str(r) for r in [*guards, *states.NOT_NOW.values(), states.OTHERWISE]]
    assert [r for r in reasons if not swedish.get(r)] == []
