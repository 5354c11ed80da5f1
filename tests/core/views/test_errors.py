"""What people see when something goes wrong, with DEBUG off."""

import pytest
from django.http import HttpRequest
from django.test import override_settings
from django.urls import include, path

BROKEN = "tests.core.views.test_errors"


def broken(request: HttpRequest) -> None:
    message = "hemligt"
    raise RuntimeError(message)


urlpatterns = [path("trasig/", broken), path("", include("config.urls"))]
handler400 = "core.views.errors.bad_request"


@override_settings(DEBUG=False, ROOT_URLCONF=BROKEN)
def test_a_fault_is_told_without_the_database(client):
    """No fixture opens the database, so that a single query would fail the test."""
    client.raise_request_exception = False
    response = client.get("/trasig/")
    assert response.status_code == 500
    assert "Något gick fel hos oss" in response.content.decode()
    assert b"hemligt" not in response.content


@override_settings(DEBUG=False)
@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/finns-inte/", "/a%00b/", "/%ff%fe/", "/" + "a" * 5000 + "/"])
def test_an_unknown_address_is_a_404(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Sidan finns inte" in response.content.decode()
