"""How fast the search builds its index and answers, on the engine that the environment names.

.venv/bin/python -m benchmarks.search [THINGS]

The things are made of words of the demo's own texts, drawn with a fixed seed: short headings and
bodies of 150 words. The index lies in a folder that is thrown away; with ELASTICSEARCH_URL it has
a name of its own on the server and is removed at the end.
"""

import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.load import percentile

THINGS, QUESTIONS, WORDS = 10_000, 300, 150
TEXTS = Path(__file__).resolve().parent.parent / "data" / "demo"


def main() -> None:
    """Build, ask, print."""
    things = int(sys.argv[1]) if len(sys.argv) > 1 else THINGS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMAGT_VAR_DIR"] = folder
        os.environ["ELASTICSEARCH_PREFIX"] = f"bench-{uuid.uuid4().hex[:8]}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
        import django  # noqa: PLC0415 - the settings must be chosen first

        django.setup()
        _run(things)


def _run(things: int) -> None:
    from search.engines.chosen import engine  # noqa: PLC0415 - as above
    from search.engines.contract import Query  # noqa: PLC0415 - as above
    from search.reading import read  # noqa: PLC0415 - as above

    words = vocabulary()
    used = engine()
    started = time.perf_counter()
    with used.rebuild() as builder:
        builder.add(documents(words, things))
    built = time.perf_counter() - started
    print(f"{used.name}: {things} things indexed in {built:.1f} s ({things / built:.0f} a second)")
    draw = random.Random(2)  # noqa: S311 - the same questions each time
    spent = []
    for _ in range(QUESTIONS):
        reading = read(" ".join(draw.sample(words, draw.randint(1, 2))))
        query = Query(audiences=("public",), terms=reading.terms, phrases=reading.phrases)
        started = time.perf_counter()
        used.search(query)
        spent.append((time.perf_counter() - started) * 1000)
    middle, slow = percentile(spent, 0.5), percentile(spent, 0.95)
    print(f"{QUESTIONS} questions with three facets: p50 {middle:.1f} ms, p95 {slow:.1f} ms")
    drop = getattr(used, "discard", None)
    if drop:
        drop()


def vocabulary() -> list[str]:
    """Return the words of the demo's texts, the frequent ones as often as they stand there."""
    from search.swedish import STOP_WORDS, tokens  # noqa: PLC0415 - as above

    texts = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.rglob("*.*"))]
    found = [token.word for text in texts for token in tokens(text)]
    return [word for word in found if word not in STOP_WORDS and word.isalpha()]


def documents(words: list[str], things: int) -> Iterator[object]:
    """Yield things made of the words."""
    from search.actions.building import document  # noqa: PLC0415 - as above
    from search.registry import Entry  # noqa: PLC0415 - as above

    draw = random.Random(1)  # noqa: S311 - the same things each time
    for number in range(things):
        entry = Entry(
            title=" ".join(draw.choices(words, k=5)),
            url="/",
            body=" ".join(draw.choices(words, k=WORDS)),
            day=date(2015, 1, 1) + timedelta(days=number % 4000),
            facets={"body": (f"organ-{number % 290}",), "year": (str(2015 + number % 11),)},
        )
        yield document("decision", number + 1, entry)


if __name__ == "__main__":
    main()
