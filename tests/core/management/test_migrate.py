"""Migrating puts back the triggers that the database lacks, and is not stopped by their absence."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from core import triggers

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_missing_trigger_is_named_by_the_check_and_put_back_by_migrate():
    triggers.drop_for_tests(connection)
    with pytest.raises(SystemCheckError, match="core.E001"):
        call_command("check", databases=["default"])

    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)

    assert triggers.missing() == []
    call_command("check", databases=["default"], verbosity=0)
