"""What governance shows on the pages of a service and of a participation."""

import pytest
from django.urls import reverse

from core import slots
from governance import boxes
from governance.models import Case
from tests.catalogue.joining.story import Story
from tests.factories.catalogue import make_catalogue, make_service
from tests.factories.governance import make_body
from tests.factories.members import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(root):
    service = make_service(
        make_catalogue(root), title="Provisum", slug="provisum", open_for_new_members=True
    )
    return Story(make_world(), service)


@pytest.fixture
def row(story):
    return story.interested()


@pytest.fixture
def council(story):
    return make_body(1, service=story.service).council


def test_a_case_is_raised_from_the_page_of_a_participation(client, story, row, council):
    client.force_login(story.runner)
    page = client.get(row.get_absolute_url())
    address = reverse("governance:case_create", args=[council.slug])
    link = f"{address}?fran=anslutning-{row.pk}"
    assert f'href="{link}"' in page.content.decode()
    assert client.post(link, {"subject": "Ändrad omfattning"}).status_code == 302
    case = Case.objects.get()
    assert (case.source_type, case.source_id) == ("catalogue.participation", str(row.pk))


def test_a_case_is_raised_from_the_page_of_a_service(client, story, council):
    client.force_login(story.runner)
    page = client.get(story.service.url)
    link = f"{reverse('governance:case_create', args=[council.slug])}?fran=tjanst"
    assert f'href="{link}"' in page.content.decode()
    assert client.post(link, {"subject": "Ny funktion"}).status_code == 302
    assert Case.objects.get().source_type == "catalogue.servicepage"
    client.logout()
    assert link not in client.get(story.service.url).content.decode()


def test_a_service_without_a_council_shows_no_way_to_raise_a_case(client, story, row):
    client.force_login(story.runner)
    assert b"anslutning-" not in client.get(row.get_absolute_url()).content


def test_the_box_keeps_its_budget(story, row, council, django_assert_max_num_queries):
    user = story.runner
    with django_assert_max_num_queries(slots.budget("participation_side")):
        assert boxes.participation_council(row, user) is not None
