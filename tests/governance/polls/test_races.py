"""Ballots at the same time, from many sessions, and against closes, on the engine of the run.

Each test that finds nothing has a control in which the protection is taken away and it does.
"""

import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from core import triggers
from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.polls import closing, invalidating, voting
from governance.choices import PollEntry
from governance.models import Ballot, Meeting, Poll
from governance.poll_records import polls_of
from tests.clients import TwoStepClient
from tests.factories.governance import make_body
from tests.governance.polls.builders import closed, open_poll_in, opened

SESSIONS = 200
BALLOTS, CLOSES, SEEDS = 150, 50, 20
THREADS = 12
TOKEN = "t" * 32


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to whoever asked."""

    def redirect_request(self, *_args):
        return None


OPENER = urllib.request.build_opener(NoRedirect, urllib.request.ProxyHandler({}))


def session_of(user) -> str:
    """Log a member in with two steps and return the session's key."""
    client = TwoStepClient()
    client.force_login(user)
    return client.session.session_key


def post_vote(server, poll, session: str, choice: str, gate: threading.Barrier) -> int:
    """Send one ballot as a browser does and return the status."""
    address = f"{server.url}{poll.meeting.room_url}rosta/"
    data = f"votering={poll.pk}&rost={choice}".encode()
    cookies = f"sessionid={session}; csrftoken={TOKEN}"
    headers = {"Cookie": cookies, "X-CSRFToken": TOKEN}
    request = urllib.request.Request(  # noqa: S310 - the test's own server
        address, data=data, headers=headers, method="POST"
    )
    gate.wait()
    try:
        with OPENER.open(request, timeout=120) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture
def big_room(transactional_db):
    body = make_body(SESSIONS, substitutes=False)
    poll = open_poll_in(body)
    return body, Poll.objects.select_related("meeting__council").get(pk=poll.pk)


def test_200_ballots_from_200_sessions_at_once_and_one_ballot_50_times(big_room, live_server):
    body, poll = big_room
    # The test server keeps ten waiting callers; the product's own keeps as many as these.
    live_server.thread.httpd.socket.listen(4 * SESSIONS)
    choices = [random.Random(n).choice(["yes", "no", "abstain"]) for n in range(SESSIONS)]
    sessions = [session_of(user) for user in body.ordinary]
    gate = threading.Barrier(SESSIONS)
    with ThreadPoolExecutor(SESSIONS) as pool:
        done = [
            pool.submit(post_vote, live_server, poll, session, choice, gate)
            for session, choice in zip(sessions, choices, strict=True)
        ]
        statuses = [job.result() for job in done]
    assert set(statuses) == {302}
    stored = list(Ballot.objects.filter(poll=poll).values_list("seat", "choice", "revision"))
    wanted = [(seat.pk, c, 1) for seat, c in zip(body.seats, choices, strict=True)]
    assert sorted(stored) == sorted(wanted)
    # The same ballot 50 times at once is one ballot.
    gate = threading.Barrier(50)
    with ThreadPoolExecutor(50) as pool:
        done = [
            pool.submit(post_vote, live_server, poll, sessions[0], choices[0], gate)
            for __ in range(50)
        ]
        assert {job.result() for job in done} == {302}
    assert Ballot.objects.filter(poll=poll).count() == SESSIONS
    counted = closed(poll.meeting, poll)
    assert sum(counted.result["heads"].values()) == SESSIONS
    assert ledger.verify().fault == ""


