"""The engine that needs no server: tantivy, with its index in a folder of this machine.

Many processes read and one writes; tantivy's own lock refuses a second writer. A new index is
built in a folder beside, and a small file says which folder is read. The folder must lie on a
local disk (file locks and memory maps), never on a network share.
"""

import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import tantivy

from search.engines.contract import FACETS, EngineBusy, EngineDown, Hits, IndexDoc, Query
from search.engines.embedded_query import ORDER, TEXTS, filtered, whole

ANALYSER = "words"
POINTER = "current"
HEAP = 30_000_000
# Hits alike in score are ordered by day and key, which the engine cannot do itself: so somewhat
# more than a page is fetched and put in order here, and more as long as the last are alike.
MARGIN = 200
MORE = 4
MOST_VALUES = 300


def make_schema() -> tantivy.Schema:
    """Return the fields; texts are kept by their words alone, only the key is stored."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(ORDER, fast=True)
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name=ANALYSER)
    return builder.build()


SCHEMA = make_schema()


def open_folder(folder: Path) -> tantivy.Index:
    """Open an index, or make an empty one where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(SCHEMA, path=str(folder))
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(ANALYSER, words)
    index.config_reader("commit")
    return index


def to_document(doc: IndexDoc) -> tantivy.Document:
    """Return a thing in the engine's fields."""
    texts = {
        f"{place}_{what}": " ".join(getattr(words, f"{what}s"))
        for place, words in (("title", doc.title), ("body", doc.body))
        for what in ("stem", "part", "fold")
    }
    document = tantivy.Document(
        key=doc.key,
        kind=doc.kind,
        audience=list(doc.audiences),
        word=" ".join((*doc.title.words, *doc.body.words)),
        **texts,
    )
    document.add_unsigned(ORDER, doc.day.toordinal() if doc.day else 0)
    for name, values in doc.facets.items():
        for value in values:
            document.add_text(name, value)
    return document


class EmbeddedEngine:
    """Search in a folder. `version` names fields and analysis: another version, another index."""

    name = "tantivy"

    def __init__(self, folder: Path, *, version: str) -> None:
        self.home = folder / f"v{version}-{version_of('tantivy')}"
        self._lock = threading.Lock()
        self._opened: tuple[str, tantivy.Index] | None = None

    def is_ready(self) -> bool:
        """Return whether an index of this version has been built."""
        return bool(self._current())

    def write(self, docs: Iterable[IndexDoc], gone: Iterable[str]) -> None:
        """Replace and take out things by one commit. Raises EngineBusy while another writes."""
        index = self._index()
        with writing(index) as writer:
            for key in gone:
                writer.delete_documents_by_term("key", key)
            for doc in docs:
                writer.delete_documents_by_term("key", doc.key)
                writer.add_document(to_document(doc))
            writer.commit()
        index.reload()

    def search(self, query: Query) -> Hits:
        """Return what fits, facets counted without their own filter."""
        searcher = self._index().searcher()
        asked = filtered(SCHEMA, query)
        wanted = query.offset + query.limit
        order = ORDER if query.newest_first or not (query.terms or query.phrases) else None
        found = _whole_ranks(searcher, asked, max(wanted, 1), order)
        keys = _in_order(searcher, found.hits) if query.limit else []
        return Hits(
            total=found.count,
            keys=tuple(keys[query.offset : wanted]),
            facets={name: _counts(searcher, query, name) for name in query.facets},
        )

    def keys(self) -> Iterator[str]:
        """Yield the key of everything in the index."""
        searcher = self._index().searcher()
        every = searcher.search(whole(), limit=max(searcher.num_docs, 1))
        for _score, address in every.hits:
            yield str(searcher.doc(address).get_first("key"))

    @contextmanager
    def rebuild(self) -> Iterator["FolderBuilder"]:
        """Give an empty folder to fill; when the block ends well it is the one that is read."""
        name = uuid.uuid4().hex
        folder = self.home / name
        try:
            index = open_folder(folder)
            with writing(index) as writer:
                yield FolderBuilder(writer)
                writer.commit()
                writer.wait_merging_threads()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._switch(name)

    def _switch(self, name: str) -> None:
        fresh = self.home / f"{POINTER}.{name}"
        fresh.write_text(name, encoding="ascii")
        fresh.replace(self.home / POINTER)
        others = [*self.home.iterdir(), *self.home.parent.glob("v*")]
        for other in others:
            if other.is_dir() and other not in {self.home, self.home / name}:
                shutil.rmtree(other, ignore_errors=True)

    def _current(self) -> str:
        """Return the name of the folder that is read, empty when there is none."""
        with suppress(OSError):
            name = (self.home / POINTER).read_text(encoding="ascii")
            if (self.home / name).is_dir():
                return name
        return ""

    def _index(self) -> tantivy.Index:
        """Return the index that is read now; another process may have built a new one."""
        name = self._current()
        with self._lock:
            if not name:
                raise EngineDown("no index has been built")
            if self._opened is None or self._opened[0] != name:
                self._opened = (name, open_folder(self.home / name))
            return self._opened[1]


class FolderBuilder:
    """Fills a new index."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self.writer = writer

    def add(self, docs: Iterable[IndexDoc]) -> None:
        """Add things; each key once."""
        for doc in docs:
            self.writer.add_document(to_document(doc))


@contextmanager
def writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """Give the only writer of an index; what is not committed is dropped."""
    try:
        writer = index.writer(HEAP, 1)
    except ValueError as refused:
        if "LockBusy" in str(refused):
            raise EngineBusy(str(refused)) from refused
        raise
    try:
        yield writer
    finally:
        # The lock is held until the writer is gone.
        del writer


def _whole_ranks(searcher: Any, asked: tantivy.Query, wanted: int, order: str | None) -> Any:
    """Return as many hits as wanted, and all that are alike with the last of them."""
    limit = wanted + MARGIN
    found = searcher.search(asked, limit=limit, order_by_field=order)
    while len(found.hits) == limit and _rank(found.hits[wanted - 1]) == _rank(found.hits[-1]):
        limit *= MORE
        found = searcher.search(asked, limit=limit, order_by_field=order)
    return found


def _rank(hit: tuple[Any, Any]) -> float:
    """Return what the hit is ordered by, without what is lost in counting."""
    return round(float(hit[0]), 4)


def _in_order(searcher: Any, hits: list[tuple[Any, Any]]) -> list[str]:
    """Return the keys by score, then by day with the newest first, then by key."""
    addresses = [address for _score, address in hits]
    days = searcher.fast_field_values(ORDER, addresses)
    rows = [
        (-_rank(hit), -int(day or 0), str(searcher.doc(hit[1]).get_first("key")))
        for hit, day in zip(hits, days, strict=True)
    ]
    return [key for _score, _day, key in sorted(rows)]


def _counts(searcher: Any, query: Query, name: str) -> tuple[tuple[str, int], ...]:
    """Return how many hits each value of a facet has when its own filter is left out."""
    asked = filtered(SCHEMA, query, but=name)
    terms = {name: {"terms": {"field": name, "size": MOST_VALUES}}}
    buckets = searcher.aggregate(asked, terms)[name]["buckets"]
    counts = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))
