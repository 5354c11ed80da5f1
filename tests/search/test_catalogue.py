"""The catalogue's own list is searched in Swedish too, and by its own columns when need be."""

import re

import pytest
from wagtail.models import PageViewRestriction

from core.matching import ranked
from search.actions import rebuild_index
from search.finding import find
from tests.factories.catalogue import make_catalogue, make_service
from tests.search.conftest import brought_up_to_date

pytestmark = pytest.mark.django_db


def shown(response) -> list[str]:
    return re.findall(r"<h3><a href=\"[^\"]+\">(.*?)</a></h3>", response.content.decode())


def test_the_list_finds_swedish_forms_and_words_within_words(client, root, index):
    catalogue = make_catalogue(root)
    make_service(catalogue, "Läromedelsbanken", short_description="Ett elevregister för skolor")
    make_service(catalogue, "Bibblix", short_description="Böcker för barn")
    rebuild_index()
    for words in ("läromedlens", "laromedlet", "registren", "elever", "skolan"):
        assert shown(client.get("/tjanster/", {"q": words})) == ["Läromedelsbanken"]
    assert shown(client.get("/tjanster/", {"q": "finnsinte"})) == []


def test_without_an_index_the_list_looks_in_its_columns(client, root, settings, tmp_path):
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_DIR = tmp_path / "none"
    make_service(make_catalogue(root), "Bibblix")
    assert ranked("service", "bibblix", None) is None
    assert shown(client.get("/tjanster/", {"q": "bibblix"})) == ["Bibblix"]
    assert ranked("unicorn", "bibblix", None) is None


def test_a_page_is_found_while_it_is_published_and_open(root, index, django_user_model):
    catalogue = make_catalogue(root)
    page = make_service(catalogue, "Sälskydd")
    page.save_revision().publish()
    brought_up_to_date()
    title = [hit.entry.title for hit in find("sälskyddet", user=None, filters={}).hits]
    assert title == ["Sälskydd"]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert find("sälskyddet", user=None, filters={}).total == 0
    page.view_restrictions.all().delete()
    page.unpublish()
    brought_up_to_date()
    assert find("sälskyddet", user=None, filters={}).total == 0
