"""The engine that the environment names: a folder of this machine, or a server."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search import swedish
from search.engines.contract import SCHEMA, Engine, EngineDown
from search.engines.embedded import EmbeddedEngine

VERSION = f"{SCHEMA}-{swedish.VERSION}"


def engine() -> Engine:
    """Return the engine in use; it opens its index when it is first asked."""
    return _engine(settings.ELASTICSEARCH_URL, str(settings.SEARCH_DIR), settings.SEARCH_PREFIX)


@lru_cache(maxsize=4)
def _engine(url: str, folder: str, prefix: str) -> Engine:
    if url:
        # The client is large: whoever uses no server does not load it.
        from search.engines.elastic import ElasticEngine  # noqa: PLC0415

        return ElasticEngine(url, version=VERSION, prefix=prefix)
    return EmbeddedEngine(Path(folder), version=VERSION)


def check_engine() -> None:
    """The engine answers and has an index of this version."""
    if not engine().is_ready():
        message = "no index has been built"
        raise EngineDown(message)
