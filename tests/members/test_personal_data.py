"""A person's data: all of it to the person, blanked on request, declared in the register."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import models

from core import processing
from core.actions import SYSTEM
from core.exceptions import RuleBroken
from core.models import AuditEntry, SiteDocument
from members.actions import people
from members.actions.invitations import invite
from members.actions.people import anonymise_person, export_person, keep_name_when
from members.actions.representation import end_representation
from members.models import Invitation, PersonName, Representative, User
from members.personal_data import collect
from members.states import MEMBER_ROLES, OFFICE_ROLES

EVERYONE = [
    "nobody",
    *(f"{place}:{role}" for place in ("own", "other") for role in sorted(MEMBER_ROLES)),
    *sorted(OFFICE_ROLES),
]


def unzip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


@pytest.mark.parametrize("who", EVERYONE)
def test_export_person(world, who):
    reader = world["own:reader"]
    if who in {"own:reader", "administrator"}:
        assert "data.json" in unzip(export_person(by=world[who], user=reader))
        assert AuditEntry.objects.get().event == "person_exported"
    else:
        with pytest.raises(PermissionDenied):
            export_person(by=world[who], user=reader)


def test_the_export_holds_the_person_and_nobody_else(client, world):
    client.force_login(world["own:reader"])
    response = client.post("/min-sida/mina-uppgifter/")
    assert response["Content-Type"] == "application/zip"
    text = unzip(response.content)["data.json"].decode()
    data = json.loads(text)["data"]
    assert [row["email"] for row in data["members.User"]] == ["reader@own.exempel.invalid"]
    assert [row["role"] for row in data["members.RepresentativeRole"]] == ["reader"]
    assert "coordinator@own.exempel.invalid" not in text
    assert "other.exempel.invalid" not in text
    assert world["own:reader"].password not in text


def test_the_export_holds_the_files(world):
    editor = world["editor"]
    SiteDocument.objects.create(
        title="Plan", file=ContentFile(b"%PDF-1.7", "plan.pdf"), uploaded_by_user=editor
    )
    SiteDocument.objects.create(
        title="Annan",
        file=ContentFile(b"%PDF-1.7 x", "annan.pdf"),
        uploaded_by_user=world["secretary"],
    )
    files = {k: v for k, v in unzip(export_person(by=editor, user=editor)).items() if "/" in k}
    assert list(files.values()) == [b"%PDF-1.7"]


@pytest.mark.parametrize("who", EVERYONE)
def test_anonymise_person(world, who):
    gone = world["nobody"]
    if who == "administrator":
        anonymise_person(by=world[who], user=gone)
        assert PersonName.objects.get(pk=gone.name_id).given_name == ""
    else:
        with pytest.raises(PermissionDenied):
            anonymise_person(by=world[who], user=gone)
        assert PersonName.objects.get(pk=gone.name_id).given_name != ""


def test_anonymising_leaves_records_and_erases_the_person(world):
    user = world["own:reader"]
    email, name = user.email, str(user)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    invite(by=SYSTEM, email=email, organisation=world.other, roles=["reader"])
    end_representation(by=SYSTEM, representative=world.representative("own:reader"))
    anonymise_person(by=world["administrator"], user=user)
    kept = Representative.objects.select_related("user__name").get(user=user)
    assert str(kept.user) == "Avidentifierad person"
    assert kept.roles.count() == 1
    assert not kept.user.is_active
    assert not kept.user.has_usable_password()
    assert not EmailAddress.objects.filter(email=email).exists()
    assert not User.objects.filter(email=email).exists()
    assert not Invitation.objects.filter(email=email).exists()
    assert name not in str(list(AuditEntry.objects.values()))
    assert email not in str(list(AuditEntry.objects.values()))


def test_anonymising_refuses_while_the_person_acts_for_someone(world):
    with pytest.raises(RuleBroken):
        anonymise_person(by=world["administrator"], user=world["own:reader"])
    assert world["own:reader"].is_active


def test_anonymising_twice_is_refused(world):
    anonymise_person(by=world["administrator"], user=world["nobody"])
    with pytest.raises(RuleBroken):
        anonymise_person(by=world["administrator"], user=world["nobody"])


def test_a_name_that_the_law_keeps_stays(world, monkeypatch):
    monkeypatch.setattr(people, "_keepers", [])
    keep_name_when(lambda user: user.email == "nobody@exempel.invalid")
    gone = world["nobody"]
    anonymise_person(by=world["administrator"], user=gone)
    assert PersonName.objects.get(pk=gone.name_id).given_name != ""
    assert not User.objects.get(pk=gone.pk).is_active


def test_the_address_can_be_invited_again(world):
    email = world["nobody"].email
    anonymise_person(by=world["administrator"], user=world["nobody"])
    invite(by=SYSTEM, email=email, organisation=world.own, roles=["reader"])
    assert Invitation.objects.waiting().get().email == email


def test_office_pages(client, world):
    client.force_login(world["administrator"])
    pk = world["own:reader"].pk
    assert client.post(f"/kansli/personer/{pk}/uppgifter/").status_code == 200
    assert client.post(f"/kansli/personer/{pk}/avidentifiera/").status_code == 422
    pk = world["nobody"].pk
    assert client.get(f"/kansli/personer/{pk}/avidentifiera/").status_code == 200
    assert client.post(f"/kansli/personer/{pk}/avidentifiera/").status_code == 302
    assert "Avidentifierad person" in client.get(f"/kansli/personer/{pk}/").content.decode()


@pytest.mark.parametrize("who", ["auditor", "editor", "secretary"])
def test_the_rest_of_the_office_changes_nobody(client, world, who):
    client.force_login(world[who])
    pk = world["nobody"].pk
    assert client.get(f"/kansli/personer/{pk}/").status_code == 200
    for page in ("uppgifter", "avidentifiera"):
        assert client.post(f"/kansli/personer/{pk}/{page}/").status_code == 403


# --- The register ----------------------------------------------------------------------------


def looks_personal(model: type[models.Model]) -> list[str]:
    """Return the model's own fields that lead to a person or hold an address."""
    people_models = (User, PersonName)
    return [
        field.name
        for field in model._meta.local_fields
        if field.related_model in people_models
        or isinstance(field, (models.EmailField, models.GenericIPAddressField))
    ]


def undeclared(all_models, declared: set[str]) -> list[str]:
    return sorted(
        model._meta.label
        for model in all_models
        if looks_personal(model) and model._meta.label_lower not in declared
    )


def test_every_model_with_personal_data_is_declared():
    every = apps.get_models(include_auto_created=True)
    assert undeclared(every, processing.declared_models()) == []


def test_a_forgotten_model_is_named():
    declared = processing.declared_models() - {"members.invitation", "core.auditentry"}
    every = apps.get_models(include_auto_created=True)
    assert undeclared(every, declared) == ["core.AuditEntry", "members.Invitation"]


def test_every_declared_model_and_field_exists(world):
    for dataset in processing.datasets():
        apps.get_model(dataset.model)
        assert bool(dataset.about) != bool(dataset.withheld), dataset.model
    assert set(collect(world["own:reader"])) == {
        dataset.model for dataset in processing.datasets() if dataset.about
    }


def test_the_register_is_public_and_complete(client, db):
    page = client.get("/personuppgifter/register/").content.decode()
    missing = [d.model for d in processing.datasets() if d.model not in page]
    assert missing == []
