"""The list and the pages of the municipalities."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import slots
from members.models import Municipality
from tests.factories.catalogue import StatedUseFactory, make_service
from tests.factories.home import restrict
from tests.factories.members import MembershipFactory

pytestmark = pytest.mark.django_db


def organisation(code: str):
    return Municipality.objects.get(code=code).organisation


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'</abbr> <span><a href="/kommuner/\d{4}/">(.*?)</a>', html)


def test_all_are_listed_in_swedish_order_and_on_the_map(small_site, municipalities, client):
    html = text_of(client, "/kommuner/")
    listed = names(html)
    assert len(listed) == 290
    assert listed[0] == "Ale"
    assert listed[-3:] == ["Östra Göinge", "Överkalix", "Övertorneå"]
    assert listed.index("Åmål") < listed.index("Ängelholm") < listed.index("Öckerö")
    assert len(re.findall(r'<a href="/kommuner/\d{4}/"><title>', html)) == 290
    assert "Källa:" in html
    assert "30 september 2025" in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=nacka", ["Nacka"]),
        ("q=ÖCKERÖ", ["Öckerö"]),
        ("q=öcker", ["Öckerö"]),
        ("lan=09", ["Gotland"]),
        ("lan=01&q=up", ["Upplands Väsby", "Upplands-Bro"]),
        ("q=a%CC%8Ama%CC%8Al", ["Åmål"]),
        ("medlem=ja", ["Nacka"]),
        ("q=finns+inte", []),
    ],
)
def test_the_list_is_filtered_by_name_county_and_membership(
    small_site, municipalities, client, query, expected
):
    MembershipFactory(organisation=organisation("0182"))
    html = text_of(client, f"/kommuner/?{query}")
    assert sorted(names(html)) == sorted(expected)
    assert ("Ingen kommun passar ditt urval" in html) is (expected == [])
    assert 'class="chips"' in html


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("q=" + "x" * 10_000, "Söktexten var för lång"),
        ("lan=99", "Länet ”99” finns inte"),
        ("lan=%3Cscript%3E", "Länet ”&lt;script&gt;” finns inte"),
        ("medlem=kanske", "Valet ”kanske” finns inte"),
        ("q=%00", None),
        ("q=%ff%fe", None),
        ("q=%00a&lan=%00", None),
        ("q=a&q=b&lan=01&lan=03", None),
        ("okand=1", None),
        ("q=%25%27%22%5C", None),
    ],
)
def test_bad_input_is_answered_with_words(small_site, municipalities, client, query, notice):
    html = text_of(client, f"/kommuner/?{query}")
    if notice:
        assert notice in html


def test_the_number_of_services_is_told(small_site, municipalities, client):
    for title in ("Ett", "Två"):
        service = make_service(small_site.catalogue, title)
        StatedUseFactory(service=service, organisation=organisation("0182"))
    ended = make_service(small_site.catalogue, "Tre")
    StatedUseFactory(service=ended, organisation=organisation("0180"), ends_on=date(2020, 1, 1))
    hidden = make_service(small_site.catalogue, "Fyra")
    StatedUseFactory(service=hidden, organisation=organisation("0180"))
    restrict(hidden)
    html = text_of(client, "/kommuner/")
    assert re.findall(r">(\d+ tjänste?r?)</span>", html) == ["2 tjänster"]
    assert '<a href="/kommuner/0182/"><title>Nacka, använder minst en tjänst</title>' in html


@pytest.mark.parametrize("count", [1, 40])
def test_the_list_costs_the_same_however_many_uses(
    small_site, municipalities, client, django_assert_num_queries, count
):
    service = make_service(small_site.catalogue)
    for municipality in Municipality.objects.all()[:count]:
        StatedUseFactory(service=service, organisation=municipality.organisation)
    with django_assert_num_queries(9):
        client.get("/kommuner/")


def test_the_list_works_without_municipalities(small_site, client):
    assert "0 kommuner" in text_of(client, "/kommuner/")


def test_a_page_tells_figures_with_their_source(small_site, municipalities, client):
    html = text_of(client, "/kommuner/0182/")
    assert "<h1>Nacka</h1>" in html
    assert "113\u00a0509" in html
    assert "30 september 2025" in html
    assert '<abbr class="lan" lang="sv" title="Stockholms län">AB</abbr>' in html
    assert "Pendlingskommuner nära storstad" in html
    assert "A2 enligt SKR, 2023 års indelning" in html
    assert "Inte medlem" in html
    assert "Inga kända tjänster ännu" in html


def test_a_page_tells_which_services_a_source_says_that_it_uses(small_site, municipalities, client):
    service = make_service(small_site.catalogue, "Provisum", lifecycle="production")
    StatedUseFactory(
        service=service,
        organisation=organisation("0182"),
        citation="Årsrapport 2024",
        url="https://exempel.invalid/rapport",
        starts_on=date(2022, 3, 1),
        is_example=True,
    )
    MembershipFactory(organisation=organisation("0182"), starts_on=date(2019, 1, 1))
    html = text_of(client, "/kommuner/0182/")
    assert "Medlem sedan 2019. Använder 1 gemensam tjänst" in html
    assert "Sedan 2022, enligt källa" in html
    assert '<a href="https://exempel.invalid/rapport" rel="external">Årsrapport 2024</a>' in html
    assert "Exempel" in html
    assert "ingen plats" in html


def test_a_made_up_membership_is_marked(small_site, municipalities, client):
    membership = MembershipFactory(organisation=organisation("0182"))
    assert "tag-example" not in text_of(client, "/kommuner/0182/")
    membership.is_example = True
    membership.save()
    assert "tag-example" in text_of(client, "/kommuner/0182/")


def test_what_is_over_or_hidden_is_not_told(small_site, municipalities, client):
    over, hidden, draft = (
        make_service(small_site.catalogue, t) for t in ("Över", "Dold", "Utkast")
    )
    StatedUseFactory(service=over, organisation=organisation("0182"), ends_on=date(2020, 1, 1))
    StatedUseFactory(service=hidden, organisation=organisation("0182"))
    StatedUseFactory(service=draft, organisation=organisation("0182"))
    restrict(hidden)
    draft.unpublish()
    html = text_of(client, "/kommuner/0182/")
    assert not any(title in html for title in ("Över<", "Dold", "Utkast"))


def test_a_page_links_to_its_like(small_site, municipalities, client):
    html = text_of(client, "/kommuner/0182/")
    panel = html[html.index("Liknande kommuner") :]
    found = re.findall(r'<a href="/kommuner/(\d{4})/">', panel)
    assert len(found) == 5
    assert set(Municipality.objects.filter(code__in=found).values_list("group", flat=True)) == {
        "A2"
    }


@pytest.mark.parametrize(
    "code", ["182", "9999", "01820", "018x", "٠١٨٢", "0182%00", "..", "0182/mer"]
)
def test_an_unknown_code_does_not_exist(small_site, municipalities, client, code):
    assert client.get(f"/kommuner/{code}/").status_code == 404


def test_the_slash_is_added(small_site, municipalities, client):
    response = client.get("/kommuner/0182")
    assert (response.status_code, response.url) == (301, "/kommuner/0182/")


def test_a_page_costs_at_most_twelve_queries_however_many_uses(small_site, municipalities, client):
    def use(number: int) -> None:
        service = make_service(small_site.catalogue, f"Tjänst {number}")
        StatedUseFactory(service=service, organisation=organisation("0182"))

    use(0)
    with CaptureQueriesContext(connection) as few:
        client.get("/kommuner/0182/")
    for number in range(1, 30):
        use(number)
    with CaptureQueriesContext(connection) as many:
        client.get("/kommuner/0182/")
    extra = slots.budget("municipality_main") + slots.budget("municipality_side")
    assert len(few) == len(many)
    assert len(many) <= 12 + extra


def test_the_way_back_is_shown_while_there_is_one(small_site, municipalities, client):
    crumbs = 'aria-label="Du är här"'
    html = text_of(client, "/kommuner/0182/")
    assert '<a href="/kommuner/">Kommuner</a>' in html[html.index(crumbs) :]
    small_site.municipalities.unpublish()
    assert '"/kommuner/"' not in text_of(client, "/kommuner/0182/")


def test_content_keeps_its_language_in_the_english_interface(small_site, municipalities, client):
    client.cookies["django_language"] = "en"
    html = text_of(client, "/kommuner/0182/")
    assert '<h1 lang="sv">Nacka</h1>' in html
    assert "Commuting municipalities near large cities" in html
    assert "30 September 2025" in html
