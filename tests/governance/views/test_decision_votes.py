"""The votes of decisions on the page of a body: words, tiles, and one query for all."""

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from governance.actions.polls.concluding import conclude_polls
from governance.views.decision_votes import with_votes
from tests.factories.governance import make_body
from tests.governance.polls.builders import closed, open_poll_in, vote

pytestmark = pytest.mark.django_db


def decided(body, **choices):
    """Return the decision of a matter that was put to the vote."""
    poll = open_poll_in(body)
    vote(body, poll, **choices)
    closed(poll.meeting, poll)
    return conclude_polls(by=SYSTEM, meeting=poll.meeting, item=poll.item)


@pytest.mark.parametrize(
    ("choices", "words", "tiles"),
    [
        (
            {"s0": "yes", "s1": "yes", "s2": "no", "s3": "abstain"},
            "2 yes, 1 no, 1 abstained",
            ["yes", "yes", "no", "abstain"],
        ),
        ({"s0": "yes", "s1": "yes", "s2": "yes", "s3": "yes"}, "Unanimous", ["yes"] * 4),
        ({"s0": "no", "s1": "no", "s2": "no", "s3": "no"}, "4 no", ["no"] * 4),
    ],
)
def test_votes_are_told_in_words_and_tiles(root, choices, words, tiles, django_assert_num_queries):
    decision = decided(make_body(4), **choices)
    with django_assert_num_queries(1):
        (shown,) = with_votes([decision])
    assert (shown.votes, shown.tiles) == (words, tiles)


def test_the_page_of_the_body_shows_them_to_the_body(client, root):
    body = make_body(4)
    decided(body, s0="yes", s1="yes", s2="no", s3="abstain")
    client.force_login(body.ordinary[0])
    page = client.get(reverse("governance:council_detail", args=[body.council.slug]))
    assert '<i></i><i></i><i class="no"></i><i class="abstain"></i>' in page.content.decode()
    assert "2 ja, 1 nej, 1 avstår" in page.content.decode()
