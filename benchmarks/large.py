"""`make bench ARGS=--large`: portfolio, cost lists and statistics at their largest.

Every municipality is let into each of 200 services, 58,000 joinings, in the database that the
environment names (`SAMAGT_VAR_DIR`, with static files collected); never one that is in use. Run
as `python -m benchmarks.large` it takes what is there and fills up what is missing. Pages are
asked for inside this process, one at a time, so that the figures are the product's own time and
queries without any web server.
"""

import os
import resource
import sys
import time
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from allauth.account.internal.flows.login import (  # noqa: E402 - after the set-up
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.load import percentile  # noqa: E402
from catalogue.actions import costs  # noqa: E402
from catalogue.actions.costs import CostPlan, PartPlan  # noqa: E402
from catalogue.actions.populations import reference_dates  # noqa: E402
from catalogue.models import CataloguePage, CostModel, Participation, ServicePage  # noqa: E402
from catalogue.record_states import PartBy  # noqa: E402
from members.models import Municipality, User  # noqa: E402

SERVICES = 200
TIMES, TIMES_OF_FILES = 12, 3
OFFICE, MEMBER = "tjansteansvarig@exempel.invalid", "samordnare.nacka@exempel.invalid"
PARTS = (
    PartPlan(PartBy.FIXED, amount=10_000),
    PartPlan(PartBy.EQUAL, 4_000),
    PartPlan(PartBy.POPULATION, 6_000),
)
OK = 200


def fill() -> None:
    """Bring services to 200, let everyone into each, and adopt three years' models of each.

    The year before is issued; this year's rows are issued for every other service.
    """
    catalogue = CataloguePage.objects.get()
    for number in range(SERVICES - ServicePage.objects.live().count()):
        page = ServicePage(
            title=f"Mätning {number} (exempel)", short_description="Exempel.", is_example=True
        )
        catalogue.add_child(instance=page)
    services = list(ServicePage.objects.live())
    organisations = list(Municipality.objects.values_list("organisation", flat=True))
    taken = set(Participation.objects.open().values_list("service", "organisation"))
    Participation.objects.bulk_create(
        (
            Participation(
                service=service,
                organisation_id=organisation,
                state="production",
                starts_on=date(2024, 1, 1),
                production_on=date(2024, 1, 1),
                state_since=timezone.now(),
                is_example=True,
            )
            for service in services
            for organisation in organisations
            if (service.pk, organisation) not in taken
        ),
        batch_size=2_000,
    )
    office = User.objects.get(email=OFFICE)
    for place, service in enumerate(services):
        _adopt(office, service, issued_this_year=place % 2 == 0)
        if place % 20 == 0:
            print(f"  {place} av {len(services)} tjänster", flush=True)


def _adopt(office: User, service: ServicePage, *, issued_this_year: bool) -> None:
    this_year = timezone.localdate().year
    for year in range(this_year - 1, this_year + 2):
        if CostModel.objects.adopted().filter(service=service, year=year).exists():
            continue
        plan = CostPlan(200_000_000, PARTS, reference_dates()[0], "SCB")
        model = costs.draft_cost_model(
            by=office, service=service, year=year, plan=plan, is_example=True
        )
        costs.adopt_cost_model(
            by=office, model=model, adopted_on=date(year - 1, 11, 1), reference="Exempel"
        )
        if year < this_year or (year == this_year and issued_this_year):
            costs.issue_year(by=office, model=model)


def visitor(email: str) -> Client:
    """Return a client logged in as a person of the demo, in two steps."""
    user, client = User.objects.get(email=email), Client(SERVER_NAME="localhost")
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": "totp", "at": time.time()}
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client


def measure(client: Client, address: str) -> bool:
    """Print queries, percentiles and size of an address; return whether it always answered.

    On a machine that others use too, the processor's own time says more than the clock.
    """
    durations, own, size, failures = [], [], 0, 0
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        queries = len(captured)
    for __ in range(TIMES if address.endswith("/") or "?" in address else TIMES_OF_FILES):
        started, begun = time.perf_counter(), time.process_time()
        answer = client.get(address)
        if answer.streaming:
            size = sum(len(piece) for piece in answer.streaming_content)
        else:
            size = len(answer.content)
        durations.append(time.perf_counter() - started)
        own.append(time.process_time() - begun)
        failures += answer.status_code != OK
    shares = ((durations, 0.5), (durations, 0.95), (own, 0.5), (own, 0.95))
    points = "  ".join(f"{percentile(found, share) * 1000:8.1f}" for found, share in shares)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{address:<44} {queries:>7}  {points}  {size // 1024:>7}  {peak:>7}  {failures:>4}",
        flush=True,
    )
    return not failures


def main() -> int:
    """Fill and measure; 1 when an address answered with anything but 200."""
    started = time.monotonic()
    fill()
    counts = f"{Participation.objects.count()} anslutningar, {CostModel.objects.count()} modeller"
    print(f"{counts}, fyllt på {time.monotonic() - started:.0f} s")
    model = CostModel.objects.adopted().order_by("-year").first()
    year = timezone.localdate().year
    member, office = visitor(MEMBER), visitor(OFFICE)
    print(
        f"{'page':<44} {'queries':>7}  {'p50':>8}  {'p95 ms':>8}"
        f"  {'cpu p50':>8}  {'cpu p95':>8}  {'kB':>7}  {'peak MB':>7}  fail"
    )
    fine = [
        measure(client, address)
        for client, address in (
            (office, f"/tjanster/{model.service.slug}/"),
            (office, f"/tjanster/{model.service.slug}/?kommun=0182&fler=10"),
            (office, f"/kansli/kostnader/{model.pk}/"),
            (member, "/anslutningar/kostnader/"),
            (member, "/kommuner/0182/portfolj/"),
            (member, "/kommuner/0182/portfolj.xlsx"),
            (office, "/kansli/anslutningar/spridning/"),
            (office, f"/kansli/kostnader/ar/{year}/"),
            (office, f"/kansli/kostnader/ar/{year + 1}/"),
            (office, f"/kansli/kostnader/ar/{year}/?page=900"),
            (office, f"/kansli/kostnader/ar/{year}/faktura.csv"),
            (office, f"/kansli/kostnader/ar/{year}/lista.xlsx"),
        )
    ]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
