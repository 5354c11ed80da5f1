"""A body with one of each thing that its addresses name; nobody of the world sits on it."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import cases, demands, shelf, summoning, templates, times
from governance.actions.minutes import extracts
from governance.actions.polls import per_capsulam
from governance.actions.room import deciding, items
from governance.choices import MotionKind
from governance.models import ExtractDelivery, Mandate, Motion, Office
from members.models import User
from tests.factories.files import small_pdf
from tests.factories.governance import add_items, item_named, make_body, make_meeting, open_room
from tests.factories.minutes import adjusted


def make_things() -> dict[str, str]:
    """Return the things by name: a summoned meeting, one in progress, a case with a document."""
    body = make_body(2)
    case = cases.register_case(by=SYSTEM, council=body.council, subject="Prov")
    document = cases.add_document(
        by=SYSTEM,
        case=case,
        title="Prov",
        file=SimpleUploadedFile("prov.txt", b"text"),
        dated_on=timezone.localdate(),
    )
    planned = make_meeting(body, starts_at=timezone.now() + timedelta(days=30))
    item = add_items(planned, "Prov")[0]
    summoning.send_summons(by=SYSTEM, meeting=planned)
    running = open_room(body, items=("Budget",))
    budget = items.open_item(by=SYSTEM, meeting=running, item=item_named(running, "Budget"))
    items.close_debate(by=SYSTEM, meeting=running, item=budget)
    deciding.state_finding(by=SYSTEM, meeting=running, item=budget, proposal=True)
    deciding.gavel(by=SYSTEM, meeting=running, item=budget)
    budget.refresh_from_db()
    # On an item that is still to be handled: one that has ended answers every motion on it.
    waiting = running.items.filter(ended_at__isnull=True).latest("position")
    motion = Motion.objects.create(
        item=waiting, number=1, kind=MotionKind.APPROVE, mover=body.ordinary[0].name
    )
    start = timezone.now() + timedelta(days=40)
    spans = [(start + timedelta(days=n), start + timedelta(days=n, hours=2)) for n in (0, 1)]
    time_poll = times.ask_for_times(by=SYSTEM, council=body.council, title="Prov", times=spans)
    demand = demands.demand_meeting(
        by=body.fresh(body.ordinary[0]), council=body.council, reason="Prov"
    )
    consultation = cases.consult(
        by=SYSTEM,
        case=case,
        question="Prov?",
        last_day=timezone.localdate() + timedelta(days=9),
        organisations=[body.seats[0].organisation],
    )
    shelved = shelf.shelve(
        by=SYSTEM,
        council=body.council,
        title="Prov",
        dated_on=timezone.localdate(),
        file=SimpleUploadedFile("prov.txt", b"text"),
    )
    earlier = shelf.file_earlier_minutes(
        by=SYSTEM,
        council=body.council,
        held_on=timezone.localdate(),
        source="Prov",
        file=SimpleUploadedFile("prov.pdf", small_pdf()),
    )
    held = adjusted(make_body(2, slug="justerat", registry_code="JUST", name="Justerat råd"))
    extract = held.item("Budget")
    extracts.add_recipient(by=SYSTEM, item=extract, name="Prov", email="prov@exempel.invalid")
    secretary = User.objects.get(pk=held.body.secretary.pk)
    extracts.certify_extract(by=secretary, item=extract)
    committee = make_body(2, slug="namnd", registry_code="NAMND", name="Nämnd", kind="committee")
    asked = cases.register_case(by=SYSTEM, council=body.council, subject="Fråga")
    cases.propose_decision(by=SYSTEM, case=asked, proposal=["svara"])
    asked = cases.make_case_ready(by=SYSTEM, case=asked)
    later = timezone.now() + timedelta(days=7)
    poll = per_capsulam.ask_per_capsulam(by=SYSTEM, case=asked, deadline_at=later)
    per_capsulam.close_overdue(now=later)
    arrived = running.events.filter(kind="arrived").first()
    return {
        "council": body.council.slug,
        "seat": str(body.seats[0].pk),
        "mandate": str(Mandate.objects.filter(seat=body.seats[0]).first().pk),
        "body_office": str(Office.objects.filter(council=body.council).first().pk),
        "case": str(case.pk),
        "version": str(document.versions.get().pk),
        "planned": str(planned.pk),
        "running": str(running.pk),
        "poll": str(poll.pk),
        "seat_code": body.seats[0].organisation.municipality.code,
        "item_pk": str(item.pk),
        "document": str(document.pk),
        "time_poll": str(time_poll.pk),
        "time_option": str(time_poll.options.first().pk),
        "demand": str(demand.pk),
        "template": str(templates.save_template(by=SYSTEM, meeting=planned, name="Prov").pk),
        "consulted": str(consultation.answers.get().pk),
        "shelved": str(shelved.pk),
        "shelf_version": str(shelved.versions.get().pk),
        "earlier": str(earlier.pk),
        "arrived": str(arrived.number),
        "motion": str(motion.pk),
        "committee": committee.council.slug,
        "adjusted_body": held.body.council.slug,
        "adjusted_meeting": str(held.meeting.pk),
        "adjusted_year": str(extract.paragraph_year),
        "adjusted_paragraph": str(extract.paragraph),
        "delivery": str(ExtractDelivery.objects.get(extract__item=extract).pk),
        "year": str(budget.paragraph_year),
        "paragraph": str(budget.paragraph),
    }
