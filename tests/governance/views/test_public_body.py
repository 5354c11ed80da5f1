"""The public page of a body shows nothing of what only those who sit on it know."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from governance.actions import cases
from tests.factories.files import small_pdf
from tests.factories.governance import make_body

pytestmark = pytest.mark.django_db


def test_a_document_names_its_case_to_the_body_alone(client, root):
    body = make_body(2)
    case = cases.register_case(
        by=body.secretary, council=body.council, subject="Driften efter avtalet",
        proposal=["godkänna planen"],
    )  # fmt: skip
    cases.prepare_case(by=body.secretary, case=case)
    cases.make_case_ready(by=body.secretary, case=case)
    cases.add_document(
        by=body.secretary, case=case, title="Tjänsteskrivelse", dated_on=timezone.localdate(),
        audience="public", file=SimpleUploadedFile("t.pdf", small_pdf()),
    )  # fmt: skip
    shown = []
    for user in (None, body.ordinary[0]):
        if user is not None:
            client.force_login(body.fresh(user))
        page = client.get(body.council.get_absolute_url()).content.decode()
        shown.append(("Tjänsteskrivelse" in page, "Driften efter avtalet" in page))
    assert shown == [(True, False), (True, True)]
