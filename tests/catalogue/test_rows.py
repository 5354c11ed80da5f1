"""What is told of a service in rows, read in one query or from an unsaved page."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from catalogue.models import Participation, ServiceDonor, ServicePage, ServiceRelation
from catalogue.models.rows import BRANCHES, ServiceRow, rows_of
from core.models import SiteDocument
from tests.factories.catalogue import AreaFactory, make_full_service, make_service
from tests.factories.members import OrganisationFactory

NOBODY = AnonymousUser()


def told(service, *, saved) -> dict[str, list[tuple]]:
    """Return the rows without their position, which counts differently in a form."""
    return {
        kind: sorted(
            (r.code, r.text, r.more, r.url, str(r.first_on), str(r.last_on), r.example, r.number,
             r.size)
            for r in rows
        )
        for kind, rows in rows_of(service, user=NOBODY, saved=saved).items()
    }  # fmt: skip


def test_saved_and_unsaved_rows_tell_the_same(catalogue):
    service = make_full_service(catalogue, slug="prov")
    other = make_service(catalogue, "Annan", slug="annan")
    hidden = make_service(catalogue, "Utkast", slug="utkast", live=False)
    ServiceRelation.objects.create(service=service, kind="dependency", other=other)
    ServiceRelation.objects.create(service=service, kind="dependency", other=hidden)
    ServiceRelation.objects.create(service=other, kind="integration", other=service)
    ServiceRelation.objects.create(service=hidden, kind="integration", other=service)
    ServiceDonor.objects.create(
        service=service, organisation=OrganisationFactory(name="Stockholms stad"), citation="A"
    )
    SiteDocument.objects.filter(title="Avtal 2").update(audience="office")
    parent = AreaFactory(name="Utbildning", slug="utbildning")
    service.areas.add(AreaFactory(name="Läromedel", slug="laromedel", parent=parent))
    Participation.objects.create(
        service=service,
        organisation=OrganisationFactory(name="Nacka"),
        state="production",
        starts_on=date(2025, 1, 1),
        production_on=date(2025, 2, 1),
        state_since=timezone.now(),
    )
    service.save()
    service = ServicePage.objects.get(slug="prov")
    saved = told(service, saved=True)
    assert saved == told(service, saved=False)
    assert set(saved) == {branch.kind for branch in BRANCHES}
    assert {row[1] for row in saved["relation"]} == {"System 0", "System 1", "System 2", "Annan"}
    assert [row[1] for row in saved["inverse"]] == ["Annan"]
    assert [row[1] for row in saved["document"]] == ["Avtal 0", "Avtal 1"]
    assert ("laromedel", "Läromedel", "Utbildning") in [row[:3] for row in saved["area"]]


def test_rows_are_read_in_one_query(catalogue, django_assert_num_queries):
    service = make_full_service(catalogue, slug="prov")
    with django_assert_num_queries(1):
        rows = rows_of(service, user=NOBODY)
    assert rows["donor"][1] == ServiceRow(
        kind="donor", position=0, text="Givare 1", more="Gåvobrev", first_on=date(2016, 1, 1)
    )
    assert [row.text for row in rows["feature"]] == ["Funktion 0", "Funktion 1", "Funktion 2"]


def test_a_service_without_rows_has_none(catalogue):
    assert dict(rows_of(make_service(catalogue), user=NOBODY)) == {}
