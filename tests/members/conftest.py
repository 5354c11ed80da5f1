"""Two municipalities with their people, and the office: what must be kept apart."""

import pytest

from tests.factories.members import World, make_world


@pytest.fixture
def world(db) -> World:
    """Return two municipalities with one person per role, and the office."""
    return make_world()
