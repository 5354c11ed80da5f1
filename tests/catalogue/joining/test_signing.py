"""Agreements: made, sent, fixed, signed once by each, countersigned, replaced, uploaded."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from catalogue.actions import agreements, seats, signing
from catalogue.actions.agreements import Terms, draft_agreement, preview, send_agreements
from catalogue.events import ParticipationAgreed, SeatTaken
from catalogue.joining_states import ParticipationState
from catalogue.models import AgreementTemplate, Signature, SigningAuthority
from core.events import subscribed
from core.exceptions import RuleBroken
from notifications.models import Notification
from tests.factories.members import OrganisationFactory

S = ParticipationState


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def sent(story):
    return story.sent()


@pytest.fixture
def accession(sent):
    return sent.agreements.get(kind="accession")


def test_sending_fixes_the_document(story, accession):
    content = preview(accession)
    assert hashlib.sha256(content).hexdigest() == accession.sha256
    AgreementTemplate.objects.update(body="Något annat")
    story.world.own.name = "Nytt namn"
    story.world.own.save()
    assert preview(accession) == content
    assert agreements.render(accession) == content


def test_the_text_is_filled_from_the_parties(accession):
    runs = accession.content["sections"][0]["blocks"][1]["runs"]
    assert [run["text"] for run in runs] == ["Mellan ", "Nacka", " och Föreningen (exempel)."]


def test_a_name_cannot_become_markup(story):
    story.world.own.name = "# [x](https://evil.example) *fet*"
    story.world.own.save()
    row = story.decided()
    story.prepare(row)
    blocks = row.agreements.get(kind="accession").content["sections"][0]["blocks"]
    assert blocks[1]["runs"][1] == {"text": "# [x](https://evil.example) *fet*", "strong": True}


def test_signatories_are_told(story, sent):
    told = Notification.objects.filter(kind="joining-to-sign").values_list("user__email", flat=True)
    assert set(told) == {"signatory@own.exempel.invalid", "signatory2@own.exempel.invalid"}


def test_signing_needs_a_fresh_second_factor(story, accession):
    for moment in (None, timezone.now() - timedelta(minutes=6)):
        with pytest.raises(RuleBroken, match="second factor"):
            signing.sign_agreement(
                by=story.world["own:signatory"],
                agreement=accession,
                organisation=story.world.own,
                sha256=accession.sha256,
                second_factor_at=moment,
            )
    assert not Signature.objects.exists()


def test_signing_what_was_read(story, accession):
    with pytest.raises(RuleBroken, match="another than the one you read"):
        signing.sign_agreement(
            by=story.world["own:signatory"],
            agreement=accession,
            organisation=story.world.own,
            sha256="0" * 64,
            second_factor_at=timezone.now(),
        )


def test_a_signature_says_who_for_whom_on_what_ground(story, accession):
    made = story.sign(accession, "own:signatory", story.world.own)
    assert (made.signatory, made.organisation) == (story.world["own:signatory"], story.world.own)
    assert (made.ground, made.sha256) == ("Delegationsordning", accession.sha256)
    assert made.evidence["before_legal_force"] is False


def test_signing_before_legal_force_warns_and_is_written(story):
    row = story.deciding()
    story.register_decision(row, final_on=None)
    story.move(row, S.DECIDED)
    story.prepare(row)
    send_agreements(by=story.handler, participation=row)
    assert signing.signing_warning(row) == (
        "The municipality's decision has not gained legal force yet."
    )
    made = story.sign(row.agreements.get(kind="dpa"), "own:signatory", story.world.own)
    assert made.evidence["before_legal_force"] is True


def test_nobody_signs_twice(story, accession):
    story.sign(accession, "own:signatory", story.world.own)
    with pytest.raises(RuleBroken, match="already signed"):
        story.sign(accession, "own:signatory", story.world.own)
    assert accession.signatures.count() == 1


@pytest.mark.parametrize(
    ("who", "party"),
    [
        ("own:coordinator", "own"),
        ("own:signatory", "office"),
        ("other:signatory", "own"),
        ("other:signatory", "other"),
        ("service_manager", "office"),
        ("nobody", "own"),
    ],
)
def test_only_a_signatory_of_the_party_signs(story, accession, who, party):
    with pytest.raises(PermissionDenied):
        story.sign(accession, who, getattr(story.world, party))


def test_two_together_as_the_delegation_says(story, accession):
    story.sign(accession, "own:signatory", story.world.own)
    assert not signing.is_complete(accession, story.world.own)
    story.sign(accession, "own:signatory2", story.world.own)
    assert signing.is_complete(accession, story.world.own)
    assert Notification.objects.filter(kind="joining-to-countersign").count() == 1


@pytest.mark.parametrize(
    "change",
    [{"ends_on": "2020-12-31"}, {"limit": 99}, {"starts_on": "2999-01-01"}],
)
def test_an_authority_that_does_not_cover_is_refused(story, accession, change):
    accession.amount = 100
    accession.save()
    SigningAuthority.objects.filter(organisation=story.world.own).update(**change)
    with pytest.raises(RuleBroken, match="No signing authority of Nacka covers"):
        story.sign(accession, "own:signatory", story.world.own)


def test_the_limit_itself_is_covered(story, accession):
    accession.amount = 100
    accession.save()
    SigningAuthority.objects.filter(organisation=story.world.own).update(limit=100)
    assert story.sign(accession, "own:signatory", story.world.own).pk


def test_without_an_amount_only_an_authority_without_limit_covers(story, accession):
    SigningAuthority.objects.filter(organisation=story.world.own).update(limit=10**12)
    with pytest.raises(RuleBroken, match="No signing authority of Nacka covers"):
        story.sign(accession, "own:signatory", story.world.own)


def test_the_amount_of_the_accession_counts_for_what_goes_with_it(story, sent):
    sent.agreements.filter(kind="accession").update(amount=100)
    SigningAuthority.objects.filter(organisation=story.world.own).update(limit=99)
    with pytest.raises(RuleBroken, match="No signing authority of Nacka covers"):
        story.sign(sent.agreements.get(kind="dpa"), "own:signatory", story.world.own)
    SigningAuthority.objects.filter(organisation=story.world.own).update(limit=100)
    assert story.sign(sent.agreements.get(kind="dpa"), "own:signatory", story.world.own).pk


def test_a_supplier_may_be_the_processor(story):
    row = story.decided()
    supplier = OrganisationFactory(kind="supplier", name="Drift AB (exempel)")
    made = agreements.draft_agreement(
        by=story.handler,
        participation=row,
        kind="dpa",
        terms=agreements.Terms(processor=supplier),
    )
    assert [value for label, value in made.content["facts"] if "biträde" in label] == [
        "Drift AB (exempel)"
    ]
    with pytest.raises(RuleBroken):
        agreements.draft_agreement(
            by=story.handler,
            participation=row,
            kind="dpa",
            terms=agreements.Terms(processor=story.world.other),
        )


def test_joint_controllers_are_both_named(story):
    row = story.decided()
    AgreementTemplate.objects.create(kind="joint", title="Arrangemang", body="Text.")
    made = agreements.draft_agreement(by=story.handler, participation=row, kind="joint")
    assert [value for _label, value in made.content["facts"] if "," in value] == [
        "Nacka, Föreningen (exempel)"
    ]


def test_signatures_cannot_be_changed(story, accession):
    story.sign(accession, "own:signatory", story.world.own)
    for change in (lambda: Signature.objects.update(ground="x"), Signature.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_agreed_from_the_later_of_agreed_start_and_last_signature(story):
    story.start = timezone.localdate() - timedelta(days=5)
    row = story.decided()
    story.prepare(row)
    send_agreements(by=story.handler, participation=row)
    facts = []
    with subscribed(ParticipationAgreed, facts.append):
        story.sign_all(row)
    row.refresh_from_db()
    assert row.starts_on == timezone.localdate()
    assert facts == [
        ParticipationAgreed(
            row.pk, story.world.own.pk, story.service.pk, starts_on=row.starts_on, wants_seat=False
        )
    ]


def test_a_start_ahead_is_kept_and_the_seat_begins_with_it(story):
    story.start = timezone.localdate() + timedelta(days=40)
    row = story.decided_in_the_past()
    story.prepare(row)
    seats.answer_seat_question(by=story.runner, participation=row, wants=True)
    send_agreements(by=story.handler, participation=row)
    taken = []
    with subscribed(SeatTaken, taken.append):
        story.sign_all(row)
    row.refresh_from_db()
    assert row.starts_on == story.start
    assert [(fact.starts_on, fact.ordinary_id) for fact in taken] == [(story.start, None)]


def test_countersigning_in_bulk_takes_only_what_the_municipality_has_signed(story, sent):
    first, second = sent.agreements.order_by("kind")
    for who in ("own:signatory", "own:signatory2"):
        story.sign(first, who, story.world.own)
    signed, refused = signing.countersign(
        by=story.world["office:signatory"],
        agreements=[first, second],
        second_factor_at=timezone.now(),
    )
    assert signed == [first]
    assert refused == [(second, "The municipality has not signed in full yet.")]


def test_a_new_version_says_what_changed_and_replaces_when_signed(story):
    row = story.signed()
    terms = Terms(agreed_start=story.start)
    with pytest.raises(RuleBroken, match="what changed"):
        draft_agreement(by=story.handler, participation=row, kind="accession", terms=terms)
    terms = Terms(agreed_start=story.start, change_note="Nytt pris")
    made = draft_agreement(by=story.handler, participation=row, kind="accession", terms=terms)
    assert made.number == 2
    send_agreements(by=story.handler, participation=row)
    states = dict(row.agreements.filter(kind="accession").values_list("number", "state"))
    assert states == {1: "signed", 2: "sent"}
    starts_on = row.starts_on
    story.sign_all(row)
    row.refresh_from_db()
    states = dict(row.agreements.filter(kind="accession").values_list("number", "state"))
    assert (states, row.starts_on, row.state) == (
        {1: "replaced", 2: "signed"},
        starts_on,
        S.AGREEMENT_SIGNED,
    )


def test_a_newer_sent_version_takes_the_place_of_one_that_waits(story, accession):
    row = accession.participation
    story.sign(accession, "own:signatory", story.world.own)
    draft_agreement(
        by=story.handler,
        participation=row,
        kind="accession",
        terms=Terms(agreed_start=story.start, change_note="Rättat namn"),
    )
    send_agreements(by=story.handler, participation=row)
    with pytest.raises(RuleBroken, match="not sent for signing"):
        story.sign(accession, "own:signatory2", story.world.own)


def test_an_agreement_signed_by_both_takes_no_more(story):
    row = story.signed()
    with pytest.raises(RuleBroken, match="already signed by both sides"):
        story.sign(row.agreements.get(kind="dpa"), "own:signatory", story.world.own)


def test_only_the_office_makes_and_sends(story):
    row = story.decided()
    with pytest.raises(PermissionDenied):
        draft_agreement(by=story.runner, participation=row, kind="accession")
    with pytest.raises(PermissionDenied):
        send_agreements(by=story.runner, participation=row)


def test_without_a_template_there_is_no_agreement(story):
    row = story.decided()
    AgreementTemplate.objects.all().delete()
    with pytest.raises(RuleBroken, match="no template"):
        draft_agreement(
            by=story.handler,
            participation=row,
            kind="accession",
            terms=Terms(agreed_start=story.start),
        )
