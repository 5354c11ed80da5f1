"""The pages: the way in by HTTP, who may see what, and what a wrong answer looks like."""

import io
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.actions.sub_processors import announce_change
from catalogue.joining_states import Guard, ParticipationState, steps_from
from catalogue.models import Participation, SubProcessorAnswer
from catalogue.views_joining.deeds import DEEDS
from notifications.models import Notification
from tests.catalogue.joining.story import pdf_bytes
from tests.factories.members import RepresentativeFactory, RepresentativeRoleFactory, UserFactory

S = ParticipationState
OK, FOUND, REFUSED, MISSING, WRONG = 200, 302, 403, 404, 422


@pytest.fixture
def browser(client, story):
    """Return a function that logs in as a person and gives the client."""

    def as_(who):
        client.force_login(story.world[who])
        return client

    return as_


def paper(name="papper.pdf", content=None):
    file = io.BytesIO(content or pdf_bytes())
    file.name = name
    return file


def deed(row, slug):
    return reverse("catalogue:participation_deed", args=[row.pk, slug])


def step(row, new):
    return reverse("catalogue:participation_step", args=[row.pk, new])


def state_of(row):
    return Participation.objects.get(pk=row.pk).state


def ways(row, client):
    """Return the labels of what is missing now with the addresses that put it in place."""
    found = client.get(row.get_absolute_url()).context["ways"]["onward"]
    return {guard["label"]: guard["url"] for way in found for guard in way["guards"]}


# --- What is needed now ------------------------------------------------------------------------
def test_what_is_missing_leads_to_where_it_is_put_in_place(story, browser):
    row = story.deciding()
    client = browser("own:coordinator")
    label = Guard.DECISION.label
    assert ways(row, client)[label] == deed(row, "beslut")
    story.register_decision(row)
    assert ways(row, client)[label] == ""


def test_a_reader_sees_what_is_needed_and_gets_no_way(story, browser):
    row = story.deciding()
    page = browser("own:reader").get(row.get_absolute_url())
    (way,) = page.context["ways"]["onward"]
    assert (way["url"], way["mine"], way["guards"][0]["url"]) == ("", False, "")


def test_the_other_side_is_told_of_a_step(story):
    story.in_dialogue()
    told = Notification.objects.filter(kind="joining-moved").values_list("user__email", flat=True)
    assert set(told) == {"coordinator@own.exempel.invalid", "business_owner@own.exempel.invalid"}


def test_the_days_that_matter_are_shown(story, browser):
    row = story.terminated()
    days = browser("own:reader").get(row.get_absolute_url()).context["days"]
    assert row.ends_on in [day for _label, day in days]


# --- Joining ----------------------------------------------------------------------------------
def test_joining_from_the_service(story, browser):
    client = browser("own:coordinator")
    page = client.get("/tjanster/provisum/anslut/")
    assert page.status_code == OK
    answer = client.post(
        "/tjanster/provisum/anslut/",
        {
            "organisations": [story.world.own.pk],
            "interest": "Ställföreträdare",
            "wants_seat": "yes",
        },
    )
    row = Participation.objects.get()
    assert (answer.status_code, answer["Location"]) == (FOUND, f"/anslutningar/{row.pk}/")
    assert (row.state, row.wants_seat, row.interest) == ("interest", True, "Ställföreträdare")


def test_joining_twice_says_so_and_keeps_what_was_written(story, browser):
    story.interested()
    client = browser("own:coordinator")
    answer = client.post(
        "/tjanster/provisum/anslut/",
        {"organisations": [story.world.own.pk], "interest": "Kvar i rutan"},
    )
    assert answer.status_code == WRONG
    assert "Kvar i rutan" in answer.text
    assert Participation.objects.count() == 1


@pytest.mark.parametrize("who", ["own:coordinator", "own:business_owner"])
def test_nobody_joins_for_another(story, browser, who):
    answer = browser(who).post(
        "/tjanster/provisum/anslut/", {"organisations": [story.world.other.pk]}
    )
    assert answer.status_code == WRONG
    assert not Participation.objects.exists()


def test_a_reader_is_told_whom_to_ask(story, browser):
    client = browser("own:reader")
    assert client.get("/tjanster/provisum/anslut/").status_code == OK
    client.post("/tjanster/provisum/anslut/", {"organisations": [story.world.own.pk]})
    assert not Participation.objects.exists()


def test_the_office_joins_several_together(story, browser):
    browser("service_manager").post(
        "/tjanster/provisum/anslut/",
        {"organisations": [story.world.own.pk, story.world.other.pk]},
    )
    rows = Participation.objects.all()
    assert {row.organisation_id for row in rows} == {story.world.own.pk, story.world.other.pk}
    assert len({row.group_id for row in rows} - {None}) == 1


