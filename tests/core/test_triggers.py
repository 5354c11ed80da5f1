"""The database itself keeps append-only tables append-only."""

import pytest
from django.db import DatabaseError, connection, transaction

from core import triggers
from core.models import AuditEntry


@pytest.fixture
def entry(db) -> AuditEntry:
    return AuditEntry.objects.create(event="login", ip_address="192.0.2.1")


def test_missing_names_nothing_after_migrate(db):
    assert triggers.missing() == []


def test_missing_names_a_dropped_trigger(db):
    suffix = "" if connection.vendor == "sqlite" else " ON core_auditentry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER core_auditentry_no_delete{suffix}")
    assert triggers.missing() == ["core_auditentry_no_delete"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET event = 'x'",
        "UPDATE core_auditentry SET ip_address = '192.0.2.9'",
        "UPDATE core_auditentry SET ip_address = NULL, event = 'x'",
        "DELETE FROM core_auditentry",
    ],
)
def test_audit_entry_refuses(entry, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().event == "login"


def test_audit_entry_refuses_replace(entry):
    if connection.vendor == "sqlite":
        statement = (
            "INSERT OR REPLACE INTO core_auditentry"
            " (id, happened_at, event, object_type, object_id, old, new)"
            f" VALUES ({entry.pk}, '2020-01-01', 'x', '', '', '{{}}', '{{}}')"
        )
    else:
        statement = "TRUNCATE core_auditentry"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().event == "login"


def test_audit_entry_lets_the_address_be_blanked(entry):
    AuditEntry.objects.update(ip_address=None)
    assert AuditEntry.objects.get().ip_address is None
