"""Fixtures of the catalogue."""

import pytest

from catalogue.models import CataloguePage
from tests.factories.catalogue import make_catalogue


@pytest.fixture
def catalogue(root) -> CataloguePage:
    """The catalogue at /tjanster/."""
    return make_catalogue(root, introduction="Allt som kommunerna äger tillsammans.")
