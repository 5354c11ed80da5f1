"""Services side by side."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories.catalogue import make_full_service, make_service

ADDRESS = "/tjanster/jamfor/"


def alerts(response) -> list[str]:
    found = re.findall(r'class="ds-alert"[^>]*>.*?<p>(.*?)</p>', response.content.decode())
    return [unescape(text) for text in found]


def columns(response) -> list[str]:
    return re.findall(r'<th scope="col"><a href="[^"]+">(.*?)</a>', response.content.decode())


def row(response, label) -> str:
    text = response.content.decode()
    return re.search(rf'<th scope="row">{label}(.*?)</tr>', text, re.DOTALL)[1]


@pytest.fixture
def services(catalogue) -> None:
    """Five services and a draft."""
    make_service(catalogue, "A", slug="a", languages="svenska", lifecycle="pilot")
    make_service(catalogue, "B", slug="b", languages="svenska", lifecycle="production")
    for name in "cde":
        make_service(catalogue, name.upper(), slug=name)
    make_service(catalogue, "Utkast", slug="utkast", live=False)


def test_services_stand_in_the_order_asked_for_and_differences_are_told_in_words(client, services):
    response = client.get(f"{ADDRESS}?tjanst=b&tjanst=a")
    assert alerts(response) == []
    assert columns(response) == ["B", "A"]
    assert "Skiljer sig" in row(response, "Skede")
    assert "I drift" in row(response, "Skede")
    assert "Skiljer sig" not in row(response, "Språk")
    assert 'data-label="A"' in row(response, "Språk")


def test_a_fact_that_one_service_lacks_is_told_as_not_stated(client, services):
    response = client.get(f"{ADDRESS}?tjanst=a&tjanst=c")
    assert "Uppgift saknas" in row(response, "Språk")
    assert "Skiljer sig" in row(response, "Språk")


def test_what_is_made_up_says_so_in_its_cell(client, catalogue):
    make_service(catalogue, "A", slug="a", hosting="I Sverige", example_fields=["hosting"])
    make_service(catalogue, "B", slug="b", hosting="I Sverige", is_example=True)
    response = client.get(f"{ADDRESS}?tjanst=a&tjanst=b")
    first, second = re.findall(r"<td.*?</td>", row(response, "Drift"), re.DOTALL)
    assert ("tag-example" in first, "tag-example" in second) == (True, False)
    head = re.findall(r'<th scope="col">.*?</th>', response.content.decode(), re.DOTALL)
    assert ["tag-example" in one for one in head] == [False, False, True]


def test_lists_are_lists_and_addresses_are_links(client, catalogue):
    make_full_service(catalogue, "Full", slug="full", rows=2)
    make_service(catalogue, "B", slug="b")
    response = client.get(f"{ADDRESS}?tjanst=full&tjanst=b")
    assert "<li>Funktion 0</li><li>Funktion 1</li>" in row(response, "Funktioner")
    assert 'href="https://exempel.invalid/kod"' in row(response, "Källkod")


@pytest.mark.parametrize(
    ("query", "shown", "messages"),
    [
        ("", [], ["Välj minst två tjänster att jämföra."]),
        ("tjanst=a", [], ["Välj minst två tjänster att jämföra."]),
        ("tjanst=a&tjanst=a", [], ["Välj minst två tjänster att jämföra."]),
        (
            "tjanst=a&tjanst=b&tjanst=x",
            ["A", "B"],
            ["Vi känner inte igen tjänsten ”x”. Den visas inte."],
        ),
        (
            "tjanst=a&tjanst=utkast",
            [],
            [
                "Vi känner inte igen tjänsten ”utkast”. Den visas inte.",
                "Välj minst två tjänster att jämföra.",
            ],
        ),
        (
            "tjanst=e&tjanst=d&tjanst=c&tjanst=b&tjanst=a",
            ["E", "D", "C", "B"],
            ["Högst 4 tjänster får plats bredvid varandra. Du ser de första 4."],
        ),
        ("tjanst=%00&tjanst=%ff", [], None),
        ("tjanst=" + "z" * 9_000, [], None),
        ("&".join(f"tjanst=z{n}" for n in range(300)), [], None),
    ],
)
def test_a_choice_that_cannot_be_shown_is_told(client, services, query, shown, messages):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    assert columns(response) == shown
    if messages is None:
        assert alerts(response)[-1] == "Välj minst två tjänster att jämföra."
    else:
        assert alerts(response) == messages


def test_the_services_can_be_chosen_on_the_page(client, services):
    text = client.get(f"{ADDRESS}?tjanst=a").content.decode()
    choices = re.findall(r'name="tjanst" value="(\w+)"( checked)?', text)
    assert choices == [("a", " checked"), ("b", ""), ("c", ""), ("d", ""), ("e", "")]


def test_a_restricted_catalogue_is_not_compared(client, catalogue, services):
    PageViewRestriction.objects.create(page=catalogue, restriction_type="login")
    assert client.get(f"{ADDRESS}?tjanst=a&tjanst=b").status_code == 404


def test_comparing_costs_at_most_fifteen_queries(client, catalogue):
    for slug in "abcd":
        make_full_service(catalogue, slug.upper(), slug=slug, rows=4)
    address = f"{ADDRESS}?tjanst=a&tjanst=b&tjanst=c&tjanst=d"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert len(columns(client.get(address))) == 4
    assert len(captured) <= 15
