"""Every address of the site answers every role as the table says."""

import gc

import pytest
from django.urls import URLPattern, get_resolver, path
from wagtail.models import get_page_models

from tests.access.audience import OPEN, PERSON, ROLES, Answer, Line
from tests.access.faults import policy_faults
from tests.access.pages import make_samples
from tests.access.states import STATES
from tests.access.table import BY_ADDRESS, LINES
from tests.access.walk import METHODS, ask, patterns, surprises, without_line

pytestmark = pytest.mark.once

SECTIONS = 12
STRICT = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"


@pytest.fixture(autouse=True)
def _no_collector():
    """Spare the garbage collector, which would go through all of Django at every request."""
    gc.disable()
    yield
    gc.enable()


# --- The table is whole --------------------------------------------------------------------------


def test_every_pattern_has_a_line_and_every_line_a_pattern():
    found = {address for address, _pattern in patterns()}
    assert without_line(found, BY_ADDRESS) == []
    assert without_line(BY_ADDRESS, found) == []


def test_no_address_has_two_lines():
    assert len(BY_ADDRESS) == len(LINES)


def test_a_pattern_without_a_line_is_named():
    planted = [*get_resolver().url_patterns, path("kansli/hemligt/", lambda _request: None)]
    found = {address for address, _pattern in patterns(planted)}
    assert without_line(found, BY_ADDRESS) == ["kansli/hemligt/"]


# --- The site answers as the table says ----------------------------------------------------------


@pytest.mark.parametrize("section", range(SECTIONS))
def test_answers(place, visiting, section):
    assert surprises(LINES[section::SECTIONS], place, visiting) == []


@pytest.mark.parametrize("state", STATES)
def test_every_page_type_in_every_state(place, visiting, state):
    samples = make_samples(state)
    assert {sample.kind for sample in samples} == {model.__name__ for model in get_page_models()}
    found = []
    for sample in samples:
        for role in ROLES:
            for method in METHODS:
                expected = sample.line.expected(role, method)
                got = ask(visiting[role], method, sample.path)
                if got != expected:
                    found.append((sample.path, role, method, str(expected), str(got)))
    assert found == []


# --- The walk can fail ---------------------------------------------------------------------------


def bared(view):
    """Return a view without its decorators: as if somebody had removed its checks."""
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


CONTROLS = [
    ("kansli/personer/", "GET", "nobody", "403", "yes"),
    ("kansli/personer/<int:pk>/avidentifiera/", "GET", "editor", "403", "yes"),
    ("kansli/logg/", "GET", "own:coordinator", "403", "yes"),
    ("min-sida/mina-uppgifter/", "GET", "anonymous", "login", "yes"),
]


@pytest.mark.parametrize(("address", "method", "role", "expected", "got"), CONTROLS)
def test_a_removed_check_is_found(
    place, visiting, monkeypatch, address, method, role, expected, got
):
    pattern: URLPattern = dict(patterns())[address]
    monkeypatch.setattr(pattern, "callback", bared(pattern.callback))
    found = surprises([BY_ADDRESS[address]], place, {role: visiting[role]})
    assert (address, role, method, expected, got) in found


def test_a_view_that_breaks_is_found(place, visiting, monkeypatch):
    def broken(request):
        raise ZeroDivisionError

    pattern = dict(patterns())["kansli/"]
    monkeypatch.setattr(pattern, "callback", broken)
    found = surprises([BY_ADDRESS["kansli/"]], place, {"auditor": visiting["auditor"]})
    assert ("kansli/", "auditor", "GET", "yes", "5xx") in found


def test_a_key_written_for_people_is_found(place, visiting, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    line = BY_ADDRESS["kommuner/<str:code>/kollegor/"]
    assert surprises([line], place, {"own:coordinator": visiting["own:coordinator"]}) == [
        (line.address, "own:coordinator", "GET", "yes", "faulty")
    ]


@pytest.mark.parametrize(
    ("policy", "path", "found"),
    [
        ("", "/", 4),
        (STRICT, "/", 0),
        (f"{STRICT}; script-src 'self' 'unsafe-inline'", "/", 1),
        (f"{STRICT}; script-src 'self' 'unsafe-inline'", "/cms/", 0),
        (f"{STRICT}; script-src 'self' 'unsafe-eval'", "/cms/", 1),
    ],
)
def test_a_loose_policy_is_found(policy, path, found):
    assert len(policy_faults(policy, path)) == found


def test_a_page_without_policy_is_found(place, visiting, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "CSP" not in name]
    visiting["auditor"].handler.load_middleware()
    found = surprises([BY_ADDRESS["kansli/"]], place, {"auditor": visiting["auditor"]})
    assert found[0] == ("kansli/", "auditor", "GET", "yes", "faulty")


def test_expected_answers_follow_from_audience_and_act():
    line = Line("x", PERSON, OPEN)
    assert [line.expected(role, "GET") for role in ("anonymous", "nobody")] == [
        Answer.LOGIN,
        Answer.YES,
    ]
