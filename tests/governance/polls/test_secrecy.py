"""Nothing that is stored or logged joins a voter of a secret poll to a vote (security.md 13)."""

import json
import logging
import random
from statistics import correlation

import pytest
from django.apps import apps
from django.core import serializers

from governance.actions.polls import voting
from governance.models import Ballot, Poll, SecretUrn, SecretVoter
from tests.factories.governance import make_body
from tests.governance.polls.builders import closed, election_in, set_rules

pytestmark = pytest.mark.django_db

VOTERS = 200
UNLIKELY = 2.576
"""How many standard errors a correlation by chance alone exceeds once in a hundred times."""


def cast_all(body, poll, order, choices):
    for n in order:
        voting.cast_ballot(by=body.ordinary[n], poll=poll, names=choices[n])


def stored_rows() -> list[str]:
    """Return every row of every table of the product as text."""
    models = [m for m in apps.get_models() if m._meta.app_label not in {"contenttypes", "auth"}]
    return [
        line
        for model in models
        for line in serializers.serialize("jsonl", model._base_manager.all()).splitlines()
    ]


def linking(rows, seats, names) -> list[str]:
    """Return the rows that hold both a single voter's seat and a candidate's name as a vote."""
    found = []
    for row in rows:
        data = json.loads(row)
        fields = data["fields"]
        if fields.get("seat") in seats and (set(fields.get("names") or []) & set(names)):
            found.append(row)
    return found


def is_related(first, second) -> bool:
    """Tell whether two orders of the same things are related, by Spearman's rank correlation."""
    return abs(correlation(first, second)) * (len(first) - 1) ** 0.5 > UNLIKELY


@pytest.mark.slow
def test_stored_rows_are_the_same_whatever_the_order_of_voting():
    chance = random.Random(13)
    body = make_body(VOTERS, substitutes=False)
    # Each ballot bears a name of its own, so that it can be found again in what is stored.
    names = [f"Kandidat {n:03d}" for n in range(VOTERS)]
    chance.shuffle(names)
    states = []
    for turn in range(2):
        poll = election_in(body, ["X", "Y"], is_secret=True)
        set_rules(poll.meeting, write_in=True)
        poll = Poll.objects.get(pk=poll.pk)
        order = list(range(VOTERS))
        random.Random(turn).shuffle(order)
        cast_all(body, poll, order, {n: [name] for n, name in enumerate(names)})
        stored = SecretUrn.objects.get(poll=poll).ballots
        voters = SecretVoter.objects.filter(poll=poll).order_by("seat")
        states.append((stored, list(voters.values_list("seat", "has_voted"))))
        as_cast = [names[n] for n in order]
        counted = list(range(VOTERS))
        # Neither when a ballot came nor whose seat it was is told by its place in the set.
        assert not is_related(counted, [stored.index([name]) for name in as_cast])
        assert not is_related(counted, [stored.index([name]) for name in names])
        # Control: a set kept as the ballots came is found by the same measure.
        assert is_related(counted, [as_cast.index(name) for name in as_cast])
    assert states[0] == states[1]


def test_no_row_log_or_ledger_entry_joins_seat_and_choice(caplog):
    body = make_body(VOTERS, substitutes=False)
    poll = election_in(body, ["Kandidat X", "Kandidat Y"], is_secret=True)
    choices = {n: ["Kandidat X"] if n % 3 else ["Kandidat Y"] for n in range(VOTERS)}
    before = body.council.ledger.count()
    with caplog.at_level(logging.DEBUG):
        cast_all(body, poll, range(VOTERS), choices)
    assert body.council.ledger.count() == before  # nothing is chained for a ballot
    closed(poll.meeting, poll)
    seats = {seat.pk for seat in body.seats}
    assert linking(stored_rows(), seats, ["Kandidat X", "Kandidat Y"]) == []
    assert Ballot.objects.count() == 0
    assert not [r for r in caplog.records if "Kandidat" in r.getMessage()]
    columns = {f.name for f in SecretUrn._meta.fields} | {f.name for f in SecretVoter._meta.fields}
    assert columns == {"id", "poll", "ballots", "salt", "digest", "on_paper", "seat", "has_voted"}


def test_control_the_same_search_finds_the_votes_of_an_open_election():
    body = make_body(3, substitutes=False)
    poll = election_in(body, ["Kandidat X", "Kandidat Y"])
    cast_all(body, poll, range(3), {n: ["Kandidat X"] for n in range(3)})
    seats = {seat.pk for seat in body.seats}
    assert len(linking(stored_rows(), seats, ["Kandidat X"])) == 3
