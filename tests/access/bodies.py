"""A body with one of each thing that its addresses name; nobody of the world sits on it."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import cases, summoning
from governance.actions.polls import per_capsulam
from governance.actions.room import deciding, items
from governance.models import Mandate, Office
from tests.factories.governance import add_items, item_named, make_body, make_meeting, open_room


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
        "arrived": str(arrived.number),
        "year": str(budget.paragraph_year),
        "paragraph": str(budget.paragraph),
    }
