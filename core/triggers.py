"""Append-only tables, guarded by the database itself on SQLite and PostgreSQL.

SQLite drops a table's triggers without a word when a migration rebuilds the table, so they are
(re)created after every migrate and compared at start (docs/decisions.md, Evidence). The promise
is tamper-evident: whoever owns the file or the server can remove a trigger, and the check says so.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.transaction import atomic


@dataclass(frozen=True)
class Guard:
    """A table that only grows; `mutable` names columns one permitted routine may blank."""

    table: str
    mutable: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Periods:
    """A table whose rows with the same `keys` share no day (starts_on-ends_on, inclusive)."""

    table: str
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the constraint, and how its triggers begin."""
        return f"{self.table}_no_overlap"


@dataclass(frozen=True)
class Refusal:
    """A change of a row that the database refuses when `condition` holds.

    `event` is INSERT, UPDATE or DELETE. The condition is SQL over NEW and OLD; `{differs}` stands
    for "is distinct from" and `{share}` for the lock that PostgreSQL takes on a row it looks up.
    """

    table: str
    name: str
    event: str
    condition: str


_guards: dict[str, Guard] = {}
_periods: dict[str, Periods] = {}
_refusals: dict[str, Refusal] = {}


def guard(table: str, *, columns: tuple[str, ...] = (), mutable: tuple[str, ...] = ()) -> None:
    """Make a table append-only. With `mutable`, an update may set just those columns to NULL."""
    _guards[table] = Guard(table, mutable, columns)


def guarded() -> dict[str, tuple[str, ...]]:
    """Return every table that only grows, with the columns one permitted routine may blank."""
    return {name: item.mutable for name, item in sorted(_guards.items())}


def no_overlap(table: str, *keys: str) -> None:
    """Let no two rows of a table with the same `keys` share a day.

    The table has `starts_on` and `ends_on` (null: no end). PostgreSQL gets an exclusion
    constraint, SQLite a trigger before insert and update.
    """
    _periods[table] = Periods(table, keys)


def refuse(table: str, name: str, event: str, condition: str) -> None:
    """Let the database refuse an INSERT, UPDATE or DELETE when a condition holds (Refusal)."""
    full = f"{table}_{name}"
    _refusals[full] = Refusal(table, full, event, condition)


def drop_before_migrate(using: str, plan: Any = (), **_: Any) -> None:
    """Drop what would stop SQLite from rebuilding a table in a migration (pre_migrate).

    SQLite makes the table anew under its name and meanwhile refuses every trigger of another
    table that looks it up. `restore_after_migrate` puts them back.
    """
    connection = connections[using]
    if not plan or connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for rule in _refusals.values():
            cursor.execute(f"DROP TRIGGER IF EXISTS {rule.name}")


def restore_after_migrate(using: str, **_: Any) -> None:
    """Create the triggers anew after a migrate of any app (core's own post_migrate)."""
    restore(using)


def restore(using: str = "default") -> None:
    """(Re)create every trigger whose table exists.

    On SQLite at once: each transaction is written to disk by itself. On PostgreSQL one after the
    other, so that no two tables are locked while the site is in use.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    together = atomic(using=using) if connection.vendor == "sqlite" else nullcontext()
    with together, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for item in _guards.values():
            if item.table in tables:
                for name, statement in expected_for(item, connection.vendor).items():
                    suffix = "" if connection.vendor == "sqlite" else f" ON {item.table}"
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")
                    cursor.execute(statement)
        for rule in _refusals.values():
            if rule.table in tables:
                _restore_refusal(cursor, rule, connection.vendor)
        for item in _periods.values():
            if item.table in tables:
                _restore_periods(cursor, item, connection.vendor)


def _restore_refusal(cursor: Any, item: Refusal, vendor: str) -> None:
    suffix = "" if vendor == "sqlite" else f" ON {item.table}"
    cursor.execute(f"DROP TRIGGER IF EXISTS {item.name}{suffix}")
    if vendor == "postgresql":
        cursor.execute(_refusal_function(item))
    cursor.execute(_refusal_trigger(item, vendor))


def _restore_periods(cursor: Any, item: Periods, vendor: str) -> None:
    """Create what keeps the periods apart; an exclusion constraint survives and stays."""
    for name, statement in _periods_for(item, vendor).items():
        if vendor == "postgresql":
            cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [name])
            if cursor.fetchone():
                continue
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(statement)


def drop_for_tests(connection: Any) -> None:
    """Drop every trigger, so that a test database can be flushed; never called by the product."""
    with connection.cursor() as cursor:
        for item in _guards.values():
            for name in expected_for(item, connection.vendor):
                suffix = "" if connection.vendor == "sqlite" else f" ON {item.table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")
        for rule in _refusals.values():
            suffix = "" if connection.vendor == "sqlite" else f" ON {rule.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {rule.name}{suffix}")


def expected_for(item: Guard, vendor: str) -> dict[str, str]:
    """Return the trigger statements of one table."""
    return _sqlite(item) if vendor == "sqlite" else _postgresql(item)


def missing(using: str = "default") -> list[str]:
    """Return the names of triggers that are gone, changed or disabled, sorted."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    present = _present(connection)
    wanted = {
        name: statement
        for item in _guards.values()
        if item.table in tables
        for name, statement in expected_for(item, connection.vendor).items()
    }
    for rule in _refusals.values():
        if rule.table in tables:
            wanted[rule.name] = _refusal_trigger(rule, connection.vendor)
    for item in _periods.values():
        if item.table in tables:
            wanted |= _periods_for(item, connection.vendor)
    if connection.vendor == "sqlite":
        return sorted(n for n, sql in wanted.items() if present.get(n) != sql)
    bodies = _bodies()
    return sorted(n for n in wanted if n not in present or present[n] not in {n, bodies.get(n)})


