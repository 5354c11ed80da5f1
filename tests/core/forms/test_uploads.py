"""Forty evil files through the forms that Wagtail uses: refused, or served as something inert."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from core.file_types import FileFault
from core.forms.uploads import MESSAGES, CheckedImageField, message_of
from core.models import SiteDocument, SiteImage
from tests.factories import files

pytestmark = pytest.mark.django_db

COMMON = {"audience": "public", "title": "Prov"}


def form_for(name: str, content: bytes, *, picture: bool):
    """Return the form of Wagtail with the file as an upload."""
    made = get_image_form(SiteImage) if picture else get_document_form(SiteDocument)
    data = COMMON | {"collection": Collection.get_first_root_node().pk, "document_type": "other"}
    return made(data, {"file": SimpleUploadedFile(name, content)})


def saved(form):
    """Return what a valid form saves."""
    assert form.errors == {}
    return form.save()


def test_there_are_at_least_forty():
    assert len(files.EVIL_DOCUMENTS) + len(files.EVIL_PICTURES) >= 40


@pytest.mark.parametrize("name", files.GOOD_DOCUMENTS)
def test_good_documents_are_taken(name):
    form = form_for(name, files.GOOD_DOCUMENTS[name], picture=False)
    with saved(form).file.open() as stored:
        assert stored.read() == files.GOOD_DOCUMENTS[name]


@pytest.mark.parametrize("name", files.GOOD_PICTURES)
def test_good_pictures_are_taken(name):
    form = form_for(name, files.GOOD_PICTURES[name], picture=True)
    assert saved(form).get_rendition("width-8").width <= 8


@pytest.mark.parametrize("name", files.EVIL_DOCUMENTS)
def test_evil_documents_are_refused_or_inert(name, client):
    form = form_for(name, files.EVIL_DOCUMENTS[name], picture=False)
    if name not in files.MAY_PASS:
        assert list(form.errors) == ["file"]
        assert len(form.errors["file"]) == 1
        return
    assert_inert(client.get(saved(form).url), attachment=True)


@pytest.mark.parametrize("name", files.EVIL_PICTURES)
def test_evil_pictures_are_refused_or_inert(name, client):
    form = form_for(name, files.EVIL_PICTURES[name], picture=True)
    if name not in files.MAY_PASS:
        assert list(form.errors) == ["file"]
        assert len(form.errors["file"]) == 1
        return
    image = saved(form)
    assert_inert(client.get(image.file.url), attachment=True)
    assert_inert(client.get(image.get_rendition("original").url), attachment=False)
    drawn = assert_inert(client.get(image.get_rendition("width-8").url), attachment=False)
    assert b"script" not in drawn


def assert_inert(response, *, attachment: bool) -> bytes:
    """Return the body of an answer that no browser runs."""
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Type"] not in {"text/html", "image/svg+xml"}
    if attachment:
        assert response.headers["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)


def test_a_file_that_is_too_large_is_refused(settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 20
    form = form_for("avtal.pdf", files.PDF, picture=False)
    with override("sv"):
        assert form.errors["file"][0].startswith("Filen är för stor")


def test_a_picture_that_is_too_large_is_refused(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20
    with override("sv"):
        form = form_for("bild.png", files.picture(), picture=True)
        assert form.errors["file"][0].startswith("Filen är för stor")


@pytest.mark.parametrize("fault", list(FileFault))
def test_every_fault_has_a_sentence_in_swedish(fault):
    with override("en"):
        english = message_of(fault, ["pdf"])
    with override("sv"):
        assert message_of(fault, ["pdf"]) != english
    assert "%(" not in english
    assert set(MESSAGES) == set(FileFault)


def test_a_document_is_edited_without_a_new_file():
    document = saved(form_for("avtal.pdf", files.PDF, picture=False))
    data = COMMON | {"collection": document.collection_id, "document_type": "dpa"}
    form = get_document_form(SiteDocument)(data, instance=document)
    assert saved(form).document_type == "dpa"


def test_the_form_for_pictures_uses_the_field_that_checks():
    assert type(get_image_form(SiteImage)().fields["file"]) is CheckedImageField
