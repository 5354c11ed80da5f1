"""The CMS's own screens take good files and refuse evil ones with words at the field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from core.models import SiteDocument, SiteImage
from members.states import Role
from tests.factories import files
from tests.home.site import make_officer


@pytest.fixture
def officer(site, client):
    """Log an administrator in."""
    user = make_officer(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def together(client, kind: str, name: str, content: bytes):
    """Send a file as the multiple upload does."""
    data = {
        "title": "Prov",
        "collection": Collection.get_first_root_node().pk,
        "files[]": SimpleUploadedFile(name, content),
    }
    headers = {"x-requested-with": "XMLHttpRequest"}
    return client.post(reverse(f"wagtail{kind}:add_multiple"), data, headers=headers).json()


def test_the_multiple_upload_of_documents(officer, client):
    answer = together(client, "docs", "makro.docx", files.EVIL_DOCUMENTS["makro.docx"])
    assert answer == {
        "success": False,
        "error_message": "Dokumentet innehåller makron eller inbäddade objekt. Spara det utan dem,"
        " eller som PDF.",
    }
    assert SiteDocument.objects.count() == 0


def test_the_multiple_upload_of_pictures(officer, client):
    answer = together(client, "images", "tom.png", files.EVIL_PICTURES["tom.png"])
    assert answer == {
        "success": False,
        "error_message": "Bilden är skadad eller av en annan sort än namnet säger.",
    }
    assert SiteImage.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "name", "content", "message"),
    [
        ("docs", "xxe.docx", files.EVIL_DOCUMENTS["xxe.docx"], "hämtar innehåll från ett annat"),
        ("images", "svg-som.png", files.SVG, "Bilden är skadad eller av en annan sort"),
    ],
)
def test_the_choosers_upload(officer, client, kind, name, content, message):
    prefix = {"docs": "document", "images": "image"}[kind]
    data = {
        f"{prefix}-chooser-upload-title": "Prov",
        f"{prefix}-chooser-upload-collection": Collection.get_first_root_node().pk,
        f"{prefix}-chooser-upload-file": SimpleUploadedFile(name, content),
    }
    response = client.post(reverse(f"wagtail{kind}_chooser:create"), data)
    assert message in response.json()["htmlFragment"]
    assert not SiteDocument.objects.exists()
    assert not SiteImage.objects.exists()


@pytest.mark.parametrize(
    ("kind", "name", "content", "noun", "model"),
    [
        ("docs", "avtal.pdf", files.PDF, "document", SiteDocument),
        ("images", "bild.png", files.picture(), "image", SiteImage),
    ],
)
def test_a_good_file_gets_in_when_its_facts_are_given(
    officer, client, kind, name, content, noun, model
):
    answer = together(client, kind, name, content)
    assert answer["success"] is True
    upload = answer["uploaded_file_id"]
    facts = {
        "title": "Prov",
        "audience": "public",
        "document_type": "other",
        "collection": Collection.get_first_root_node().pk,
    }
    response = client.post(
        reverse(f"wagtail{kind}:create_multiple_from_uploaded_{noun}", args=[upload]),
        {f"uploaded-{noun}-{upload}-{key}": value for key, value in facts.items()},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.json()["success"] is True
    with model.objects.get().file.open() as stored:
        assert stored.read() == content