def _bodies() -> dict[str, str]:
    """Return what the function of each PostgreSQL trigger must hold."""
    guard = _body(_POSTGRESQL_FUNCTION)
    found = {name: guard for item in _guards.values() for name in expected_for(item, "postgresql")}
    return found | {name: _body(_refusal_function(item)) for name, item in _refusals.items()}


def _body(statement: str) -> str:
    return statement.split("$$")[1]


def _present(connection: Any) -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            # A trigger is also gone when what it calls has been emptied.
            cursor.execute(
                "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
                " UNION SELECT conname, conname FROM pg_constraint WHERE contype = 'x'"
            )
        return dict(cursor.fetchall())


def _sqlite(item: Guard) -> dict[str, str]:
    """SQLite: refuse DELETE always, UPDATE unless only the mutable columns become NULL."""
    refuse = f"SELECT RAISE(ABORT, '{item.table} is append-only');"
    when = ""
    if item.mutable:
        fixed = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in item.columns)
        kept = " OR ".join(f"NEW.{c} IS NOT NULL" for c in item.mutable)
        when = f" WHEN {fixed} OR {kept}"
    return {
        f"{item.table}_no_update": (
            f"CREATE TRIGGER {item.table}_no_update BEFORE UPDATE ON {item.table}"
            f"{when} BEGIN {refuse} END"
        ),
        f"{item.table}_no_delete": (
            f"CREATE TRIGGER {item.table}_no_delete BEFORE DELETE ON {item.table}"
            f" BEGIN {refuse} END"
        ),
    }


def _refusal_trigger(item: Refusal, vendor: str) -> str:
    """Return the statement of a refusal; PostgreSQL asks its condition in a function."""
    if vendor == "postgresql":
        return (
            f"CREATE TRIGGER {item.name} BEFORE {item.event} ON {item.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {item.name}()"
        )
    condition = item.condition.format(differs="IS NOT", share="")
    return (
        f"CREATE TRIGGER {item.name} BEFORE {item.event} ON {item.table}"
        f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{item.name}'); END"
    )


def _refusal_function(item: Refusal) -> str:
    condition = item.condition.format(differs="IS DISTINCT FROM", share="FOR SHARE")
    row = "OLD" if item.event == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {item.name}() RETURNS trigger AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{item.name}'"
        f" USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {row}; END; $$ LANGUAGE plpgsql"
    )


def _periods_for(item: Periods, vendor: str) -> dict[str, str]:
    """Return the statements that keep the periods of one table apart."""
    if vendor == "postgresql":
        return {item.name: _exclusion(item)}
    return {f"{item.name}_{when}": _overlap_trigger(item, when) for when in ("insert", "update")}


def _exclusion(item: Periods) -> str:
    """An exclusion constraint that needs no extension: equal keys are ranges that overlap."""
    numbers = (
        key if key.endswith(("_id", "number", "position")) else f"hashtextextended({key}, 0)"
        for key in item.keys
    )
    equal = [f"int8range({n}::bigint, {n}::bigint, '[]') WITH &&" for n in numbers]
    parts = ", ".join([*equal, "daterange(starts_on, ends_on, '[]') WITH &&"])
    return f"ALTER TABLE {item.table} ADD CONSTRAINT {item.name} EXCLUDE USING gist ({parts})"


def _overlap_trigger(item: Periods, when: str) -> str:
    same = " AND ".join(f"other.{key} = NEW.{key}" for key in item.keys)
    return (
        f"CREATE TRIGGER {item.name}_{when} BEFORE {when.upper()} ON {item.table}"  # noqa: S608
        f" WHEN EXISTS (SELECT 1 FROM {item.table} AS other WHERE {same}"
        " AND other.id IS NOT NEW.id"
        " AND (NEW.ends_on IS NULL OR other.starts_on <= NEW.ends_on)"
        " AND (other.ends_on IS NULL OR other.ends_on >= NEW.starts_on))"
        f" BEGIN SELECT RAISE(ABORT, '{item.name}'); END"
    )


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION samagt_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql
"""


def _postgresql(item: Guard) -> dict[str, str]:
    """PostgreSQL: the same, and TRUNCATE by a statement trigger."""
    call = "EXECUTE FUNCTION samagt_append_only()"
    when = ""
    if item.mutable:
        fixed = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in item.columns)
        kept = " OR ".join(f"NEW.{c} IS NOT NULL" for c in item.mutable)
        when = f" WHEN ({fixed} OR {kept})"
    table = item.table
    return {
        f"{table}_no_update": (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW{when} {call}"
        ),
        f"{table}_no_delete": (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {call}"
        ),
        f"{table}_no_truncate": (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT {call}"
        ),
    }
