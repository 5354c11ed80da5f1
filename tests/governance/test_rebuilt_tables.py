"""Tables that a migration rebuilds keep their protection (security.md 9).

SQLite makes a table anew when a constraint is added, and its triggers are gone without a word.
"""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q

from core import triggers
from governance.models import Ballot, LedgerEntry, MinutesVersion, Poll, Rectification
from tests.factories.minutes import adjusted

pytestmark = pytest.mark.django_db(transaction=True)
REBUILT = [Ballot, LedgerEntry, MinutesVersion, Rectification, Poll]


def constraint_of(model: type[models.Model]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(id__gte=0), name=f"prov_{model._meta.model_name}")


def rebuild(model: type[models.Model], *, undo: bool = False) -> None:
    """Change a table as a migration does: between what happens before and after it."""
    triggers.drop_before_migrate(using="default", plan=["a migration"])
    with connection.schema_editor() as editor:
        change = editor.remove_constraint if undo else editor.add_constraint
        change(model, constraint_of(model))


@pytest.fixture(params=REBUILT, ids=lambda model: model.__name__)
def rebuilt(request) -> Iterator[type[models.Model]]:
    rebuild(request.param)
    yield request.param
    rebuild(request.param, undo=True)
    triggers.restore()


def test_migrate_gives_a_rebuilt_table_its_triggers_back(rebuilt):
    gone = triggers.missing()
    if connection.vendor == "sqlite":
        # The control: without what migrate does afterwards the table stands unprotected.
        assert [name for name in gone if name.startswith(f"{rebuilt._meta.db_table}_no_")]
    else:
        assert gone == []
    call_command("migrate", verbosity=0, interactive=False)
    assert triggers.missing() == []


@pytest.mark.sqlite
def test_control_a_table_that_triggers_look_up_is_not_rebuilt_beside_them():
    with pytest.raises(DatabaseError, match="error in trigger"), connection.schema_editor() as e:
        e.add_constraint(Poll, constraint_of(Poll))
    assert triggers.missing() == []


def test_a_migrate_with_nothing_to_do_leaves_the_triggers_alone():
    triggers.drop_before_migrate(using="default", plan=[])
    assert triggers.missing() == []


def test_the_database_refuses_again(rebuilt):
    call_command("migrate", verbosity=0, interactive=False)
    held = adjusted()
    version = MinutesVersion.objects.get(minutes=held.minutes)
    with pytest.raises(DatabaseError), transaction.atomic():
        MinutesVersion.objects.filter(pk=version.pk).update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.all().delete()


@pytest.mark.postgres
def test_a_trigger_whose_function_was_emptied_is_named():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION samagt_append_only() RETURNS trigger AS"
            " $$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql"
        )
    missing = triggers.missing()
    assert "governance_ledgerentry_no_update" in missing
    assert "core_auditentry_no_delete" in missing
    triggers.restore()
    assert triggers.missing() == []
    name = "governance_ballot_only_while_open"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS"
            " $$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql"
        )
    assert triggers.missing() == [name]
    triggers.restore()
    assert triggers.missing() == []