def test_a_group_has_its_name_and_shows_who_joins_together(story, browser):
    client = browser("service_manager")
    both = [story.world.own.pk, story.world.other.pk]
    client.post(
        "/tjanster/provisum/anslut/", {"organisations": both, "group_name": "Norra gruppen"}
    )
    own, other = Participation.objects.order_by("organisation__name").reverse()
    assert (own.group, own.group.name) == (other.group, "Norra gruppen")
    page = client.get(own.get_absolute_url())
    assert page.context["together"] == [other]
    # Before the agreement is signed, nobody else is told who is on the way.
    assert browser("own:coordinator").get(own.get_absolute_url()).context["together"] == []


def test_a_service_whose_address_has_swedish_letters_can_be_joined(story, browser):
    story.service.slug = "överförmyndare"
    story.service.save()
    assert browser("own:coordinator").get("/tjanster/överförmyndare/anslut/").status_code == OK


def test_a_closed_service_takes_nobody(story, browser):
    story.service.open_for_new_members = False
    story.service.save()
    answer = browser("own:coordinator").post(
        "/tjanster/provisum/anslut/", {"organisations": [story.world.own.pk]}
    )
    assert answer.status_code == WRONG


def test_joining_needs_a_login(story, client):
    answer = client.get("/tjanster/provisum/anslut/")
    assert answer.status_code == FOUND
    assert answer["Location"].startswith("/konto/login/")


# --- The record -------------------------------------------------------------------------------
STATES = [
    "interested",
    "in_dialogue",
    "deciding",
    "decided",
    "sent",
    "signed",
    "onboarding",
    "in_use",
    "terminated",
    "winding_up",
]


@pytest.mark.parametrize("state", STATES)
def test_the_record_shows_in_every_state_with_every_deed(story, browser, state):
    row = getattr(story, state)()
    for who in ("own:coordinator", "service_manager", "auditor", "own:reader"):
        client = browser(who)
        page = client.get(row.get_absolute_url())
        assert page.status_code == OK
        assert story.service.title in page.text
        for known in DEEDS:
            if f"/gor/{known.slug}/" in page.text:
                assert client.get(deed(row, known.slug)).status_code == OK
        for new in S:
            if f"/steg/{new}/" in page.text:
                assert client.get(step(row, new)).status_code == OK


def addresses(row):
    agreement, document = row.agreements.first(), row.documents.first()
    checklist = row.onboarding.first()
    return [
        row.get_absolute_url(),
        step(row, S.PRODUCTION),
        *(deed(row, known.slug) for known in DEEDS),
        agreement.get_absolute_url(),
        f"{agreement.get_absolute_url()}avtal.pdf",
        f"{agreement.get_absolute_url()}undertecknat.pdf",
        document.get_absolute_url(),
        reverse("catalogue:step_plan", args=[row.pk, checklist.pk]),
        reverse("catalogue:step_comment", args=[row.pk, checklist.pk]),
    ]


POSTS = ["agreement_upload", "step_finish"]


@pytest.mark.parametrize("who", ["other:coordinator", "other:signatory", "nobody"])
def test_another_municipality_finds_nothing(story, browser, who):
    row = story.onboarding()
    client = browser(who)
    for address in addresses(row):
        assert client.get(address).status_code == MISSING, address
        assert client.post(address).status_code in {MISSING, 405}, address
    for name, child in zip(POSTS, (row.agreements.first(), row.onboarding.first()), strict=True):
        address = reverse(f"catalogue:{name}", args=[row.pk, child.pk])
        assert client.post(address).status_code == MISSING


def test_the_anonymous_is_led_to_login(story, client):
    row = story.onboarding()
    for address in addresses(row):
        assert client.get(address).status_code == FOUND, address


def test_a_child_of_another_record_is_not_found_under_ones_own(story, browser):
    """The right record in the address opens nothing that hangs on another."""
    theirs = story.onboarding()
    mine = Participation.objects.create(
        service=story.service,
        organisation=story.world.other,
        state=S.INTEREST,
        state_since=theirs.state_since,
    )
    client = browser("other:coordinator")
    for address in addresses(theirs)[-5:]:
        mixed = address.replace(f"/anslutningar/{theirs.pk}/", f"/anslutningar/{mine.pk}/")
        assert client.get(mixed).status_code == MISSING, mixed


def test_a_step_may_be_given_to_somebody_at_the_office(story, browser):
    row = story.onboarding()
    found = row.onboarding.first()
    address = reverse("catalogue:step_plan", args=[row.pk, found.pk])
    client = browser("own:coordinator")
    data = {"due_on": "2027-01-01", "assignee": story.handler.pk}
    assert client.post(address, data).status_code == FOUND
    found.refresh_from_db()
    assert found.assignee == story.handler


