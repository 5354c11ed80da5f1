"""A site with the demo, set up once for tests that only look, and a small one to change."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from core.actions import SYSTEM
from home.models import HomePage
from members.actions.municipalities import import_municipalities
from members.municipality_csv import parse
from tests.factories.catalogue import make_catalogue
from tests.factories.home import make_municipality_index, make_news_index, make_text
from tests.home.site import ADMIN

MUNICIPALITIES = parse(Path("data/municipalities.csv").read_bytes())
# What the autouse fixture `_outbox` sets for each test, here for what lasts longer.
MAIL = {"EMAIL_BACKEND": "core.mail.OutboxEmailBackend"}


@dataclass(frozen=True)
class Loaded:
    """Where the demo keeps its files, and what the command said."""

    folder: Path
    said: str


@pytest.fixture(scope="module")
def _made_site(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Set the site up in a transaction that lasts as long as the module, and is rolled back."""
    with django_db_blocker.unblock(), override_settings(**MAIL), transaction.atomic():
        call_command("init_site", admin_email=ADMIN, stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(_made_site, db) -> None:
    """A site as `init_site` leaves it; what a test changes is undone after it."""


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Loaded]:
    """Load the demo in a transaction that lasts as long as the module, and is rolled back."""
    folder = tmp_path_factory.mktemp("var")
    with (
        django_db_blocker.unblock(),
        override_settings(VAR_DIR=folder, MEDIA_ROOT=folder / "media", **MAIL),
        transaction.atomic(),
    ):
        said = StringIO()
        call_command("init_site", admin_email=ADMIN, stdout=said)
        call_command("load_demo", seed=7, stdout=said)
        yield Loaded(folder, said.getvalue())
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded_demo, db, settings) -> Loaded:
    """The demo, with its files in place for this test."""
    settings.VAR_DIR = loaded_demo.folder
    settings.MEDIA_ROOT = loaded_demo.folder / "media"
    return loaded_demo


@pytest.fixture
def small_site(root) -> HomePage:
    """The front page with catalogue, municipalities, news and a text under it."""
    root.promise = "Bygg en gång.\nÄg tillsammans."
    root.introduction = "Kommunernas tjänster."
    root.save()
    root.catalogue = make_catalogue(root)
    root.municipalities = make_municipality_index(root)
    root.news = make_news_index(root)
    root.about = make_text(root, slug="om")
    return root


@pytest.fixture
def municipalities(db) -> None:
    """The 290 municipalities."""
    import_municipalities(by=SYSTEM, rows=MUNICIPALITIES)
