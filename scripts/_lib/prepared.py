"""Tells without starting Django whether everything `scripts.prepare` does is already done.

A start of Django costs three to four seconds; on an unchanged product with its own SQLite file
the answer comes from file contents and two small queries.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from scripts._lib.fingerprints import of_files, of_stats, read_json, write_json
from scripts._lib.places import ROOT, VAR, VENV

SOURCES = ("*.py", "*.csv", "*.json", "*.geojson")
NOT_PRODUCT = {"tests", "benchmarks", "scripts", "node_modules", "var", "static", "docs", "locale"}
VARIABLES = ("SAMAGT_ENV", "DJANGO_SETTINGS_MODULE", "SAMAGT_VAR_DIR")
RECORD = VAR / "prepared.json"


def product_sources(root: Path = ROOT) -> Iterable[Path]:
    """Yield the files of the product that say what the site consists of."""
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and folder.name not in NOT_PRODUCT and not folder.name.startswith("."):
            for pattern in SOURCES:
                yield from folder.rglob(pattern)


def translations(root: Path = ROOT) -> list[Path]:
    """Return the translation sources."""
    return sorted((root / "locale").glob("*/LC_MESSAGES/*.po"))


def static_fingerprint(root: Path = ROOT) -> str:
    """Return the fingerprint of the project's static files and of the installed packages."""
    sources = [path for path in (root / "static").rglob("*") if path.is_file()]
    stamp = VENV / "installed.json"
    return of_stats([*sources, *filter(Path.exists, [stamp])])


def product_fingerprint(environ: Mapping[str, str] = os.environ) -> str:
    """Return the fingerprint of everything that preparing depends on, the database apart."""
    chosen = [f"{name}={environ.get(name, '')}" for name in VARIABLES]
    sources = [*product_sources(), *translations()]
    return of_files(sources, static_fingerprint(), *chosen)


def database_state(path: str, user_table: str) -> list[int] | None:
    """Return how many migrations are applied, the last one's number, and 1 if there is a user.

    None when the file is missing or is no database of the product.
    """
    if not Path(path).is_file():
        return None
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=5)) as database:
            applied = database.execute("SELECT count(*), max(id) FROM django_migrations").fetchone()
            people = database.execute(
                f'SELECT count(*) FROM (SELECT 1 FROM "{user_table}" LIMIT 1)'  # noqa: S608 - own record
            )
            return [*applied, people.fetchone()[0]]
    except sqlite3.Error:
        return None


def remember(path: str, user_table: str, environ: Mapping[str, str] = os.environ) -> None:
    """Record that all is prepared for the product's own SQLite file."""
    stored = read_json(RECORD)
    state = database_state(path, user_table)
    done = {
        "product": product_fingerprint(environ),
        "database": path,
        "users": user_table,
        "state": state,
    }
    write_json(RECORD, {**stored, "all": done})


def is_prepared(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether nothing changed since everything was last prepared."""
    done = read_json(RECORD).get("all") or {}
    if not done or environ.get("DATABASE_URL") or (VAR / "demo-unfinished").exists():
        return False
    if not all(source.with_suffix(".mo").exists() for source in translations()):
        return False
    state = database_state(done["database"], done["users"])
    return (
        state is not None
        and state == done["state"]
        and done["product"] == product_fingerprint(environ)
    )
