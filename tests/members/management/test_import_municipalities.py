"""The command: what it says and what it leaves alone."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from members.management.commands.import_municipalities import MESSAGES, describe
from members.models import Municipality, Organisation
from members.municipality_csv import Fault, FaultKind

DATA = Path("data/municipalities.csv")


def run(path) -> str:
    out = StringIO()
    call_command("import_municipalities", str(path), stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def changed_file(tmp_path):
    """Write the project's file with one piece of text replaced."""

    def write(old: str, new: str) -> Path:
        text = DATA.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path = tmp_path / "kommuner.csv"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return write


@pytest.mark.django_db
def test_the_first_run_adds_all_and_the_second_changes_nothing(django_assert_max_num_queries):
    assert run(DATA) == "290 tillkom, 0 ändrades, 0 oförändrade."
    before = list(Municipality.objects.order_by("code").values())
    with django_assert_max_num_queries(10):
        assert run(DATA) == "0 tillkom, 0 ändrades, 290 oförändrade."
    assert list(Municipality.objects.order_by("code").values()) == before
    assert Organisation.objects.count() == 290


@pytest.mark.django_db
def test_a_changed_row_is_reported_with_its_columns(changed_file):
    run(DATA)
    path = changed_file(
        "0114,Upplands Väsby,01,Stockholms län,50550", "0114,Upplands Väsby,01,Stockholms län,50551"
    )
    assert run(path) == "0114: population\n0 tillkom, 1 ändrades, 289 oförändrade."
    assert Municipality.objects.get(code="0114").population == 50551


@pytest.mark.django_db
def test_a_bad_row_names_line_and_column_and_changes_nothing(changed_file):
    path = changed_file("0115,Vallentuna", "115,Vallentuna")
    with pytest.raises(CommandError) as caught:
        run(path)
    assert str(caught.value) == (
        "Inget ändrades.\nRad 3, kolumn code: ”115” är ingen kommunkod: fyra siffror, med inledande"
        " nollor som i 0180"
    )
    assert Municipality.objects.count() == 0


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"Filen .*saknas\.csv kan inte läsas\."):
        run(tmp_path / "saknas.csv")


@pytest.mark.parametrize("kind", list(FaultKind))
def test_every_kind_of_fault_has_a_sentence_in_swedish(kind):
    assert set(MESSAGES) == set(FaultKind)
    line = describe(Fault(7, "name", kind, "värde"))
    assert line.startswith("Rad 7, kolumn name: ")
    assert "%(" not in line
