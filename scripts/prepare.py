"""The part of `make run` that needs Django: one process, since each start costs seconds."""

import argparse
import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from scripts._lib.console import Steps, fail
from scripts._lib.fingerprints import Record, of_files
from scripts._lib.places import VAR
from scripts._lib.prepared import (
    RECORD,
    product_sources,
    remember,
    static_fingerprint,
    translations,
)

FIRST_ADMINISTRATOR = "admin@exempel.invalid"


def main(arguments: list[str]) -> int:
    """Run the six steps; a wrong setting or an unreachable database is told in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--done", type=int, default=0)
    parser.add_argument("--total", type=int, default=6)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        prepare(Steps(options.total, done=options.done), Record(RECORD))
    except DatabaseError as error:
        fail(
            f"DATABASE_URL: {first_line(error)}"
            if os.environ.get("DATABASE_URL")
            else first_line(error)
        )
    except (ImproperlyConfigured, CommandError) as error:
        fail(first_line(error))
    except KeyboardInterrupt:
        return 130
    return 0


def first_line(error: Exception) -> str:
    """Return what went wrong in one line."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def prepare(steps: Steps, record: Record) -> None:
    """Bring translations, database, content and static files up to date."""
    compile_translations(steps, record)
    migrated = migrate(steps)
    set_up_site(steps, record, migrated=migrated)
    loaded = load_demo(steps)
    build_index(steps, loaded=loaded)
    collect_static(steps, record)
    if not os.environ.get("DATABASE_URL"):
        users = get_user_model()._meta.db_table
        remember(str(settings.DATABASES["default"]["NAME"]), users)


def compile_translations(steps: Steps, record: Record) -> None:
    """Compile the translations that changed since the last start."""
    sources = translations()
    fingerprint = of_files(sources)
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    if compiled and record.is_done("translations", fingerprint):
        steps.skip("Översättningar", "oförändrade")
        return
    with steps.work("Översättningar"):
        call_command("compile_translations", verbosity=0)
    record.finish("translations", fingerprint)


class AppliedMigrations(io.StringIO):
    """Listens to `migrate` and tells how far it has come, fifty migrations at a time."""

    def __init__(self, total: int, steps: Steps) -> None:
        super().__init__()
        self.total = total
        self.steps = steps
        self.applied = 0

    def write(self, text: str) -> int:
        """Count the lines that end a migration."""
        if text.strip().endswith("OK"):
            self.applied += 1
            if self.applied % 50 == 0:
                self.steps.note(f"{self.applied} av {self.total} migreringar")
        return len(text)


def migrate(steps: Steps) -> bool:
    """Apply what is missing; tell whether anything was."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        steps.skip("Databas")
        return False
    with steps.work(f"Databas: {len(plan)} migreringar"):
        call_command("migrate", interactive=False, stdout=AppliedMigrations(len(plan), steps))
    return True


def set_up_site(steps: Steps, record: Record, *, migrated: bool) -> None:
    """Run `init_site` when the database or the product is another than last time."""
    title = "Webbplatsens grund"
    if settings.SAMAGT_ENV == "production":
        steps.skip(title, "i drift körs manage.py init_site --admin-email ADRESS för hand")
        return
    database = settings.DATABASES["default"]
    fingerprint = of_files(product_sources(), str(database["NAME"]), str(database.get("HOST")))
    if not migrated and record.is_done("site", fingerprint):
        steps.skip(title)
        return
    with steps.work(title):
        call_command("init_site", "--admin-email", FIRST_ADMINISTRATOR)
    record.finish("site", fingerprint)


def load_demo(steps: Steps) -> bool:
    """Fill the product's own SQLite file, once; an interrupted load is taken up again.

    Tells whether anything was loaded.
    """
    title = "Demoinnehåll"
    unfinished = VAR / "demo-unfinished"
    if settings.SAMAGT_ENV == "production" or os.environ.get("DATABASE_URL"):
        steps.skip(title, "bara i produktens egen SQLite-fil")
        return False
    if get_user_model().objects.exists() and not unfinished.exists():
        steps.skip(title, "finns redan")
        return False
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    with steps.work(title):
        # The accounts are shown when the site answers; here they would scroll away.
        call_command("load_demo", stdout=io.StringIO())
    unfinished.unlink()
    return True


def build_index(steps: Steps, *, loaded: bool) -> None:
    """Build the search index when there is none; what changes later the worker sees to."""
    from search.engines.chosen import engine  # noqa: PLC0415 - Django must be set up first
    from search.engines.contract import EngineDown  # noqa: PLC0415 - as above

    title = "Sökindex"
    try:
        if engine().is_ready() and not loaded:
            steps.skip(title, "finns redan")
            return
    except EngineDown:
        steps.skip(title, "sökmotorn svarar inte; arbetet bygger när den gör det")
        return
    with steps.work(title):
        call_command("rebuild_index", stdout=io.StringIO())


def collect_static(steps: Steps, record: Record) -> None:
    """Gather the static files when a source or an installed package changed."""
    title = "Statiska filer"
    if settings.DEBUG or not settings.STATIC_ROOT:
        steps.skip(title, "serveras direkt")
        return
    fingerprint = static_fingerprint()
    if Path(settings.STATIC_ROOT).is_dir() and record.is_done("static", fingerprint):
        steps.skip(title)
        return
    with steps.work(title):
        call_command("collectstatic", interactive=False, verbosity=0)
    record.finish("static", fingerprint)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
