"""A document signed elsewhere is read by the product itself, and refused in words."""

import io

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from catalogue.actions.agreements import preview
from catalogue.actions.signing import is_complete, upload_signed_agreement
from catalogue.signed_pdf import SignedPdfError, read_signatures
from core.exceptions import RuleBroken
from tests.catalogue.joining.pdf_signing import append_page, make_signer, sign
from tests.catalogue.joining.story import pdf_bytes

FIRST, SECOND = make_signer("Kommundirektör (exempel)"), make_signer("Ekonomichef (exempel)")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def accession(story):
    return story.sent().agreements.get(kind="accession")


def refused(content, sent, **more):
    with pytest.raises(SignedPdfError) as caught:
        read_signatures(content, sent=sent, **more)
    return caught.value.code


def test_two_signatures_are_read_in_order():
    sent = pdf_bytes()
    found = read_signatures(sign(sign(sent, FIRST, "A"), SECOND, "B"), sent=sent)
    assert [(s.field, s.signer, s.trusted, s.covers_whole_file) for s in found] == [
        ("A", "Common Name: Kommundirektör (exempel)", False, False),
        ("B", "Common Name: Ekonomichef (exempel)", False, True),
    ]


def test_a_trusted_root_is_told():
    sent = pdf_bytes()
    found = read_signatures(sign(sent, FIRST, "A"), sent=sent, trust_roots=[FIRST.signing_cert])
    assert [s.trusted for s in found] == [True]


def test_another_document_is_refused():
    assert refused(sign(pdf_bytes(), FIRST, "A"), pdf_bytes() + b"\n") == "not-the-sent-file"


def test_the_document_without_signature_is_refused():
    sent = pdf_bytes()
    assert refused(sent, sent) == "unsigned"
    assert refused(append_page(sent), sent) == "unsigned"


def test_no_pdf_at_all_is_refused():
    assert refused(b"%PDF-nothing and more", b"%PDF-nothing") == "unreadable"


@pytest.mark.parametrize("place", [0.2, 0.5])
def test_one_changed_byte_of_the_sent_part_is_refused(place):
    sent = pdf_bytes()
    signed = bytearray(sign(sent, FIRST, "A"))
    signed[int(len(sent) * place)] ^= 1
    assert refused(bytes(signed), sent) == "not-the-sent-file"


def test_one_changed_byte_of_the_added_part_is_refused():
    sent = pdf_bytes()
    signed = sign(sent, FIRST, "A")
    place = signed.index(b"/ByteRange", len(sent)) - 1
    broken = bytearray(signed)
    while broken[place] in b" \n":
        place -= 1
    broken[place] ^= 1
    assert refused(bytes(broken), sent) in {"broken", "unreadable", "unsigned"}


def test_a_change_after_the_signature_is_refused():
    sent = pdf_bytes()
    assert refused(append_page(sign(sent, FIRST, "A")), sent) == "partial"


def test_a_signature_over_a_change_after_another_is_refused():
    sent = pdf_bytes()
    changed = append_page(sign(sent, FIRST, "A"))
    assert refused(sign(changed, SECOND, "B"), sent) == "altered"


def upload(story, agreement, content, who="service_manager", **more):
    return upload_signed_agreement(
        by=story.world[who],
        agreement=agreement,
        organisation=story.world.own,
        content=content,
        **more,
    )


def test_the_office_vouches_for_a_certificate_that_no_root_does(story, accession):
    content = sign(sign(preview(accession), FIRST, "A"), SECOND, "B")
    with pytest.raises(RuleBroken, match="The office must check"):
        upload(story, accession, content)
    with pytest.raises(PermissionDenied):
        upload(story, accession, content, "own:signatory", identity_checked=True)
    rows = upload(story, accession, content, identity_checked=True)
    assert [(r.method, r.signatory, r.sha256) for r in rows] == [
        ("uploaded", None, accession.sha256)
    ] * 2
    assert is_complete(accession, story.world.own)


def test_a_trusted_certificate_is_taken_from_the_municipality(story, accession, settings):
    settings.SIGNING_TRUST_ROOTS = [FIRST.signing_cert, SECOND.signing_cert]
    rows = upload(story, accession, sign(preview(accession), FIRST, "A"), "own:coordinator")
    assert len(rows) == 1
    assert not is_complete(accession, story.world.own)


def test_the_same_certificate_counts_once(story, accession):
    content = sign(sign(preview(accession), FIRST, "A"), FIRST, "B")
    assert len(upload(story, accession, content, identity_checked=True)) == 1
    with pytest.raises(RuleBroken, match="already registered"):
        upload(story, accession, content, identity_checked=True)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _sent: sign(pdf_bytes(), FIRST, "A"), "not the document that was sent"),
        (lambda sent: sent, "holds no signature"),
        (lambda sent: append_page(sign(sent, FIRST, "A")), "does not cover the whole file"),
    ],
)
def test_a_refusal_is_told_in_words(story, accession, make, words):
    with pytest.raises(RuleBroken, match=words):
        upload(story, accession, make(preview(accession)), identity_checked=True)
    assert not accession.signatures.exists()


@pytest.mark.parametrize("who", ["other:coordinator", "own:reader", "auditor", "nobody"])
def test_others_upload_nothing(story, accession, who):
    with pytest.raises(PermissionDenied):
        upload(story, accession, sign(preview(accession), FIRST, "A"), who)


def test_the_sent_document_carries_its_content(accession):
    with pikepdf.open(io.BytesIO(preview(accession))) as document:
        assert list(document.attachments) == ["avtal.json"]
