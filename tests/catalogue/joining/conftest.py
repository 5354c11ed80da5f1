"""A service that two municipalities may join, with everything a participation needs."""

import pytest

from tests.catalogue.joining.story import Story
from tests.factories.catalogue import make_catalogue, make_service
from tests.factories.members import make_world


@pytest.fixture
def story(root) -> Story:
    """Return the people, the service and the papers, before anyone has joined."""
    world = make_world()
    catalogue = make_catalogue(root)
    service = make_service(
        catalogue,
        title="Provisum",
        slug="provisum",
        open_for_new_members=True,
        personal_data="yes",
    )
    return Story(world, service)
