"""How much is told of a service."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.completeness import WEIGHTS, assess
from catalogue.models import ServicePage
from catalogue.states import FactField
from tests.factories.catalogue import make_full_service, make_service

told = st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.booleans())


def test_every_weighed_fact_is_a_fact_of_services():
    assert set(WEIGHTS) <= set(FactField.values)


def test_nothing_told_is_nought_and_everything_is_a_hundred():
    assert assess({}).score == 0
    assert assess(dict.fromkeys(WEIGHTS, True)).score == 100
    assert assess(dict.fromkeys(WEIGHTS, True)).missing == ()


@given(told=told, name=st.sampled_from(sorted(WEIGHTS)))
def test_telling_one_more_fact_never_lowers_the_score(told, name):
    more = assess(told | {name: True})
    assert more.score >= assess(told | {name: False}).score
    assert name not in more.missing


def test_the_weightiest_is_missed_first():
    assert assess({}).missing[0] == "short_description"
    weights = [WEIGHTS[name] for name in assess({}).missing]
    assert weights == sorted(weights, reverse=True)


def test_a_full_service_is_complete_and_a_bare_one_is_not(catalogue):
    full = make_full_service(catalogue, slug="full")
    bare = make_service(catalogue, slug="bar")
    assert assess(full.told_facts()).missing == ()
    assert assess(bare.told_facts()).score < 15
    assert "need" in assess(bare.told_facts()).missing


def test_rows_are_looked_up_for_all_services_at_once(catalogue, django_assert_num_queries):
    for number in range(4):
        make_full_service(catalogue, f"Tjänst {number}", rows=1)
    make_service(catalogue, "Bar")
    with django_assert_num_queries(1):
        services = ServicePage.objects.with_told_rows()
        found = {service.title: service.told_facts() for service in services}
    assert found == {service.title: service.told_facts() for service in ServicePage.objects.all()}


@pytest.mark.parametrize("name", ["personal_data", "accessibility", "ai_use"])
def test_an_unknown_answer_is_none(catalogue, name):
    service = make_service(catalogue)
    assert service.told_facts()[name] is False
