"""Search by Elasticsearch or OpenSearch, for those who have one."""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain

from elastic_transport import ApiError, TransportError
from elasticsearch import BadRequestError, Elasticsearch, helpers

from search.engines.contract import Builder, EngineDown, Hits, IndexDoc, Query
from search.engines.elastic_index import new_index, putting, send, taking_out
from search.engines.elastic_query import search_for
from search.engines.opensearch_node import PlainNode

# For connecting and for answering each, and nothing is tried again: a page waits three seconds
# at most and then does without.
SEARCH_SECONDS = 1.5
WRITE_SECONDS = 60.0


class ElasticEngine:
    """An index of one version behind an alias: search.engines.contract.Engine.

    A rebuilt index lies beside, under a name of its own, until the alias is moved to it.
    """

    name = "elasticsearch"

    def __init__(self, url: str, version: str, prefix: str = "samagt") -> None:
        """Take the server's address and the version of fields and analysis; ask nothing yet."""
        self._url = url
        self._prefix = prefix
        self._alias = f"{prefix}-v{version}"
        self._own_client: Elasticsearch | None = None
        self._process = 0

    def is_ready(self) -> bool:
        """Return whether there is an index of this version."""
        with answering():
            return bool(self._client.indices.exists_alias(name=self._alias))

    def write(self, docs: Iterable[IndexDoc], gone: Iterable[str]) -> None:
        """Put in or replace things, and take out those whose keys are `gone`; read at once."""
        with answering():
            instructions = chain(map(taking_out, gone), map(putting, docs))
            send(self._patient, self._alias, instructions)
            self._patient.indices.refresh(index=self._alias)

    def search(self, query: Query) -> Hits:
        """Return what fits."""
        with answering():
            found = search_for(query).using(self._client).index(self._alias).execute()
        counted = {name: found.aggregations[name]["values"].buckets for name in query.facets}
        return Hits(
            total=found.hits.total.value,  # type: ignore[attr-defined]
            keys=tuple(hit.meta.id for hit in found),
            facets={
                name: tuple((bucket.key, bucket.doc_count) for bucket in buckets)
                for name, buckets in counted.items()
            },
        )

    def keys(self) -> Iterator[str]:
        """Yield the key of everything in the index, in no order."""
        with answering():
            everything = helpers.scan(
                self._client, index=self._alias, source=False, request_timeout=WRITE_SECONDS
            )
            for hit in everything:
                yield hit["_id"]

    @contextmanager
    def rebuild(self) -> Iterator[Builder]:
        """Give a new index to fill; at the end of the block it takes the old one's place.

        When the block fails the new index is removed and the old one stays. When two rebuild at
        once, the one that ends first wins and the other gets EngineDown.
        """
        index = f"{self._alias}-{secrets.token_hex(4)}"
        building = f"{index}-building"
        with answering():
            new_index(index, building, self._patient).create()
        try:
            yield ElasticBuilder(self._patient, building)
            with answering():
                self._patient.indices.refresh(index=building)
        except BaseException:
            with suppress(ApiError, TransportError):
                self._patient.indices.delete(index=index)
            raise
        with answering():
            self._switch(index, building)

    def discard(self) -> None:
        """Remove all indexes of this prefix and close the connections; a trial is over."""
        with answering():
            for name in self._indexes():
                self._patient.indices.delete(index=name)
        self._client.close()
        self._own_client = None

    def _switch(self, index: str, building: str) -> None:
        """Move the alias to the index and remove all other indexes of ours, in one step.

        Those of other versions go too: nobody would take out of them what is erased.
        """
        older = [name for name in self._indexes() if name != index]
        self._patient.indices.update_aliases(
            actions=[
                {"add": {"index": index, "alias": self._alias}},
                {"remove": {"index": index, "alias": building}},
                *({"remove_index": {"index": name}} for name in older),
            ]
        )

    def _indexes(self) -> list[str]:
        """Return all indexes of ours, of whichever version, also those half built."""
        own = re.compile(re.escape(self._prefix) + r"-v.+-[0-9a-f]{8}")
        return [
            name
            for name in self._patient.indices.get_alias(index=f"{self._prefix}-v*")
            if own.fullmatch(name)
        ]

    @property
    def _client(self) -> Elasticsearch:
        """The client of this process: a connection must not be shared with a forked one."""
        if not self._own_client or self._process != os.getpid():
            self._own_client = Elasticsearch(
                self._url,
                node_class=PlainNode,
                request_timeout=SEARCH_SECONDS,
                max_retries=0,
                retry_on_timeout=False,
            )
            self._process = os.getpid()
        return self._own_client

    @property
    def _patient(self) -> Elasticsearch:
        """The same client, for what nobody waits for in front of a page."""
        return self._client.options(request_timeout=WRITE_SECONDS)


class ElasticBuilder:
    """Fills an index that nobody reads yet."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client = client
        self._alias = alias

    def add(self, docs: Iterable[IndexDoc]) -> None:
        """Add things; each key once."""
        with answering():
            send(self._client, self._alias, map(putting, docs))


@contextmanager
def answering() -> Iterator[None]:
    """Tell by EngineDown that the server does not answer, is not let in to, or has no index.

    What is asked in a wrong way is a fault of ours and comes out as it is.
    """
    try:
        yield
    except BadRequestError:
        raise
    except (ApiError, TransportError, helpers.ScanError) as error:
        raise EngineDown(str(error)) from error
