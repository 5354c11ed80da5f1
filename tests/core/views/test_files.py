"""Documents and pictures leave only for those who may see them, and nothing else leaves at all."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from core.models import SiteDocument, SiteImage
from tests.factories import files
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> SiteDocument:
    return SiteDocument.objects.create(title="Avtal", file=ContentFile(files.PDF, "Avtal å.pdf"))


@pytest.fixture
def image() -> SiteImage:
    row = SiteImage(title="Bild", file=ContentFile(files.picture(), "bild.png"))
    row.width, row.height = 20, 10
    row.save()
    return row


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_public_document_is_a_download(client, document):
    response = client.get(document.url)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["Content-Security-Policy"].endswith("sandbox")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-cache"
    assert body(response) == files.PDF


@pytest.mark.parametrize("audience", ["member", "municipality", "network", "council", "office"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_what_is_not_for_you_does_not_exist(client, document, image, audience, signed_in):
    SiteDocument.objects.update(audience=audience)
    rendition = image.get_rendition("width-8")
    SiteImage.objects.update(audience=audience)
    if signed_in:
        client.force_login(UserFactory())
    for url in (document.url, rendition.url, image.file.url):
        assert client.get(url).status_code == 404


def test_an_unknown_document_does_not_exist(client, document):
    for url in (
        f"/dokument/{document.pk}/annat.pdf",
        "/dokument/999/avtal.pdf",
        f"/dokument/{10**30}/avtal.pdf",
        "/dokument/1e3/avtal.pdf",
        f"/dokument/{document.pk}/../../etc/passwd",
        f"/media/{document.file.name}",
    ):
        assert client.get(url).status_code == 404


def test_a_document_whose_file_is_gone_does_not_exist(client, document):
    Path(document.file.path).unlink()
    assert client.get(document.url).status_code == 404


def test_a_document_takes_no_post(client, document):
    assert client.post(document.url).status_code == 405


@override_settings(DEBUG=False)
def test_a_rendition_is_shown_and_kept_for_ever(client, image):
    response = client.get(image.get_rendition("width-8").url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert body(response).startswith(b"\x89PNG")


def test_a_rendition_costs_one_query(client, image, django_assert_num_queries):
    url = image.get_rendition("width-8").url
    with django_assert_num_queries(1):
        body(client.get(url))


def test_an_original_is_a_download(client, image):
    response = client.get(image.file.url)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"].endswith("sandbox")
    assert body(response) == files.picture()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "images/",
        "images/finns-inte.png",
        "images/../../../etc/passwd",
        "images/%2e%2e/%2e%2e/etc/passwd",
        "../samagt.sqlite3",
        "secret_key",
        "documents/hemligt.pdf",
        "images/\x00.png",
        "images//etc/passwd",
        "original_images/" + "a" * 5000,
    ],
)
def test_nothing_but_stored_pictures_is_reached(client, image, settings, name):
    folder = Path(settings.MEDIA_ROOT)
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "documents" / "hemligt.pdf").write_bytes(files.PDF)
    assert client.get(f"/media/{name}").status_code == 404


def test_a_rendition_whose_file_is_gone_does_not_exist(client, image):
    rendition = image.get_rendition("width-8")
    Path(rendition.file.path).unlink()
    assert client.get(rendition.url).status_code == 404
