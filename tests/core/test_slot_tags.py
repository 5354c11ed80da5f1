"""Slots in templates."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Engine, RequestContext

from core import slots


@pytest.fixture
def engine(monkeypatch) -> Engine:
    """Templates of the test alone, and no filled slot."""
    monkeypatch.setattr(slots, "_slots", slots.defaultdict(list))
    templates = {
        "page": '{% load slot_tags %}[{% slot "side" page %}]',
        "part": "({{ text }} {{ request.path }} {{ user.is_authenticated }} {{ page }})",
    }
    return Engine(
        loaders=[("django.template.loaders.locmem.Loader", templates)],
        libraries={"slot_tags": "core.templatetags.slot_tags"},
    )


def draw(engine, rf, **values) -> str:
    request = rf.get("/a/")
    request.user = AnonymousUser()
    context = RequestContext(request, {"request": request, **values})
    return engine.get_template("page").render(context)


def test_an_empty_slot_leaves_no_trace(engine, rf):
    assert draw(engine, rf, page="sida") == "[]"
    slots.register("side", lambda _obj, _user: None, queries=0)
    assert draw(engine, rf, page="sida") == "[]"


def test_fillings_are_drawn_in_order_with_their_own_values(engine, rf):
    slots.register("side", lambda obj, _user: ("part", {"text": f"två {obj}"}), queries=0, order=2)
    slots.register("side", lambda _obj, _user: ("part", {"text": "ett <b>"}), queries=0, order=1)
    slots.register("other", lambda _obj, _user: ("part", {"text": "annan"}), queries=0)
    drawn = draw(engine, rf, page="sida")
    assert drawn == "[(ett &lt;b&gt; /a/ False )(två sida /a/ False )]"


def test_a_slot_without_request_asks_for_nobody(engine):
    seen = []
    slots.register("side", lambda _obj, user: seen.append(user), queries=0)
    assert engine.get_template("page").render(Context({"page": "sida"})) == "[]"
    assert seen == [None]
