"""Minutes say that a poll was declared invalid, why, and which one took its place."""

import json

import pytest

from core.actions import SYSTEM
from governance.actions.minutes.poll_drawing import polls_blocks
from governance.actions.polls import invalidating, proposing
from governance.actions.room import deciding
from governance.models import Poll
from tests.factories.governance import item_named, make_body
from tests.factories.members import UserFactory
from tests.factories.minutes import adjust, begin, close
from tests.governance.minutes.pdf_words import pdf_text
from tests.governance.minutes.test_renditions import page
from tests.governance.polls.builders import opened, vote
from tests.governance.proof.real_polls import again, asked, decided

pytestmark = pytest.mark.django_db
REASON = "Fel röstlängd (prov)"
SAID = f"Voteringen förklaras ogiltig. Skäl: {REASON}"


@pytest.fixture
def begun():
    return begin(make_body(4), "Budget", closed=("Anbud",), decided=False)


def words(text):
    """Leave out the spaces, which a PDF breaks lines at."""
    return "".join(text.split())


def test_the_page_the_pdf_and_the_evidence_say_it(client, root, begun):
    for title in ("Budget", "Anbud"):
        decided(begun, title, "yes", "yes", "yes", "no", replaced=True)
    held = adjust(close(begun))
    insider, outsider = held.body.fresh(held.body.ordinary[2]), UserFactory()
    for user, times in ((insider, 2), (outsider, 1)):
        client.force_login(user)
        shown = client.get(page("minutes", held, held.meeting.pk)).content.decode()
        assert shown.count("Öppen votering 1, ogiltig</h3>") == times
        assert shown.count(SAID) == shown.count("Votering 2 ersätter den.") == times
        assert shown.index("votering 1, ogiltig") < shown.index("Öppen votering 2")
        printed = pdf_text(client.get(page("minutes_file", held, held.meeting.pk)).content)
        assert words(printed).count(words(SAID)) == times
        evidence = client.get(page("minutes_archive", held, held.meeting.pk))
        assert evidence.status_code == 200
    [matter] = [
        row["fields"]["matter"]["value"]
        for row in held.minutes.versions.last().content["paragraphs"]
        if row["fields"]["matter"]["value"]["title"] == "Budget"
    ]
    first, second = Poll.objects.filter(item=held.item("Budget")).order_by("number")
    assert json.loads(json.dumps(matter["invalid_polls"])) == [
        {
            "poll": first.pk, "number": 1, "secret": False, "reason": REASON,
            "replaced_by": {"poll": second.pk, "number": 2},
        }
    ]  # fmt: skip
    assert [row["poll"] for row in matter["polls"]] == [second.pk]


def test_a_poll_in_whose_place_none_was_taken(client, root, begun):
    poll = opened(again(begun.meeting), asked(begun, "Budget")[0])
    vote(begun.body, poll, s0="no")
    invalidating.declare_invalid(by=SYSTEM, meeting=again(begun.meeting), poll=poll, reason=REASON)
    meeting = again(begun.meeting)
    proposing.withdraw_request(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))
    held = close(begun)
    client.force_login(held.body.fresh(held.body.secretary))
    shown = client.get(page("minutes", held, held.meeting.pk)).content.decode()
    assert (shown.count(SAID), shown.count("Ingen ny votering hölls.")) == (1, 1)


def test_minutes_from_before_are_drawn_as_they_were():
    assert polls_blocks({"polls": []}) == []
