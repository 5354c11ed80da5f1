"""Bringing the municipalities in line with rows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from core.actions import SYSTEM
from members.actions.municipalities import import_municipalities
from members.models import Municipality, Organisation
from members.municipality_csv import BadFile, Fault, FaultKind, MunicipalityRow
from members.states import OrganisationKind
from tests.factories.members import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def row(**values: object) -> MunicipalityRow:
    given = {
        "line": 2,
        "code": "0180",
        "name": "Stockholm",
        "county_code": "01",
        "county": "Stockholms län",
        "population": 998782,
        "population_date": date(2025, 9, 30),
        "population_source": "SCB",
        "lat": Decimal("59.3251"),
        "lon": Decimal("18.0711"),
        "group": "A1",
        "tile_x": 13,
        "tile_y": 18,
    }
    return MunicipalityRow(**(given | values))


OTHER = {"line": 3, "code": "0182", "name": "Nacka", "tile_x": 14, "tile_y": 18}


def test_an_organisation_of_the_same_kind_and_name_is_taken_up():
    organisation = OrganisationFactory(kind=OrganisationKind.MUNICIPALITY, name="Stockholm")
    import_municipalities(by=SYSTEM, rows=[row(org_number="212000-0142")])
    assert Municipality.objects.get().organisation_id == organisation.pk
    organisation.refresh_from_db()
    assert organisation.org_number == "212000-0142"


def test_two_municipalities_may_change_names_and_tiles():
    first, second = row(), row(**OTHER)
    import_municipalities(by=SYSTEM, rows=[first, second])
    report = import_municipalities(
        by=SYSTEM,
        rows=[
            replace(first, name="Nacka", tile_x=14),
            replace(second, name="Stockholm", tile_x=13),
        ],
    )
    assert report.changed == {"0180": ["name", "tile_x"], "0182": ["name", "tile_x"]}
    assert list(Municipality.objects.order_by("code").values_list("name", "tile_x")) == [
        ("Nacka", 14),
        ("Stockholm", 13),
    ]
    assert list(Organisation.objects.order_by("municipality__code").values_list("name")) == [
        ("Nacka",),
        ("Stockholm",),
    ]


def test_a_row_without_organisation_number_keeps_the_one_that_is_known():
    import_municipalities(by=SYSTEM, rows=[row(org_number="212000-0142")])
    report = import_municipalities(by=SYSTEM, rows=[row(population=1_000_000)])
    assert report.changed == {"0180": ["population"]}
    assert Organisation.objects.get().org_number == "212000-0142"


def test_a_municipality_that_the_rows_leave_out_stays():
    import_municipalities(by=SYSTEM, rows=[row(), row(**OTHER)])
    report = import_municipalities(by=SYSTEM, rows=[row()])
    assert (report.added, report.changed, report.unchanged) == ([], {}, ["0180"])
    assert Municipality.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "column", "value"),
    [
        ({"name": "Nacka"}, "name", "Nacka"),
        ({"tile_x": 14}, "tile_x", "14,18"),
        ({"org_number": "802000-2775"}, "org_number", "802000-2775"),
    ],
)
def test_what_belongs_to_another_organisation_is_refused(values, column, value):
    OrganisationFactory(org_number="802000-2775")
    import_municipalities(by=SYSTEM, rows=[row(**OTHER)])
    with pytest.raises(BadFile) as caught:
        import_municipalities(by=SYSTEM, rows=[row(**values)])
    assert caught.value.faults == (Fault(2, column, FaultKind.TAKEN, value),)
    assert list(Municipality.objects.values_list("code", flat=True)) == ["0182"]


def test_an_account_without_the_right_is_refused():
    with pytest.raises(PermissionDenied):
        import_municipalities(by=UserFactory(), rows=[row()])
    assert Municipality.objects.count() == 0
