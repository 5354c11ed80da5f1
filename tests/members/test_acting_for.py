"""The switch "Du agerar för"."""

import pytest

from members import acting_for
from members.models import Representative
from members.standing import NOBODY, HeldRole, Party, Standing
from tests.factories.members import give

LUND = Party(2, 20, "Lund", "1281")
NACKA = Party(1, 10, "Nacka", "0182")
BOTH = Standing([HeldRole(NACKA, "reader"), HeldRole(LUND, "signatory")])


@pytest.mark.parametrize(
    ("session", "standing", "party"),
    [
        ({}, NOBODY, None),
        ({"acting_for": 1}, NOBODY, None),
        ({}, BOTH, LUND),
        ({"acting_for": 1}, BOTH, NACKA),
        ({"acting_for": 9}, BOTH, LUND),
        ({"acting_for": "1; DROP"}, BOTH, LUND),
        ({"acting_for": 2}, Standing([HeldRole(NACKA, "reader")]), NACKA),
    ],
)
def test_chosen(session, standing, party):
    assert acting_for.chosen(session, standing) == party


@pytest.fixture
def both(world, client):
    give(world.people["own:reader"], world.other, "signatory")
    client.force_login(world["own:reader"])
    return world


def test_switch(client, both):
    page = client.get("/min-sida/").content.decode()
    assert f'<option value="{both.other.pk}" selected>Lund</option>' in page
    response = client.post(
        "/min-sida/agera-for/", {"organisation": both.own.pk, "next": "/min-sida/mina-uppgifter/"}
    )
    assert (response.status_code, response["Location"]) == (302, "/min-sida/mina-uppgifter/")
    response = client.get("/min-sida/")
    assert f'<option value="{both.own.pk}" selected>Nacka</option>' in response.content.decode()
    assert response.wsgi_request.acting_for.organisation_id == both.own.pk


def test_a_choice_dies_with_the_role(client, both):
    client.post("/min-sida/agera-for/", {"organisation": both.own.pk})
    Representative.objects.filter(user=both.people["own:reader"], organisation=both.own).update(
        ends_on="2020-02-01"
    )
    response = client.get("/min-sida/")
    assert response.wsgi_request.acting_for.organisation_id == both.other.pk
    assert "acting-for" not in response.content.decode()


@pytest.mark.parametrize("organisation", ["", "x", "-1", "9" * 30, "٣"])
def test_another_organisation_is_refused(client, both, organisation):
    answer = client.post("/min-sida/agera-for/", {"organisation": organisation})
    assert answer.status_code == 403


def test_an_organisation_of_others_is_refused(client, both):
    answer = client.post("/min-sida/agera-for/", {"organisation": both.office.pk})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "evil",
    [
        "https://ond.invalid/",
        "//ond.invalid/",
        "/\\ond.invalid",
        "///ond.invalid",
        "javascript:alert(1)",
        "http:ond.invalid",
        "\t//ond.invalid",
        "https:///ond.invalid",
        "data:text/html,x",
        "//testserver@ond.invalid/",
    ],
)
def test_next_never_leaves_the_site(client, both, evil):
    answer = client.post("/min-sida/agera-for/", {"organisation": both.own.pk, "next": evil})
    assert answer["Location"] == "/min-sida/"


def test_whoever_acts_for_one_sees_no_switch(client, world):
    client.force_login(world["own:reader"])
    assert "acting-for" not in client.get("/min-sida/").content.decode()


def test_anonymous_acts_for_nobody(client, db):
    response = client.get("/personuppgifter/register/")
    assert response.wsgi_request.acting_for is None
