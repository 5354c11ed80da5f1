"""Nothing that a reader may not see is in the index, or reached through it; with a control."""

from urllib.parse import unquote_plus

import pytest

from core.actions import SYSTEM
from governance.actions.councils import change_council
from governance.actions.minutes import adjusting, dissents
from governance.models import Decision
from search.actions import rebuild_index
from search.actions.building import document
from search.engines.chosen import engine
from search.engines.contract import Query
from search.finding import find, suggest
from search.reading import read
from search.registry import kinds
from search.swedish import analyse
from tests.factories.members import UserFactory
from tests.factories.minutes import adjust, adjusted, begin, close, sign
from tests.governance.minutes.test_renditions import HIDDEN, secret_meeting
from tests.search.conftest import brought_up_to_date

pytestmark = pytest.mark.django_db
EVERY_AUDIENCE = ("public", "member", "office")


def words_in_the_index(audiences) -> set[str]:
    """Return the hidden words that the engine itself finds, whoever asks."""
    held = set()
    for word in (*HIDDEN, "zebra", "upphandling"):
        reading = read(word, still_writing=True)
        query = Query(audiences=tuple(audiences), terms=reading.terms, facets=())
        if engine().search(query).total:
            held.add(word)
    return held


def test_the_index_holds_no_word_of_a_closed_paragraph(index):
    held = secret_meeting()
    brought_up_to_date()
    audiences = (*EVERY_AUDIENCE, f"council:{held.body.council.pk}")
    assert words_in_the_index(audiences) == set()
    rebuild_index()
    assert words_in_the_index(audiences) == set()


def test_the_same_look_finds_them_once_they_are_indexed(index):
    """The control: the closed § put in by hand is found by every hidden word of its texts."""
    from search.kinds.decisions import entry

    held = secret_meeting()
    closed = Decision.objects.of_paragraphs().get(item__is_closed=True)
    assert held.meeting.pk == closed.item.meeting_id
    closed.adjusted_dissents = list(closed.dissents.all())
    engine().write([document("decision", closed.pk, entry(closed))], [])
    assert words_in_the_index(EVERY_AUDIENCE) == {
        "Zebraanbudet", "Zebraskälen", "Zebratexten", "zebra",
    }  # fmt: skip


def test_what_is_handed_to_the_engine_holds_no_hidden_word(index):
    secret_meeting()
    handed = [
        document(kind.name, row.pk, kind.entry(row)) for kind in kinds() for row in kind.rows()
    ]
    words = {
        word
        for doc in handed
        for part in (doc.title, doc.body)
        for word in (*part.words, *part.stems, *part.parts, *part.folds)
    }
    hidden = {word for text in HIDDEN for word in analyse(text).words}
    assert sorted(word for word in words if word in hidden or "zebra" in word) == []
    assert "budget" in words


def test_pages_of_the_search_show_nothing_hidden(client, root, index):
    held = secret_meeting()
    brought_up_to_date()
    insider = held.body.fresh(held.body.ordinary[2])
    for user in (None, UserFactory(), insider):
        if user:
            client.force_login(user)
        for word in (*HIDDEN, "zebra", "anta", "meeting", "§"):
            for address in ("/sok/", "/sok/forslag/"):
                page = client.get(address, {"q": word}).content.decode()
                # What was written stands in the field, in the heading and in the link to log in.
                page = unquote_plus(unquote_plus(page)).lower()
                assert "zebra" not in page.replace(word.lower(), "")
    assert "Budget" in client.get("/sok/", {"q": "budget"}).content.decode()


def test_what_only_members_may_read_is_counted_for_nobody_else(client, root, index):
    held = adjusted()
    change_council(by=SYSTEM, council=held.body.council, minutes_audience="member")
    brought_up_to_date()
    outside = find("budget", user=UserFactory(), filters={})
    assert (outside.total, [o for g in outside.groups for o in g["options"]]) == (0, [])
    assert suggest("budg", user=UserFactory()) == []
    member = held.body.fresh(held.body.ordinary[2])
    inside = find("budget", user=member, filters={})
    assert [hit.kind.name for hit in inside.hits][:1] == ["decision"]
    assert inside.total == len(inside.hits)


def test_an_index_that_lags_behind_leaks_nothing(client, root, index):
    """The rights are asked of the database again, whatever the index holds."""
    held = adjusted()
    brought_up_to_date()
    assert find("budget", user=None, filters={}).total > 0
    change_council(by=SYSTEM, council=held.body.council, minutes_audience="member")
    found = find("budget", user=None, filters={})
    assert (found.total, found.hits) == (0, [])


def test_a_reservation_after_the_paragraph_was_adjusted_waits_for_the_minutes(client, root, index):
    """It is appended to the minutes (rules.md 1.7): until then only the body reads it."""
    held = begin(None, "Budget")
    item, insider = held.item("Budget"), held.body.ordinary[2]
    early, late = "Bäverskälen.", "Lodjursskälen."
    known = {"by": SYSTEM, "meeting": held.meeting, "item": item, "person": insider.name}
    dissents.announce_dissent(**known, kind="reservation", text=early)
    version = adjusting.adjust_at_once(
        by=SYSTEM, meeting=held.meeting, item=item, reservations_asked=True
    )
    for user in held.signers():
        sign(version, user)
    dissents.announce_dissent(**known, kind="statement", text=late)
    brought_up_to_date()
    address = held.decision("Budget").get_absolute_url()

    def seen() -> list[bool]:
        page = client.get(address).content.decode()
        found = find("lodjursskälens", user=None, filters={}).total
        return [early in page, late in page, bool(found)]

    assert seen() == [True, False, False]
    assert [hit.kind.name for hit in find("bäverskäl", user=None, filters={}).hits] == ["decision"]
    client.force_login(held.body.fresh(insider))
    assert late in client.get(address).content.decode()
    client.logout()
    adjust(close(held))
    brought_up_to_date()
    assert seen() == [True, True, True]
