"""Which way a service may go."""

import pytest

from catalogue.models import ServicePage
from catalogue.states import STAGE_OF, TRANSITIONS, FactField, Lifecycle, fact_of, may_become

STEPS = {
    ("need", "pre-study"), ("need", "project"), ("need", "ended"),
    ("pre-study", "need"), ("pre-study", "project"), ("pre-study", "ended"),
    ("project", "pilot"), ("project", "production"), ("project", "ended"),
    ("pilot", "project"), ("pilot", "production"), ("pilot", "ended"),
    ("production", "phase-out"),
    ("phase-out", "production"), ("phase-out", "ended"),
    ("ended", "need"), ("ended", "phase-out"),
}  # fmt: skip


@pytest.mark.parametrize("old", Lifecycle.values)
@pytest.mark.parametrize("new", Lifecycle.values)
def test_may_become(old, new):
    assert may_become(old, new) is ((old, new) in STEPS)


def test_every_code_has_a_stage_and_a_way_on():
    assert set(STAGE_OF) == set(Lifecycle.values)
    assert set(TRANSITIONS) == set(Lifecycle.values)
    assert all(TRANSITIONS.values())


def test_an_unknown_code_leads_nowhere():
    assert may_become("borta", "need") is False
    assert may_become("need", "borta") is False


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("owner_text", "owned_by"),
        ("integrity", "confidentiality"),
        ("origin", "origin"),
        ("x", "x"),
    ],
)
def test_fact_of(name, fact):
    assert fact_of(name) == fact


def test_every_fact_is_a_column_or_relation_of_services():
    for name in FactField.values:
        assert ServicePage._meta.get_field(name)
