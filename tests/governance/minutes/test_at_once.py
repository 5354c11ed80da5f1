"""One § adjusted while the meeting lasts, from the room to the signatures and the public page."""

import re

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from governance.actions.minutes import adjusting
from governance.actions.minutes.rendition import minutes_pdf, reading_of
from governance.actions.proof.evidence import adjusted_version, evidence_text
from governance.choices import OfficeKind
from governance.models import AdjustedParagraph, Meeting, Minutes, MinutesVersion
from tests.factories.minutes import adjust, begin, close, sign
from tests.governance.proof.verifier import VERIFIER

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return begin(None, "Ett", "Två")


def command(client, held, **data):
    address = reverse(
        "governance:room_command",
        args=[held.meeting.council.slug, held.meeting.pk, "justera-omedelbart"],
    )
    return client.post(address, data)


def as_(client, held, user):
    client.force_login(held.body.fresh(user))
    return client


def room(client, held) -> str:
    return client.get(held.meeting.room_url).content.decode()


def offered(client, held) -> list[str]:
    """Return the §§ that the room offers to adjust at once."""
    chooser = room(client, held).partition('id="omedelbart-punkt"')[2].partition("</select>")[0]
    return re.findall(r">([^<]+)</option>", chooser)


def test_the_chair_fixes_the_text_and_everyone_signs(client, root, held):
    item = held.item("Två")
    as_(client, held, held.body.ordinary[0])
    assert "Justera en paragraf omedelbart" in room(client, held)
    version = Meeting.objects.get().version
    refused = command(client, held, punkt=item.pk)
    assert "Fråga först om någon reserverar sig" in refused.content.decode()
    assert MinutesVersion.objects.count() == 0
    assert command(client, held, punkt=item.pk, fragat="ja").status_code == 302
    # The room has changed, so every device fetches it anew.
    assert Meeting.objects.get().version > version
    minutes = reverse("governance:minutes", args=[held.meeting.council.slug, held.meeting.pk])
    address = reverse(
        "governance:minutes_command",
        args=[held.meeting.council.slug, held.meeting.pk, "skriv-under"],
    )
    text = MinutesVersion.objects.get()
    for user in held.signers():
        as_(client, held, user)
        assert f'href="{minutes}#p{item.pk}"' in room(client, held)
        assert f"Skriv under § {item.paragraph}" in client.get(minutes).content.decode()
        done = client.post(address, {"version": text.number, "sha256": text.sha256})
        assert done.status_code == 302
        assert f'href="{minutes}#p{item.pk}"' not in room(client, held)
    assert list(AdjustedParagraph.objects.values_list("item__title", "immediately")) == [
        ("Två", True)
    ]
    client.logout()
    number = [item.paragraph_year, item.paragraph]
    page = reverse("governance:decision_detail", args=[held.meeting.council.slug, *number])
    assert client.get(page).status_code == 200
    first = held.item("Ett")
    other = [first.paragraph_year, first.paragraph]
    page = reverse("governance:decision_detail", args=[held.meeting.council.slug, *other])
    assert client.get(page).status_code == 404


def test_only_who_presides_or_runs_the_desk_may(client, root, held):
    item = held.item("Två")
    as_(client, held, held.body.ordinary[2])
    assert "Justera en paragraf omedelbart" not in room(client, held)
    assert command(client, held, punkt=item.pk, fragat="ja").status_code == 403
    as_(client, held, held.body.secretary)
    assert command(client, held, punkt="x", fragat="ja").status_code == 404
    assert command(client, held, punkt=item.pk, fragat="ja").status_code == 302


def test_whoever_the_meeting_chose_to_preside_may(client, root, held):
    held.body.council.offices.filter(kind__in=[OfficeKind.CHAIR, OfficeKind.VICE_CHAIR]).delete()
    as_(client, held, held.body.ordinary[0])
    assert command(client, held, punkt=held.item("Två").pk, fragat="ja").status_code == 302
    assert Minutes.objects.get().secretary == held.body.secretary.name


def test_a_paragraph_is_offered_until_its_text_is_fixed(client, root, held):
    as_(client, held, held.body.ordinary[0])
    assert [title[-3:] for title in offered(client, held)] == ["are", "Ett", "Två"]
    command(client, held, punkt=held.item("Två").pk, fragat="ja")
    assert [title[-3:] for title in offered(client, held)] == ["are", "Ett"]
    assert command(client, held, punkt=held.item("Två").pk, fragat="ja").status_code == 302
    assert list(
        MinutesVersion.objects.of_paragraphs_in(held.meeting.pk).values_list("number", flat=True)
    ) == [2]


def test_the_evidence_of_one_paragraph_and_then_of_all_is_accepted(client, root, held):
    item = held.item("Två")
    version = adjusting.adjust_at_once(
        by=SYSTEM, meeting=held.meeting, item=item, reservations_asked=True
    )
    for user in held.signers():
        sign(version, user)
    alone = adjusted_version(held.minutes, item.pk)
    lines = VERIFIER.verify(evidence_text(held.minutes, alone, whole=False).encode())
    assert "Beslut: 1 stämmer. Öppna voteringar: 0 omräknade." in lines
    adjust(close(held))
    document = minutes_pdf(reading_of(held.minutes, whole=False))
    assert "Beslut: 3 stämmer. Öppna voteringar: 0 omräknade." in VERIFIER.verify(document)