class Racers:
    """Threads that keep their connections from one race to the next."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.pool = ThreadPoolExecutor(count)

    def run(self, works: Iterable[Callable[[], Any]]) -> list[Any]:
        """Do the works at the same time, begun in this order, and return what each gave."""
        return [job.result() for job in [self.pool.submit(work) for work in works]]

    def stop(self) -> None:
        """Close the connection of every thread."""
        together = threading.Barrier(self.count)

        def close() -> None:
            together.wait()
            connections.close_all()

        self.run([close] * self.count)
        self.pool.shutdown()


class Race:
    """The ballots of all seats against closes; the first close comes when some have voted.

    No clock is asked: what is done at once is what the threads take from the queue at once.
    """

    def __init__(self, body, poll, seed: int, cast, *, closes: int = 5) -> None:
        self.body, self.poll, self.cast, self.closes = body, poll, cast, closes
        self.chance = random.Random(seed)

    def ballot(self, user, choice: str) -> bool:
        try:
            self.cast(user, self.poll, choice)
        except (RuleBroken, DatabaseError):
            return False
        return True

    def close(self) -> dict:
        meeting = Meeting.objects.get(pk=self.poll.meeting_id)
        poll = Poll.objects.get(pk=self.poll.pk)
        return closing.close_poll(by=SYSTEM, meeting=meeting, poll=poll).result["heads"]

    def run(self, racers: Racers) -> tuple[int, list[dict]]:
        """Return how many ballots were said to be received, and what each close answered."""
        works = [
            partial(self.ballot, user, self.chance.choice(["yes", "abstain"]))
            for user in self.body.ordinary
        ]
        self.chance.shuffle(works)
        early = len(works) * self.chance.randrange(30, 46) // 100
        late = works[early:] + [self.close] * self.closes
        self.chance.shuffle(late)
        answers = racers.run([*works[:early], *late])
        closes = [answer for answer in answers if isinstance(answer, dict)]
        return sum(answer is True for answer in answers), closes


@pytest.fixture
def racers(transactional_db):
    found = Racers(THREADS)
    yield found
    found.stop()


def careful(user, poll, choice) -> None:
    voting.cast_ballot(by=user, poll=poll, choice=choice)


def careless(user, poll, choice) -> None:
    """Look first, write later, without any lock: what the rules must not rest on."""
    row = Poll.objects.get(pk=poll.pk).roll.get(person=user.name_id)
    if Poll.objects.get(pk=poll.pk).state != "open":
        raise RuleBroken("closed")
    time.sleep(0.1)
    Ballot.objects.create(
        poll=poll, seat_id=row.seat_id, choice=choice, person=user.name,
        entry=PollEntry.DEVICE, cast_at=timezone.now(),
    )  # fmt: skip


def raced(size):
    """Return a body and an open poll of it."""
    body = make_body(size, substitutes=False)
    poll = open_poll_in(body)
    for user in body.ordinary:
        user.name  # noqa: B018 - read before the threads
    return body, poll


def next_poll(poll):
    """Return a new open poll in the place of one that was raced."""
    meeting = Meeting.objects.get(pk=poll.meeting_id)
    closed_poll = Poll.objects.select_related("meeting", "item").get(pk=poll.pk)
    again = invalidating.declare_invalid(
        by=SYSTEM, meeting=meeting, poll=closed_poll, reason="Nytt lopp"
    )
    return opened(Meeting.objects.get(pk=meeting.pk), again)


@pytest.mark.slow
def test_every_close_counts_exactly_the_ballots_that_were_received(racers):
    body, poll = raced(BALLOTS)
    for seed in range(SEEDS):
        received, answers = Race(body, poll, seed, careful, closes=CLOSES).run(racers)
        assert len(answers) == CLOSES
        assert len({tuple(sorted(answer.items())) for answer in answers}) == 1
        [record] = polls_of([poll.item_id])[poll.item_id]
        in_the_minutes = sum(record.printed()["result"]["heads"].values())
        rows = Ballot.objects.filter(poll=poll).count()
        assert sum(answers[0].values()) == in_the_minutes == received == rows
        # The race is a race: some ballots came in time and some did not.
        assert 20 * BALLOTS <= 100 * received <= 80 * BALLOTS
        if seed < SEEDS - 1:
            poll = next_poll(poll)
    with transaction.atomic():
        assert ledger.verify().fault == ""


def test_control_without_lock_and_trigger_ballots_slip_in_after_the_count(racers):
    body, poll = raced(12)
    triggers.drop_for_tests(connection)
    found = []
    for seed in range(3):
        received, answers = Race(body, poll, seed, careless).run(racers)
        found.append(received - min(sum(answer.values()) for answer in answers))
        if any(found):
            break
        poll = next_poll(poll)
    assert any(found)


def test_control_the_trigger_alone_keeps_late_ballots_out(racers):
    body, poll = raced(12)
    received, answers = Race(body, poll, 1, careless).run(racers)
    assert received == Ballot.objects.filter(poll=poll).count() == sum(answers[0].values())
