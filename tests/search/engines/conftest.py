"""The engines that the contract holds for, each with an index of the test's own."""

import os
import uuid
from collections.abc import Callable, Iterator

import pytest

from search.engines.contract import Engine
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine

VERSION = "1-1"
SETTINGS = {"elasticsearch": "ELASTICSEARCH_URL", "opensearch": "TEST_OPENSEARCH_URL"}
SERVERS = [pytest.param(name, marks=getattr(pytest.mark, name)) for name in SETTINGS]
Opener = Callable[[], Engine]


@pytest.fixture
def prefix() -> str:
    """What the names of a test's indexes begin with."""
    return f"test-{uuid.uuid4().hex[:12]}"


@pytest.fixture(params=["embedded", *SERVERS])
def opened(request, tmp_path, prefix) -> Iterator[Opener]:
    """What opens the test's index once more, as another process does."""
    if request.param == "embedded":
        yield lambda: EmbeddedEngine(tmp_path, version=VERSION)
        return
    made: list[ElasticEngine] = []

    def open_server() -> Engine:
        url = os.environ[SETTINGS[request.param]]
        made.append(ElasticEngine(url, version=VERSION, prefix=prefix))
        return made[-1]

    yield open_server
    for engine in made:
        engine.discard()


@pytest.fixture
def engine(opened: Opener) -> Engine:
    """An engine that holds no index yet."""
    return opened()


@pytest.fixture(params=SERVERS)
def server(request) -> str:
    """The address of a server of either kind."""
    return os.environ[SETTINGS[request.param]]
