"""Ballots at the same time, from many sessions, and against closes, on the engine of the run.

Each test that finds nothing has a control in which the protection is taken away and it does.
"""

import random
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import partial

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
from tests.clients import TwoStepClient
from tests.factories.governance import make_body
from tests.governance.polls.builders import closed, open_poll_in, opened

SESSIONS = 200
SEEDS = 20
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


def in_thread(work):
    """Run some work with a connection of its own."""
    try:
        return work()
    finally:
        connections.close_all()


class Race:
    """Ballots of every seat against closes, released at random moments around the same time."""

    def __init__(self, body, poll, seed: int, cast) -> None:
        self.body, self.poll, self.cast = body, poll, cast
        self.chance = random.Random(seed)
        self.meeting = poll.meeting

    def ballot(self, user, wait: float) -> bool:
        time.sleep(wait)
        try:
            self.cast(user, self.poll)
        except (RuleBroken, DatabaseError):
            return False
        return True

    def close(self, wait: float) -> dict:
        time.sleep(wait)
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        poll = Poll.objects.get(pk=self.poll.pk)
        return closing.close_poll(by=SYSTEM, meeting=meeting, poll=poll).result["heads"]

    def run(self) -> tuple[int, list[dict]]:
        """Return how many ballots were said to be received, and what each close answered."""
        spread = 0.02 * len(self.body.ordinary)
        late = spread * 0.3
        with ThreadPoolExecutor(len(self.body.ordinary) + 5) as pool:
            ballots = [
                pool.submit(in_thread, partial(self.ballot, user, self.chance.random() * spread))
                for user in self.body.ordinary
            ]
            closes = [
                pool.submit(in_thread, partial(self.close, late + late * self.chance.random()))
                for __ in range(5)
            ]
            received = sum(job.result() for job in ballots)
            return received, [job.result() for job in closes]


def careful(user, poll) -> None:
    voting.cast_ballot(by=user, poll=poll, choice="yes")


def careless(user, poll) -> None:
    """Look first, write later, without any lock: what the rules must not rest on."""
    row = Poll.objects.get(pk=poll.pk).roll.get(person=user.name_id)
    if Poll.objects.get(pk=poll.pk).state != "open":
        raise RuleBroken("closed")
    time.sleep(0.1)
    Ballot.objects.create(
        poll=poll, seat_id=row.seat_id, choice="yes", person=user.name,
        entry=PollEntry.DEVICE, cast_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def racing(transactional_db):
    body = make_body(12, substitutes=False)
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


def test_every_close_counts_exactly_the_ballots_that_were_received(racing):
    body, poll = racing
    shares = []
    for seed in range(SEEDS):
        received, answers = Race(body, poll, seed, careful).run()
        rows = Ballot.objects.filter(poll=poll).count()
        tallies = {tuple(sorted(answer.items())) for answer in answers}
        assert len(tallies) == 1
        assert sum(answers[0].values()) == received == rows
        shares.append(received)
        if seed < SEEDS - 1:
            poll = next_poll(poll)
    # The race is a race: usually some ballots came in time and some did not.
    assert sum(0 < share < len(body.ordinary) for share in shares) >= SEEDS // 2
    with transaction.atomic():
        assert ledger.verify().fault == ""


def test_control_without_lock_and_trigger_ballots_slip_in_after_the_count(racing):
    body, poll = racing
    triggers.drop_for_tests(connection)
    found = []
    for seed in range(3):
        received, answers = Race(body, poll, seed, careless).run()
        found.append(received - min(sum(answer.values()) for answer in answers))
        if any(found):
            break
        poll = next_poll(poll)
    assert any(found)


def test_control_the_trigger_alone_keeps_late_ballots_out(racing):
    body, poll = racing
    received, answers = Race(body, poll, 1, careless).run()
    assert received == Ballot.objects.filter(poll=poll).count() == sum(answers[0].values())
