"""The public page of a body shows nothing of what only those who sit on it know."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import strip_tags

from governance.actions import cases
from governance.models import Meeting, Poll
from tests.factories.files import small_pdf
from tests.factories.governance import make_body
from tests.factories.minutes import adjust, begin, close, hold
from tests.governance.proof.real_polls import again, decided

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


def test_the_page_leads_to_all_decisions_of_the_body(client, root):
    body = make_body(3)
    link = f'href="/beslut/?organ={body.council.slug}"'
    assert link not in client.get(body.council.get_absolute_url()).content.decode()
    adjust(hold(body, "Ett"))
    assert link in client.get(body.council.get_absolute_url()).content.decode()


@pytest.mark.parametrize("on_paper", [False, True])
def test_the_page_of_a_poll_says_what_was_needed_and_when_it_was_held(client, root, on_paper):
    held = begin(make_body(4), "Budget", decided=False)
    # Set before the close, which freezes how the meeting was held.
    Meeting.objects.filter(pk=held.meeting.pk).update(from_paper=on_paper)
    held.meeting = again(held.meeting)
    decided(held, "Budget", "yes", "yes", "yes", "no")
    adjust(close(held))
    page = client.get(Poll.objects.get().get_absolute_url()).content.decode()
    words = " ".join(strip_tags(page).split())
    assert "Ja vann. Krav för ja: fler ja än nej." in words
    assert ("Förd in i efterhand" in words, "Öppnad" in words) == (on_paper, not on_paper)


def test_minutes_print_who_took_part_as_running_text(client, root):
    held = adjust(hold(make_body(3), "Ett"))
    page = client.get(held.minutes.get_absolute_url()).content.decode()
    who = [f"{seat.organisation}: {user.name}" for seat, user in zip(
        held.body.seats, held.body.ordinary, strict=True)]  # fmt: skip
    assert f"<h3>Deltog i beslutet</h3>\n<p>{'; '.join(who)}</p>" in page
