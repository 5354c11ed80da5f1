"""A service passes to another part of its life."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

from catalogue.actions import change_lifecycle
from catalogue.events import LifecycleChanged
from catalogue.models import LifecycleChange, ServicePage
from core import events
from core.exceptions import RuleBroken
from tests.factories.catalogue import make_service
from tests.factories.members import (
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
    RepresentativeRoleFactory,
    UserFactory,
)

DAY = date(2026, 3, 1)


def person(role, kind="association", **period):
    """Return an account with a role in an organisation that is a member."""
    organisation = OrganisationFactory(kind=kind)
    MembershipFactory(organisation=organisation)
    representative = RepresentativeFactory(organisation=organisation)
    RepresentativeRoleFactory(representative=representative, role=role, **period)
    return representative.user


@pytest.fixture
def manager(db):
    return person("service_manager")


@pytest.fixture
def service(catalogue) -> ServicePage:
    return make_service(catalogue, slug="prov", lifecycle="pilot", lifecycle_on=date(2025, 1, 1))


def change(by, service, **values):
    asked = {"new": "production", "on": DAY, "citation": "Protokoll § 4"} | values
    return change_lifecycle(by=by, service=service, **asked)


def test_change_lifecycle_writes_the_service_the_change_and_the_log(manager, service):
    heard = []
    with events.subscribed(LifecycleChanged, heard.append):
        made = change(manager, service, citation="  Protokoll § 4 ")
    stored = ServicePage.objects.get()
    assert (stored.lifecycle, stored.lifecycle_on) == ("production", DAY)
    assert stored.lifecycle_citation == "Protokoll § 4"
    assert service.lifecycle == "production"
    assert (made.old, made.new, made.changed_on) == ("pilot", "production", DAY)
    assert (made.citation, made.recorded_by) == ("Protokoll § 4", manager)
    assert heard == [LifecycleChanged(service.pk, "pilot", "production", DAY)]
    entry = PageLogEntry.objects.get(action="catalogue.change_lifecycle")
    assert entry.user == manager
    assert entry.data["new"] == "production"
    assert entry.message == "Ändrade skedet från ”Pilot” till ”I drift”"


def test_the_live_page_its_draft_and_older_versions_show_the_new_stage(client, manager, service):
    service.save_revision().publish()
    old = service.latest_revision
    service.short_description = "Utkastets text."
    draft = service.save_revision()
    change(manager, service)
    assert draft.as_object().lifecycle == "production"
    assert draft.as_object().short_description == "Utkastets text."
    assert old.as_object().lifecycle_citation == "Protokoll § 4"
    assert "Utkastets text." not in client.get("/tjanster/prov/").content.decode()
    draft.publish()
    stored = ServicePage.objects.get()
    assert (stored.lifecycle, stored.lifecycle_on) == ("production", DAY)
    assert stored.short_description == "Utkastets text."


@pytest.mark.parametrize(
    ("role", "kind", "allowed"),
    [
        ("service_manager", "association", True),
        ("administrator", "association", True),
        ("editor", "association", False),
        ("secretary", "association", False),
        ("auditor", "association", False),
        ("coordinator", "municipality", False),
        ("signatory", "municipality", False),
    ],
)
def test_who_may_change_the_lifecycle(service, role, kind, allowed):
    by = person(role, kind)
    if allowed:
        change(by, service)
    else:
        with pytest.raises(PermissionDenied):
            change(by, service)
    assert LifecycleChange.objects.count() == allowed


def test_a_role_that_has_ended_gives_no_right(service):
    by = person("service_manager", ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        change(by, service)
    with pytest.raises(PermissionDenied):
        change(UserFactory(), service)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"new": "need"}, "new"),
        ({"new": "pilot"}, "new"),
        ({"new": "rymden"}, "new"),
        ({"on": date(2999, 1, 1)}, "on"),
        ({"on": date(2024, 12, 31)}, "on"),
        ({"citation": "  "}, "citation"),
        ({"citation": "x" * 301}, "citation"),
    ],
)
def test_what_the_rules_forbid_changes_nothing(manager, service, values, field):
    with pytest.raises(RuleBroken) as refused:
        change(manager, service, **values)
    assert refused.value.field == field
    assert ServicePage.objects.get().lifecycle == "pilot"
    assert not LifecycleChange.objects.exists()


def test_a_handler_that_fails_undoes_the_change(manager, service):
    def fail(event):
        raise ValueError

    with events.subscribed(LifecycleChanged, fail), pytest.raises(ValueError, match=r"^$"):
        change(manager, service)
    assert ServicePage.objects.get().lifecycle == "pilot"
    assert not LifecycleChange.objects.exists()
