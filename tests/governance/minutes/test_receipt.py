"""The recipient of an extract confirms on its own page; nobody else knows of it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM, deliver_due
from core.models import OutboxMessage
from governance.actions.minutes import extracts
from governance.minutes_tasks import my_minutes_tasks
from governance.models import ExtractDelivery
from members.models import RepresentativeRole
from tests.factories.members import UserFactory, give
from tests.factories.minutes import adjusted

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar():
    return UserFactory(email="registrator@kommun.exempel.invalid")


@pytest.fixture
def held(registrar):
    found = adjusted()
    item = found.item("Budget")
    extracts.add_recipient(
        by=SYSTEM, item=item, name="Registrator", email="Registrator@kommun.exempel.invalid"
    )
    extracts.certify_extract(by=found.body.fresh(found.body.secretary), item=item)
    return found


@pytest.fixture
def delivery(held):
    return ExtractDelivery.objects.get()


def test_the_recipient_reads_and_confirms(client, root, held, delivery, registrar):
    address = delivery.get_absolute_url()
    client.force_login(registrar)
    assert "Bekräfta att vi har fått det" in client.get(address).content.decode()
    file = client.get(f"{address}utdrag.pdf")
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    for close_file in file._resource_closers:
        close_file()
    assert client.post(address).status_code == 302
    delivery.refresh_from_db()
    name = str(registrar.name)
    assert delivery.confirmed_on == timezone.localdate()
    assert delivery.confirmed_how == f"Kvitterat i Samägt av {name}"
    assert "Bekräfta att vi har fått det" not in client.get(address).content.decode()
    client.force_login(held.body.fresh(held.body.secretary))
    item = held.item("Budget")
    desk = reverse(
        "governance:decision_manage",
        args=[held.meeting.council.slug, item.paragraph_year, item.paragraph],
    )
    assert name in client.get(desk).content.decode()


def test_confirming_twice_keeps_the_first_day_and_what_the_secretary_wrote(delivery, registrar):
    day = date(2026, 3, 1)
    extracts.confirm_delivery(by=SYSTEM, delivery=delivery, on=day, how="Per telefon")
    again = extracts.confirm_receipt(by=registrar, delivery=delivery)
    assert (again.confirmed_on, again.confirmed_how) == (day, "Per telefon")


def test_nobody_else_confirms(client, root, held, delivery):
    address = delivery.get_absolute_url()
    assert client.get(address).status_code == 302  # to the login
    for user in (UserFactory(), held.body.fresh(held.body.secretary)):
        client.force_login(user)
        codes = [client.get(address), client.post(address), client.get(f"{address}utdrag.pdf")]
        assert [answer.status_code for answer in codes] == [404, 404, 404]
        with pytest.raises(PermissionDenied):
            extracts.confirm_receipt(by=user, delivery=delivery)
    assert client.get("/beslut/utdrag/999999999/").status_code == 404


def test_the_mail_leads_there(held, delivery, mailoutbox):
    assert OutboxMessage.objects.filter(pk=delivery.message_id).exists()
    while deliver_due():
        pass
    [mail] = [m for m in mailoutbox if m.to == [delivery.recipient.email]]
    assert delivery.get_absolute_url() in mail.body
    assert delivery.get_absolute_url() in mail.alternatives[0].content


def sent_to_organisation(held):
    """Send an extract to a municipality, at an address that no account has."""
    item, organisation = held.item("Plan"), held.body.seats[1].organisation
    extracts.add_recipient(
        by=SYSTEM, item=item, name="Kommunstyrelsen", email="ks@kommun.exempel.invalid",
        organisation=organisation,
    )  # fmt: skip
    extracts.certify_extract(by=held.body.fresh(held.body.secretary), item=item)
    return ExtractDelivery.objects.get(extract__item=item), organisation


@pytest.mark.parametrize(
    ("role", "may"),
    [("coordinator", True), ("signatory", True), ("business_owner", True), ("reader", False)],
)
def test_whoever_receives_for_the_organisation_confirms(client, root, held, role, may):
    delivery, organisation = sent_to_organisation(held)
    address = delivery.get_absolute_url()
    user, elsewhere = UserFactory(), UserFactory()
    give(user, organisation, role)
    give(elsewhere, held.body.seats[2].organisation, "coordinator")
    client.force_login(elsewhere)
    assert client.get(address).status_code == 404
    user = held.body.fresh(user)
    assert [task.url for task in my_minutes_tasks(user)] == [address] * may
    client.force_login(user)
    assert client.get(address).status_code == (200 if may else 404)
    assert client.post(address).status_code == (302 if may else 404)
    delivery.refresh_from_db()
    if may:
        assert delivery.confirmed_how == f"Kvitterat i Samägt av {user.name}"
        assert list(my_minutes_tasks(user)) == []
    else:
        assert delivery.confirmed_on is None
        with pytest.raises(PermissionDenied):
            extracts.confirm_receipt(by=user, delivery=delivery)


def test_a_role_that_has_ended_confirms_nothing(held):
    delivery, organisation = sent_to_organisation(held)
    user = UserFactory()
    role = give(user, organisation, "coordinator")
    RepresentativeRole.objects.filter(pk=role.pk).update(ends_on=date(2020, 2, 1))
    with pytest.raises(PermissionDenied):
        extracts.confirm_receipt(by=held.body.fresh(user), delivery=delivery)


def test_the_secretary_names_the_organisation_on_the_page(client, root, held, mailoutbox):
    organisation = held.body.seats[1].organisation
    item = held.item("Plan")
    client.force_login(held.body.fresh(held.body.secretary))
    desk = reverse(
        "governance:decision_manage",
        args=[held.meeting.council.slug, item.paragraph_year, item.paragraph],
    )
    data = {"gor": "mottagare", "name": "KS", "email": "ks@kommun.exempel.invalid"}
    assert client.post(desk, data | {"organisation": "999999999"}).status_code == 422
    assert client.post(desk, data | {"organisation": organisation.pk}).status_code == 302
    assert item.recipients.get().organisation == organisation
    page = client.get(desk).content.decode()
    assert f"ks@kommun.exempel.invalid, <span>{organisation}</span>" in page
    extracts.certify_extract(by=held.body.fresh(held.body.secretary), item=item)
    while deliver_due():
        pass
    [mail] = [m for m in mailoutbox if m.to == ["ks@kommun.exempel.invalid"]]
    assert f"tar emot handlingar för {organisation}" in mail.body
    assert f"tar emot handlingar för {organisation}" in mail.alternatives[0].content
