"""Many municipalities join together: the office finds them by name or county and ticks them."""

import pytest

from catalogue.models import Participation
from tests.factories.members import MunicipalityFactory

ADDRESS = "/tjanster/provisum/anslut/"
OK, FOUND, WRONG = 200, 302, 422
MANY = 25


@pytest.fixture
def crowd(story):
    """Twenty-five municipalities, five of them in a county of their own."""
    return [
        MunicipalityFactory(
            code=f"{8_000 + number}",
            name=f"Provby {number:02d}",
            county_code="25" if number < 5 else "24",
            county="Norrbottens län" if number < 5 else "Västerbottens län",
        ).organisation
        for number in range(MANY)
    ]


@pytest.fixture
def office(client, story):
    client.force_login(story.handler)
    return client


def boxes(page):
    return page.count('name="organisations"')


def test_a_list_of_many_begins_empty_and_is_searched(office, crowd):
    page = office.get(ADDRESS).text
    assert boxes(page) == 0
    assert 'name="sok"' in page
    assert boxes(office.get(f"{ADDRESS}?lan=25").text) == 5
    assert boxes(office.get(f"{ADDRESS}?sok={crowd[7].name}").text) == 1


def test_what_is_ticked_and_typed_stays_while_searching_on(office, crowd):
    data = {
        "visa": "1",
        "lan": "25",
        "organisations": [crowd[20].pk],
        "interest": "Kvar i rutan",
        "group_name": "Norra gruppen",
    }
    answer = office.post(ADDRESS, data)
    assert answer.status_code == OK
    page = answer.text
    assert boxes(page) == 6
    assert page.count("checked") >= 1
    assert f'value="{crowd[20].pk}"' in page
    assert "Kvar i rutan" in page
    assert "Norra gruppen" in page
    assert not Participation.objects.exists()


def test_those_ticked_join_whatever_the_search_shows(office, crowd):
    chosen = [crowd[0].pk, crowd[20].pk]
    answer = office.post(ADDRESS, {"lan": "25", "organisations": chosen})
    assert answer.status_code == FOUND
    assert Participation.objects.filter(organisation__in=chosen).count() == 2


@pytest.mark.parametrize("chosen", ["x", "9" * 40, "-1", ""])
def test_what_is_no_organisation_is_refused_in_words(office, crowd, chosen):
    answer = office.post(ADDRESS, {"organisations": [chosen]})
    assert answer.status_code == WRONG
    assert not Participation.objects.exists()


@pytest.mark.parametrize("search", [{"lan": "99"}, {"sok": "x" * 200}])
def test_a_search_that_cannot_be_read_says_so_and_keeps_it(office, crowd, search):
    answer = office.get(ADDRESS, search)
    assert answer.status_code == WRONG
    assert 'aria-invalid="true"' in answer.text


def test_few_are_listed_at_once(office, story):
    page = office.get(ADDRESS).text
    assert 'name="sok"' not in page
    assert boxes(page) > 1
