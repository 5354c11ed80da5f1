"""Who serves: the vectors of rules.md 1.10, and any sequence of steps keeps the invariants."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from governance.quorum import is_item_quorate, is_quorate
from governance.serving import Body, Conduct, Move, Place, Room, Sitter, Step, room_after

ZONE = ZoneInfo("Europe/Stockholm")
START = datetime(2026, 3, 12, 9, 0, tzinfo=ZONE)
LONG_AGO = date(2020, 1, 1)
COUNCIL = Conduct()
COMMITTEE = Conduct(may_return_same_day=False)
ASSEMBLY = Conduct(may_return_same_day=False, quorum_relaxed_by_recusal=True)
GENERAL_MEETING = Conduct(quorum=False, chair_without_seat=True)


def body(seats: int, *, vacant: int = 0, substitutes: int = 1, chairs=(1, 2)) -> Body:
    """Return a body: seat n has ordinary n and substitutes 100n+1 and on; the last are vacant."""
    places = tuple(Place(n, LONG_AGO) for n in range(1, seats + 1))
    sitters = [Sitter(n, n, 0, LONG_AGO) for n in range(1, seats + 1 - vacant)]
    sitters += [
        Sitter(100 * n + order, n, order, LONG_AGO)
        for n in range(1, seats + 1 - vacant)
        for order in range(1, substitutes + 1)
    ]
    return Body(places, tuple(sitters), tuple(chairs))


class Script:
    """Steps a minute apart, written as calls."""

    def __init__(self, of: Body, conduct: Conduct = COUNCIL) -> None:
        self.body, self.conduct, self.steps, self.now = of, conduct, [], START

    def do(self, kind: Move, person=None, item=None, *, at=None) -> "Script":
        self.now += timedelta(minutes=1)
        step = Step(len(self.steps) + 1, at or self.now, kind, person, item, "room")
        self.steps.append(step)
        return self

    def arrive(self, *people: int) -> "Script":
        for person in people:
            self.do(Move.ARRIVED, person)
        return self

    @property
    def room(self) -> Room:
        return room_after(self.body, self.steps, self.conduct)


@pytest.mark.parametrize(
    ("name", "seats", "present", "quorate"),
    [("Q1", 9, 4, False), ("Q2", 9, 5, True), ("Q3", 10, 5, False), ("Q4", 10, 6, True),
     ("Q5", 2, 1, False)],
)  # fmt: skip
def test_quorum_vectors(name, seats, present, quorate):
    room = Script(body(seats)).arrive(*range(1, present + 1)).room
    assert (room.is_quorate, room.may_decide) == (quorate, quorate)


@pytest.mark.parametrize(
    ("conduct", "decides"), [(COUNCIL, False), (COMMITTEE, False), (ASSEMBLY, True)]
)
def test_q6_recusal_leaves_too_few(conduct, decides):
    script = Script(body(9, substitutes=0), conduct).arrive(1, 2, 3, 4, 5)
    script.do(Move.ITEM_OPENED, item=7).do(Move.RECUSED, 5, 7)
    assert script.room.may_decide is decides
    script.do(Move.ITEM_CLOSED, item=7)
    assert script.room.may_decide


def test_q6_a_substitute_restores_the_quorum():
    script = Script(body(9)).arrive(1, 2, 3, 4, 5).do(Move.ITEM_OPENED, item=7)
    script.do(Move.RECUSED, 5, 7).arrive(501)
    assert script.room.may_decide


def test_q7_vacant_seats_count():
    assert Script(body(9, vacant=1)).arrive(1, 2, 3, 4, 5).room.is_quorate
    assert not Script(body(9, vacant=1)).arrive(1, 2, 3, 4).room.is_quorate


def test_q8_a_coopted_person_does_not_count():
    room = Script(body(9)).arrive(1, 2, 3, 4, 999).room
    assert (room.is_quorate, room.serves(999), 999 in room.present) == (False, False, True)


def test_general_meeting_has_no_quorum():
    room = Script(body(9), GENERAL_MEETING).arrive(1).room
    assert (room.is_quorate, room.may_decide, room.needed) == (True, True, 0)


def test_j1_recused_returns_after_the_item():
    script = Script(body(3)).arrive(1, 2, 3).do(Move.ITEM_OPENED, item=1)
    script.do(Move.RECUSED, 3, 1)
    assert not script.room.serves(3)
    script.do(Move.ITEM_CLOSED, item=1).do(Move.ITEM_OPENED, item=2)
    assert script.room.seat_of(3) == 3


def test_a_recusal_of_another_item_has_no_effect():
    script = Script(body(3)).arrive(1, 2, 3).do(Move.ITEM_OPENED, item=1)
    assert script.do(Move.RECUSED, 3, 9).room.serves(3)


def test_a_recusal_that_ends_lets_the_person_serve():
    script = Script(body(3)).arrive(1, 2, 3).do(Move.ITEM_OPENED, item=1)
    script.do(Move.RECUSED, 3, 1).do(Move.RECUSAL_ENDED, 3, 1)
    assert script.room.serves(3)


@pytest.mark.parametrize(("conduct", "serves"), [(COMMITTEE, False), (COUNCIL, True)])
def test_j2_who_broke_off_does_not_serve_again_that_day(conduct, serves):
    script = Script(body(3), conduct).arrive(1, 2, 3).do(Move.LEFT, 3).arrive(3)
    assert script.room.serves(3) is serves


def test_j2_the_bar_ends_with_the_day():
    script = Script(body(3), COMMITTEE).arrive(1, 2, 3).do(Move.LEFT, 3).do(Move.ADJOURNED)
    assert script.room.adjourned
    script.now += timedelta(days=1)
    script.do(Move.RESUMED)
    assert dict(script.room.present) == {}
    assert script.arrive(3).room.serves(3)


def test_resuming_the_same_day_keeps_who_is_present():
    script = Script(body(3)).arrive(1, 2).do(Move.ADJOURNED).do(Move.RESUMED)
    assert (script.room.adjourned, len(script.room.serving)) == (False, 2)


def test_a_substitute_who_never_served_may_come_back():
    script = Script(body(3), COMMITTEE).arrive(1, 2, 3, 301).do(Move.LEFT, 301).arrive(301)
    assert script.do(Move.LEFT, 3).room.seat_of(301) == 3


def test_j3_a_late_member_takes_the_seat_between_items():
    script = Script(body(3)).arrive(1, 2, 301).do(Move.ITEM_OPENED, item=1).arrive(3)
    assert script.room.serving[3] == 301
    assert script.do(Move.ITEM_CLOSED, item=1).room.serving[3] == 3


def test_who_has_begun_serving_precedes_other_substitutes():
    script = Script(body(2, substitutes=2)).arrive(1, 202).arrive(201)
    assert script.room.serving[2] == 202


def test_substitutes_are_called_in_order():
    script = Script(body(2, substitutes=2)).arrive(1, 2, 202, 201).do(Move.LEFT, 2)
    assert script.room.serving[2] == 201


def test_one_person_never_serves_two_seats():
    double = Body(
        (Place(1, LONG_AGO), Place(2, LONG_AGO)),
        (Sitter(5, 1, 0, LONG_AGO), Sitter(5, 2, 0, LONG_AGO)),
    )
    assert dict(Script(double).arrive(5).room.serving) == {1: 5}


def test_the_vice_presides_when_the_chair_is_recused_or_away():
    script = Script(body(3)).arrive(1, 2, 3).do(Move.ITEM_OPENED, item=1)
    assert script.room.presiding == 1
    assert script.do(Move.RECUSED, 1, 1).room.presiding == 2
    assert script.do(Move.LEFT, 2).room.presiding is None
    assert script.do(Move.CHAIR_CHOSEN, 3).room.presiding == 3


def test_a_chair_without_a_seat_presides_where_the_rules_allow():
    assert Script(body(3, chairs=(9,)), GENERAL_MEETING).arrive(1, 9).room.presiding == 9
    assert Script(body(3, chairs=(9,))).arrive(1, 9).room.presiding is None


def ending(last: date) -> Body:
    seats = tuple(Place(n, LONG_AGO, last if n == 10 else None) for n in range(1, 11))
    return Body(seats, tuple(Sitter(n, n, 0, LONG_AGO) for n in range(1, 11)))


def at_new_year(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "needed", "seats"), [(date(2026, 12, 31), 6, 10), (date(2027, 1, 1), 5, 9)]
)
def test_a_seat_counts_through_its_last_day(day, needed, seats):
    script = Script(ending(date(2026, 12, 31)))
    script.now = at_new_year(day)
    room = script.arrive(10).room
    assert (room.needed, len(room.seats), room.serves(10)) == (needed, seats, seats == 10)


def test_an_item_follows_the_day_it_was_opened_after_midnight():
    script = Script(ending(date(2026, 12, 31)))
    script.now = at_new_year(date(2026, 12, 31))
    script.arrive(*range(1, 11)).do(Move.ITEM_OPENED, item=1)
    script.now = at_new_year(date(2027, 1, 1))
    assert script.do(Move.LEFT, 9).room.serves(10)
    assert not script.do(Move.ITEM_CLOSED, item=1).room.serves(10)


def test_a_mandate_that_begins_later_holds_from_its_day():
    later = Body((Place(1, LONG_AGO),), (Sitter(1, 1, 0, date(2026, 3, 13)),))
    assert not Script(later).arrive(1).room.serves(1)


def test_weights_are_those_of_the_roll():
    weighted = Body((Place(1, LONG_AGO, None, 7), Place(2, LONG_AGO, None, 5)), ())
    assert dict(Script(weighted).arrive(1).room.weights) == {1: 7, 2: 5}


def test_nothing_has_happened():
    room = Script(body(3)).room
    assert (room.seats, room.day, room.is_quorate, room.presiding) == ((), None, False, None)


def test_a_step_without_its_person_is_a_fault():
    with pytest.raises(ValueError, match="names no person"):
        Script(body(3)).do(Move.ARRIVED).room  # noqa: B018 - the property computes


def test_steps_count_by_when_they_happened_not_when_they_were_entered():
    script = Script(body(3)).arrive(1, 2, 3).do(Move.ITEM_OPENED, item=1)
    script.do(Move.LEFT, 3, at=START)
    assert script.room.serves(3)
    late = Step(99, START + timedelta(minutes=4), Move.LEFT, 2)
    assert not room_after(script.body, [late, *script.steps], COUNCIL).serves(2)


PEOPLE = st.sampled_from([1, 2, 3, 4, 5, 101, 201, 301, 401, 501, 102, 202, 999])


class RoomMachine(RuleBasedStateMachine):
    """Arrivals, departures, jäv, items, adjournments and corrections in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.script = Script(body(5, substitutes=2), Conduct(may_return_same_day=False))
        self.item = 0
        self.is_open = False
        self.adjourned = False

    @rule(person=PEOPLE)
    def arrive(self, person):
        self.script.arrive(person)

    @rule(person=PEOPLE)
    def leave(self, person):
        self.script.do(Move.LEFT, person)

    @precondition(lambda self: not self.is_open)
    @rule()
    def open_item(self):
        self.item, self.is_open = self.item + 1, True
        self.script.do(Move.ITEM_OPENED, item=self.item)

    @precondition(lambda self: self.is_open)
    @rule()
    def close_item(self):
        self.is_open = False
        self.script.do(Move.ITEM_CLOSED, item=self.item)

    @precondition(lambda self: self.is_open)
    @rule(person=PEOPLE)
    def recuse(self, person):
        self.script.do(Move.RECUSED, person, self.item)

    @rule(hours=st.integers(0, 30))
    def adjourn_or_resume(self, hours):
        self.script.now += timedelta(hours=hours)
        self.script.do(Move.RESUMED if self.adjourned else Move.ADJOURNED)
        self.adjourned = not self.adjourned

    @precondition(lambda self: self.script.steps)
    @rule(data=st.data())
    def correct(self, data):
        """Strike an arrival or departure out, or give it another time."""
        kinds = {Move.ARRIVED, Move.LEFT}
        places = [n for n, s in enumerate(self.script.steps) if s.kind in kinds]
        if not places:
            return
        place = data.draw(st.sampled_from(places))
        old = self.script.steps.pop(place)
        if data.draw(st.booleans()):
            minutes = data.draw(st.integers(0, 600))
            new = Step(1000 + len(self.script.steps), START + timedelta(minutes=minutes),
                       old.kind, old.person, None, "room")  # fmt: skip
            self.script.steps.append(new)

    @invariant()
    def serving_is_lawful(self):
        room = self.script.room
        people = list(room.serving.values())
        assert len(people) == len(set(people)) <= len(room.seats)
        assert not room.recused & set(people)
        assert set(people) <= set(room.present)
        sitters = {(s.person, s.seat) for s in self.script.body.sitters}
        assert all((person, seat) in sitters for seat, person in room.serving.items())
        assert 999 not in people

    @invariant()
    def quorum_is_by_the_formula(self):
        room = self.script.room
        serving, recused = len(room.serving), room.recused_seats
        seats = len(room.seats)
        assert serving + recused <= seats or seats == 0
        assert room.is_quorate == is_quorate(serving=serving + recused, seats=seats)
        assert room.may_decide == is_item_quorate(
            serving=serving, recused=recused, seats=seats, relaxed_by_recusal=False
        )

    @invariant()
    def who_presides_takes_part(self):
        room = self.script.room
        assert room.presiding is None or room.takes_part(room.presiding)

    @invariant()
    def order_of_entry_is_irrelevant(self):
        steps = list(reversed(self.script.steps))
        assert room_after(self.script.body, steps, self.script.conduct) == self.script.room


RoomMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
test_any_sequence = RoomMachine.TestCase
