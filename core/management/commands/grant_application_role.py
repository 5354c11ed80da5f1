"""Gives a PostgreSQL role what the running product needs, and on evidence nothing but to add."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from core import triggers

NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class Command(BaseCommand):
    """Grant the rights of the application role; run by the owner after every migrate."""

    help = (
        "Gives the PostgreSQL role ROLE what web, worker and beat need: SELECT, INSERT, UPDATE and"
        " DELETE on tables, but only SELECT and INSERT on evidence. Run it as the owner of the"
        " tables after every migrate; the application then connects as ROLE."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the role."""
        parser.add_argument("role", metavar="ROLE")

    def handle(self, *_: Any, role: str, **__: Any) -> None:
        """Grant, and say of how many tables."""
        if connection.vendor != "postgresql":
            raise CommandError("only PostgreSQL has roles: DATABASE_URL names another database")
        if not NAME.fullmatch(role):
            raise CommandError("ROLE: small letters, digits and underscores only")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                raise CommandError(f"ROLE: {role} does not exist; create it first with a password")
            for statement in statements(role, connection.introspection.table_names(cursor)):
                cursor.execute(statement)
        guarded = triggers.guarded()
        self.stdout.write(
            f"{role}: evidence in {len(guarded)} tables can only be read and added to"
        )


def statements(role: str, tables: list[str]) -> list[str]:
    """Return the statements that leave the role with exactly these rights."""
    guarded = triggers.guarded()
    evidence = sorted(set(tables) & set(guarded))
    rest = sorted(set(tables) - set(guarded))
    grants = [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    ]
    if rest:
        listed = ", ".join(f'"{table}"' for table in rest)
        grants.append(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {listed} TO {role}")
    for table in evidence:
        grants.append(f'GRANT SELECT, INSERT ON "{table}" TO {role}')
        columns = ", ".join(f'"{column}"' for column in guarded[table])
        if columns:
            grants.append(f'GRANT UPDATE ({columns}) ON "{table}" TO {role}')
    return grants
