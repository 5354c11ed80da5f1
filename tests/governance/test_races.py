"""Numbers and the chain under many processes at once, on the database that the tests use."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from governance.actions import ledger
from governance.actions.numbering import next_number, start_series
from governance.models import LedgerEntry, NumberSeries
from tests.factories.governance import make_body

PROCESSES, EACH = 5, 10
BASE = Path(__file__).parents[2]


def in_parallel(kind: str, argument: str) -> list[int]:
    """Return the numbers that the processes got; all their connections ask at the same time."""
    name = str(connection.settings_dict["NAME"])
    arguments = [sys.executable, "-W", "ignore", "-m", "tests.governance.number_worker"]
    workers = [
        subprocess.Popen(
            [*arguments, name, kind, argument, str(EACH)],
            cwd=BASE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for __ in range(PROCESSES)
    ]
    assert [worker.stdout.readline() for worker in workers] == ["ready\n"] * PROCESSES
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    outputs = [worker.communicate()[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * PROCESSES
    return [int(number) for output in outputs for number in output.split()]


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double():
    taken = in_parallel("numbers", "FR-RACE")
    kept = PROCESSES * EACH * 4 // 5
    assert sorted(taken) == list(range(1, kept + 1))
    assert NumberSeries.objects.get(code="FR-RACE").last == kept


@pytest.mark.django_db(transaction=True)
def test_the_chain_is_unbroken_by_parallel_appends():
    body = make_body(1)
    before = LedgerEntry.objects.count()
    numbers = in_parallel("ledger", body.council.slug)
    assert sorted(numbers) == list(range(before + 1, before + 1 + PROCESSES * EACH))
    with transaction.atomic():
        assert ledger.verify().fault == ""


@pytest.mark.django_db
def test_series_and_years_are_counted_apart():
    start_series(code="A", year=2025, last=47)
    assert next_number(code="A", year=2025) == 48
    assert next_number(code="A", year=2026) == 1
    assert next_number(code="B", year=2026) == 1
