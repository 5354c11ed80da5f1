"""What the catalogue's pages cost with cold caches, for whom."""

import pytest

from core import slots
from home.actions.cms_rights import set_up_cms_groups
from notifications.models import Notification
from tests.catalogue.test_actions import person
from tests.catalogue.views.test_detail import queries
from tests.factories.catalogue import make_full_service
from tests.factories.home import make_image
from tests.factories.members import MunicipalityFactory, RepresentativeRoleFactory

LIST, DETAIL = "/tjanster/", "/tjanster/prov/"
MOST = {LIST: 15, DETAIL: 12}


def of_slots(address: str) -> int:
    """Return what other apps, joining and bodies may add to a service's page."""
    names = ("service_actions", "service_main", "service_side") if address == DETAIL else ()
    return sum(slots.budget(name) for name in names)


@pytest.fixture
def full(catalogue) -> None:
    """A service of which everything is told, among others on the map."""
    MunicipalityFactory.create_batch(10)
    make_full_service(catalogue, slug="prov", rows=6, image=make_image())


@pytest.mark.parametrize("address", MOST)
def test_anonymous(client, full, address):
    assert queries(client, address) <= MOST[address] + of_slots(address)


@pytest.mark.parametrize("address", MOST)
def test_a_representative_with_two_roles_costs_at_most_four_more(client, full, address):
    user = person("coordinator", "municipality")
    RepresentativeRoleFactory(representative=user.representations.get(), role="signatory")
    Notification.objects.bulk_create(
        Notification(user=user, kind="prov", params={}) for _number in range(3)
    )
    anonymous = queries(client, address)
    client.force_login(user)
    assert queries(client, address) <= anonymous + 4
    assert '<span class="count">3' in client.get(address).content.decode()


@pytest.mark.parametrize("address", MOST)
def test_an_editor_with_the_userbar_costs_at_most_eight_more(
    client, full, root, catalogue, address
):
    set_up_cms_groups(by=person("administrator"), home=root, catalogue=catalogue)
    anonymous = queries(client, address)
    client.force_login(person("administrator"))
    assert queries(client, address) <= anonymous + 8
