"""A component that a list shows over and over is drawn once for each value."""

import pytest
from django.template import Context, Engine


@pytest.fixture
def drawn():
    """Return what the page draws, with the part drawn once for each letter."""
    engine = Engine(
        loaders=[
            (
                "django.template.loaders.locmem.Loader",
                {
                    "part": "<b>{{ letter }}{{ outer }}</b>",
                    "page": "{% load ui_tags %}{% for one in all %}"
                    '{% repeated "part" letter=one %}{% endfor %}',
                },
            )
        ],
        libraries={"ui_tags": "core.templatetags.ui_tags"},
    )
    return lambda *letters: engine.get_template("page").render(
        Context({"all": letters, "outer": "not seen"})
    )


def test_it_says_what_include_only_says(drawn):
    assert drawn("a", "<", "a") == "<b>a</b><b>&lt;</b><b>a</b>"


def test_it_is_drawn_once_for_each_value(drawn, monkeypatch):
    asked = []
    found = Engine.get_template
    monkeypatch.setattr(
        Engine, "get_template", lambda self, name: asked.append(name) or found(self, name)
    )
    drawn("a", "b", "a", "a")
    assert asked == ["page", "part", "part"]
