"""The signatures as they are printed: by whom, on which §§, in which text, on which day."""

from datetime import UTC, datetime

import pytest

from core.actions import SYSTEM
from governance.actions.minutes import adjusting, extracts
from governance.actions.minutes.drawing import signatures_of
from governance.actions.minutes.rendition import describe, reading_of
from governance.choices import SignerRole
from governance.models import MinutesSignature, MinutesSigner
from tests.factories.minutes import adjust, begin, close, hold, send, sign
from tests.governance.minutes.pdf_words import pdf_text

pytestmark = pytest.mark.django_db


def printed(held, title=None):
    item = held.item(title).pk if title else None
    return describe(reading_of(held.minutes, whole=True, item=item))


def names(drawn):
    return [(row[0], row[1], row[2]) for row in drawn["signatures"]]


def test_an_extract_leaves_out_who_signed_only_other_paragraphs():
    held = hold(None, "Ett", "Två")
    version = send(held)
    first = held.item("Ett")
    adjuster = version.signers.get(role=SignerRole.ADJUSTER)
    adjuster.items = [item for item in adjuster.items if item != first.pk]
    adjuster.save()
    other = held.body.ordinary[2]
    MinutesSigner.objects.create(
        version=version, person=other.name, role=SignerRole.ADJUSTER, items=[first.pk]
    )
    for user in (*held.signers(), other):
        sign(version, user)
    assert names(printed(held, "Ett")) == [
        (str(held.body.secretary.name), "Sekreterare", "Alla"),
        (str(held.body.ordinary[0].name), "Ordförande", f"§\u00a0{first.paragraph}"),
        (str(other.name), "Justerare", f"§\u00a0{first.paragraph}"),
    ]


def test_a_paragraph_adjusted_at_once_shows_its_own_signatures():
    held = begin(None, "Ett", "Två")
    version = adjusting.adjust_at_once(
        by=SYSTEM, meeting=held.meeting, item=held.item("Två"), reservations_asked=True
    )
    for user in held.signers():
        sign(version, user)
    # Already the draft says so.
    assert len(printed(held)["signatures"]) == 3
    adjust(close(held))
    item = held.item("Två")
    drawn = printed(held)
    assert [row[2].partition(",")[0] for row in drawn["signatures"]] == [
        "Alla", "§§\u00a01–2", "§§\u00a01–2", *["§\u00a03"] * 3,
    ]  # fmt: skip
    assert all("omedelbart justerad" in row[2] for row in drawn["signatures"][3:])
    blocks = next(p for p in drawn["paragraphs"] if p["item"] == item.pk)["blocks"]
    assert blocks[-1]["lines"][0].startswith("Paragrafen är omedelbart justerad")
    assert [row[2].partition(",")[0] for row in printed(held, "Två")["signatures"]] == [
        "§\u00a03"
    ] * 3
    assert len(printed(held, "Ett")["signatures"]) == 3
    extracts.add_recipient(by=SYSTEM, item=item, name="N", email="n@exempel.invalid")
    secretary = held.body.fresh(held.body.secretary)
    extract = extracts.certify_extract(by=secretary, item=item)
    with extract.file.open("rb") as file:
        text = "".join(pdf_text(file.read()).split())
    assert extract.version == version
    assert version.sha256 in text
    assert printed(held)["sha256"] not in text


def test_the_day_of_a_signature_is_the_swedish_day():
    held = hold()
    person = held.body.secretary.name
    row = MinutesSignature(
        person=person, role=SignerRole.SECRETARY, items=[],
        signed_at=datetime(2026, 2, 10, 23, 30, tzinfo=UTC),
    )  # fmt: skip
    assert signatures_of([row], {1: 1}) == [
        [str(person), "Sekreterare", "Alla", "11 februari 2026"]
    ]


def test_an_extract_certified_twice_at_once_is_one():
    held = adjust(hold())
    item, secretary = held.item("Budget"), held.body.fresh(held.body.secretary)
    extracts.add_recipient(by=SYSTEM, item=item, name="N", email="n@exempel.invalid")
    first = extracts.certify_extract(by=secretary, item=item)
    assert extracts.certify_extract(by=secretary, item=item) == first
    assert item.extracts.count() == first.deliveries.count() == 1
    # Another list of recipients is another extract.
    extracts.add_recipient(by=SYSTEM, item=item, name="M", email="m@exempel.invalid")
    assert extracts.certify_extract(by=secretary, item=item).number == 2