@pytest.mark.parametrize("who", ["own:reader", "own:signatory", "auditor"])
def test_whoever_may_only_read_changes_nothing(story, browser, who):
    row = story.in_dialogue()
    client = browser(who)
    assert client.post(step(row, S.DECISION_PENDING)).status_code == REFUSED
    for known in DEEDS:
        if known.slug == "meddelande":
            continue
        status = client.post(deed(row, known.slug)).status_code
        assert status in {REFUSED, WRONG}, known.slug
    assert state_of(row) == S.DIALOGUE


def test_a_forbidden_jump_by_post_is_refused_in_words(story, browser):
    row = story.in_dialogue()
    answer = browser("service_manager").post(step(row, S.PRODUCTION))
    assert answer.status_code == WRONG
    assert state_of(row) == S.DIALOGUE


@pytest.mark.parametrize(
    "state",
    [
        "interested",
        "in_dialogue",
        "decided",
        "sent",
        "signed",
        "onboarding",
        "in_use",
        "terminated",
    ],
)
def test_no_post_takes_a_step_that_the_table_does_not_offer(story, browser, state):
    row = getattr(story, state)()
    allowed = {way.new for way in steps_from(row.state) if way.by_hand}
    before = (row.state, row.changes.count())
    for who in ("service_manager", "own:coordinator"):
        client = browser(who)
        for new in (*S, "nonsense"):
            if new not in allowed:
                assert client.post(step(row, new), {"reason": "x"}).status_code in {REFUSED, WRONG}
    row.refresh_from_db()
    assert (row.state, row.changes.count()) == before


def test_a_missing_guard_is_told(story, browser):
    row = story.deciding()
    answer = browser("own:coordinator").post(step(row, S.DECIDED))
    assert answer.status_code == WRONG
    assert "diarienummer" in answer.text


def test_the_decision_is_registered_with_its_document(story, browser):
    row = story.deciding()
    client = browser("own:coordinator")
    data = {
        "body": "Kommunstyrelsen",
        "decided_on": "2026-03-02",
        "registry_number": "KS 2026/7",
        "file": paper(),
    }
    assert client.post(deed(row, "beslut"), data).status_code == FOUND
    decision = row.decisions.get()
    download = client.get(decision.document.get_absolute_url())
    for closer in download._resource_closers:
        closer()
    assert (download["Content-Disposition"], download["X-Content-Type-Options"]) == (
        'attachment; filename="Kommunens beslut.pdf"',
        "nosniff",
    )
    assert client.post(step(row, S.DECIDED)).status_code == FOUND


@pytest.mark.parametrize(
    ("name", "content"),
    [("fel.html", b"<html>"), ("fel.pdf", b"<html><script>alert(1)</script>"), ("fel.exe", b"MZ")],
)
def test_a_wrong_file_is_refused_and_nothing_is_kept(story, browser, name, content):
    row = story.deciding()
    data = {
        "body": "Kommunstyrelsen",
        "decided_on": "2026-03-02",
        "registry_number": "KS 2026/7",
        "file": paper(name, content),
    }
    answer = browser("own:coordinator").post(deed(row, "beslut"), data)
    assert answer.status_code == WRONG
    assert "KS 2026/7" in answer.text
    assert not row.decisions.exists()
    assert not row.documents.exists()


def test_a_refused_deed_keeps_no_paper(story, browser):
    row = story.deciding()
    data = {
        "body": "Kommunstyrelsen",
        "decided_on": "2999-03-02",
        "registry_number": "KS 2026/7",
        "file": paper(),
    }
    assert browser("own:coordinator").post(deed(row, "beslut"), data).status_code == WRONG
    assert not row.documents.exists()


def test_questions_and_answers(story, browser):
    row = story.interested()
    browser("own:technical_contact").post(deed(row, "meddelande"), {"text": "Vad kostar det?"})
    browser("service_manager").post(deed(row, "meddelande"), {"text": "Se <b>listan</b>."})
    page = browser("own:coordinator").get(row.get_absolute_url())
    assert "Vad kostar det?" in page.text
    assert "Se &lt;b&gt;listan&lt;/b&gt;." in page.text
    assert list(row.messages.values_list("acting_for__name", flat=True)) == [
        "Nacka",
        "Föreningen (exempel)",
    ]


# --- Signing ----------------------------------------------------------------------------------
def test_signing_by_http(story, browser):
    row = story.sent()
    agreement = row.agreements.get(kind="accession")
    client = browser("own:signatory")
    assert client.get(agreement.get_absolute_url()).status_code == OK
    data = {"organisation": story.world.own.pk, "sha256": agreement.sha256, "confirm": "on"}
    assert client.post(agreement.get_absolute_url(), data).status_code == FOUND
    assert agreement.signatures.count() == 1
    again = client.post(agreement.get_absolute_url(), data)
    assert again.status_code == WRONG
    assert agreement.signatures.count() == 1


