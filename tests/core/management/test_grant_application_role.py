"""The application role on PostgreSQL: evidence can be read and added to, and nothing else."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core import triggers
from core.management.commands.grant_application_role import statements

ROLE = "samagt_prov"


@pytest.mark.parametrize("name", ["", "x; DROP TABLE y", 'a"b', "Å", "1a", "a" * 64])
@pytest.mark.postgres
@pytest.mark.django_db
def test_a_name_that_is_no_role_is_refused(name):
    with pytest.raises(CommandError, match="ROLE"):
        call_command("grant_application_role", name)


@pytest.mark.sqlite
@pytest.mark.django_db
def test_only_postgresql_has_roles():
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("grant_application_role", ROLE)


def test_evidence_gets_no_update_and_no_delete():
    guarded = triggers.guarded()
    said = statements(ROLE, [*guarded, "members_user"])
    rights = {table: [s for s in said if f'"{table}"' in s] for table in guarded}
    assert all("DELETE" not in s for rows in rights.values() for s in rows)
    assert "governance_ledgerentry" in guarded
    assert rights["governance_ledgerentry"] == [
        f'GRANT SELECT, INSERT ON "governance_ledgerentry" TO {ROLE}'
    ]
    assert any('"members_user"' in s and "DELETE" in s for s in said)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_role_can_add_but_not_change(capsys):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {ROLE}")
    call_command("grant_application_role", ROLE)
    assert "only be read and added to" in capsys.readouterr().out
    for table in triggers.guarded():
        assert _allowed(f'SELECT * FROM "{table}" LIMIT 1')
        for deed in (f'DELETE FROM "{table}"', f'TRUNCATE "{table}" CASCADE'):
            assert not _allowed(deed), deed
        assert not _allowed(f'DROP TRIGGER {table}_no_delete ON "{table}"')
    # The control: the same deeds pass on what is no evidence.
    assert _allowed('DELETE FROM "notifications_notification"')
    assert _allowed('UPDATE "members_user" SET language = language')
    assert not _allowed('UPDATE "governance_ledgerentry" SET kind = kind')


def _allowed(statement: str) -> bool:
    """Tell whether the role may do this; what it did is undone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as error:
        assert "permission denied" in str(error) or "must be owner" in str(error), error
        return False
    return True
