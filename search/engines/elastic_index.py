"""How things lie in an index of Elasticsearch, and how they are sent there."""

from collections.abc import Iterable
from typing import Any

from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Date, Index, Keyword, Mapping, Text

from search.engines.contract import FACETS, WEIGHTS, EngineDown, IndexDoc

BATCH = 500
BATCH_BYTES = 5 * 1024 * 1024
# The server's own tokenizer parts words of more than 255 letters, and it asks for no beginning of
# more than 1,000 bytes.
LONGEST_WORD = 200
NOT_FOUND, TOO_MANY, SERVER_ERROR = 404, 429, 500


def mapping() -> Mapping:
    """Return the fields. The words are analysed already, so they are only parted at the spaces.

    The source is not stored: an engine keeps no text, and what is found is its key.
    """
    fields = Mapping().meta("_source", enabled=False).meta("dynamic", "strict")
    for name in WEIGHTS:
        # Only whole words in a row can be asked for; of the other signs it is enough how many.
        if name.endswith("_stem"):
            fields.field(name, Text(analyzer="whitespace"))
        else:
            fields.field(name, Text(analyzer="whitespace", index_options="freqs"))
    fields.field("word", Text(analyzer="whitespace", index_options="docs", norms=False))
    for name in ("key", "audiences", *FACETS):
        fields.field(name, Keyword())
    fields.field("day", Date(format="strict_date"))
    return fields


def new_index(name: str, alias: str, client: Elasticsearch) -> Index:
    """Return an index to be created, of one shard: then all words are weighed alike."""
    index = Index(name, using=client)
    index.settings(number_of_shards=1)
    index.mapping(mapping())
    index.aliases(**{alias: {}})
    return index


def putting(doc: IndexDoc) -> dict[str, Any]:
    """Return the instruction that puts the thing in, or replaces it."""
    source: dict[str, Any] = {
        "key": doc.key,
        "kind": doc.kind,
        "audiences": list(doc.audiences),
        "word": joined((*doc.title.words, *doc.body.words)),
        **{name: list(values) for name, values in doc.facets.items()},
    }
    for place, text in (("title", doc.title), ("body", doc.body)):
        source[f"{place}_stem"] = joined(text.stems)
        source[f"{place}_part"] = joined(text.parts)
        source[f"{place}_fold"] = joined(text.folds)
    if doc.day:
        source["day"] = doc.day.isoformat()
    return {"_op_type": "index", "_id": doc.key, "_source": source}


def taking_out(key: str) -> dict[str, Any]:
    """Return the instruction that takes the thing out."""
    return {"_op_type": "delete", "_id": key}


def send(client: Elasticsearch, alias: str, actions: Iterable[dict[str, Any]]) -> None:
    """Send the instructions in batches.

    Raises EngineDown when the index is gone or the server cannot take more; BulkIndexError when
    it refuses what was sent. That a thing to take out was not there is no fault.
    """
    results = helpers.streaming_bulk(
        client,
        actions,
        chunk_size=BATCH,
        max_chunk_bytes=BATCH_BYTES,
        raise_on_error=False,
        index=alias,
        # Without it the server makes an index of its own when there is none.
        require_alias=True,
    )
    for is_done, result in results:
        if not is_done:
            refuse(*next(iter(result.items())))


def refuse(operation: str, told: dict[str, Any]) -> None:
    """Raise what a failed instruction means, if it means anything."""
    status, error = told.get("status", SERVER_ERROR), told.get("error")
    if operation == "delete" and status == NOT_FOUND and not error:
        return
    if status in {NOT_FOUND, TOO_MANY} or status >= SERVER_ERROR:
        raise EngineDown(f"{operation}: {error}")
    raise helpers.BulkIndexError(f"{operation} was refused", [{operation: told}])


def joined(tokens: Iterable[str]) -> str:
    """Return the words parted by spaces."""
    return " ".join(map(cut, tokens))


def cut(word: str) -> str:
    """Return as much of the word as an index holds."""
    return word[:LONGEST_WORD]