def test_an_old_second_factor_leads_to_confirm_it(story, client):
    row = story.sent()
    agreement = row.agreements.get(kind="accession")
    client.force_login(story.world["own:signatory"], at=time.time() - 301)
    data = {"organisation": story.world.own.pk, "sha256": agreement.sha256, "confirm": "on"}
    answer = client.post(agreement.get_absolute_url(), data)
    assert answer["Location"].startswith("/konto/2fa/reauthenticate/?next=/anslutningar/")
    assert not agreement.signatures.exists()


def test_countersigning_by_http(story, browser):
    row = story.sent()
    for agreement in row.agreements.all():
        for who in ("own:signatory", "own:signatory2"):
            story.sign(agreement, who, story.world.own)
    client = browser("office:signatory")
    assert client.get("/kansli/avtal/kontrasignera/").text.count("Nacka:") == 4
    ids = [agreement.pk for agreement in row.agreements.all()]
    client.post("/kansli/avtal/kontrasignera/", {"agreements": ids, "confirm": "on"})
    assert state_of(row) == S.AGREEMENT_SIGNED
    for who in ("own:signatory", "own:reader", "service_manager"):
        assert browser(who).get("/kansli/avtal/kontrasignera/").status_code == REFUSED, who


def test_a_draft_is_the_offices_alone(story, browser):
    row = story.decided()
    story.prepare(row)
    agreement = row.agreements.first()
    assert browser("service_manager").get(agreement.get_absolute_url()).status_code == OK
    pdf = browser("service_manager").get(f"{agreement.get_absolute_url()}avtal.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert browser("own:coordinator").get(agreement.get_absolute_url()).status_code == MISSING


# --- Introduction -----------------------------------------------------------------------------
def test_steps_of_the_introduction(story, browser):
    row = story.onboarding()
    first = row.onboarding.first()
    client = browser("own:coordinator")
    client.post(reverse("catalogue:step_finish", args=[row.pk, first.pk]), {"done": "1"})
    client.post(
        reverse("catalogue:step_plan", args=[row.pk, first.pk]),
        {"due_on": "2027-01-15", "assignee": story.world["own:reader"].pk},
    )
    client.post(reverse("catalogue:step_comment", args=[row.pk, first.pk]), {"text": "Klart"})
    first.refresh_from_db()
    assert (str(first.due_on), first.assignee, first.done_by) == (
        "2027-01-15",
        story.world["own:reader"],
        story.world["own:coordinator"],
    )
    assert first.comments.get().text == "Klart"


def test_only_the_municipality_accepts(story, browser):
    row = story.onboarding()
    data = {"accepted_on": str(story.start)}
    assert browser("service_manager").post(deed(row, "godkannande"), data).status_code == REFUSED
    assert browser("own:coordinator").post(deed(row, "godkannande"), data).status_code == FOUND


# --- Sub-processors ---------------------------------------------------------------------------
def test_an_objection(story, browser):
    row = story.in_use()
    announce_change(
        by=story.handler,
        service=story.service,
        text="Nytt underbiträde",
        object_by=story.start + timedelta(days=30),
        takes_effect_on=story.start + timedelta(days=60),
    )
    answer = SubProcessorAnswer.objects.get()
    address = reverse("catalogue:participation_sub_processor", args=[row.pk, answer.pk])
    client = browser("own:coordinator")
    assert client.post(address, {"answer": "objects"}).status_code == WRONG
    assert client.post(address, {"answer": "objects", "reason": "Tredje land"}).status_code == FOUND
    answer.refresh_from_db()
    assert (answer.answer, answer.reason) == ("objects", "Tredje land")
    assert browser("service_manager").get(address).status_code == REFUSED
    assert browser("other:coordinator").get(address).status_code == MISSING


# --- Queries ----------------------------------------------------------------------------------
def count_queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == OK
    return len(queries)


def test_the_record_costs_the_same_however_much_it_holds(story, browser):
    row = story.in_use()
    client = browser("service_manager")
    client.get(row.get_absolute_url())
    before = count_queries(client, row.get_absolute_url())
    for number in range(20):
        story.document(row)
        row.messages.create(
            author=story.world["own:coordinator"], acting_for=story.world.own, text=str(number)
        )
        step_row = row.onboarding.create(
            position=9 + number,
            title=f"Steg {number}",
            side="office",
            due_on=story.start,
            assignee=RepresentativeRoleFactory(
                representative=RepresentativeFactory(user=UserFactory())
            ).representative.user,
        )
        step_row.comments.create(author=story.world["own:coordinator"], text="x")
    assert count_queries(client, row.get_absolute_url()) == before
