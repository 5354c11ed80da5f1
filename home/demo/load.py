"""Fills a site with the demo, part by part; each part is left alone once it is there."""

from collections.abc import Callable
from dataclasses import dataclass

from catalogue.demo import load_joinings
from catalogue.models import CataloguePage
from home.actions.site_setup import Step
from home.demo import content
from home.demo.areas import load_areas
from home.demo.bodies import load_bodies
from home.demo.generated import generated_services
from home.demo.news import load_news
from home.demo.organisations import load_members, load_parties
from home.demo.pages import load_pages
from home.demo.people import Login, kept_logins, load_people
from home.demo.services import Stand, load_services
from home.models import NewsIndexPage
from members.models import User

EDITOR = "redaktor@exempel.invalid"
MANAGER = "tjansteansvarig@exempel.invalid"
BATCH = 20


@dataclass(frozen=True)
class Scale:
    """How large a demo is."""

    members: int
    services: int
    # How many municipalities join a service at most; None: every member joins every service.
    joined: int | None = 12


SCALES = {"small": Scale(40, 16), "medium": Scale(120, 60, 30), "large": Scale(290, 200, None)}


def load_demo(*, seed: int, scale: str, report: Callable[[Step], None]) -> list[Login]:
    """Fill the site that `init_site` made; return the logins.

    Idempotent: a second run adds what is missing and touches nothing else. The same seed gives
    the same content; passwords and second factors are random. `report` is told of each part.
    """
    size = SCALES[scale]
    parties = load_parties()
    joined = load_members(parties, number=size.members, seed=seed)
    report(Step("Exempelmedlemmar", f"{joined} nya"))
    logins = load_people(parties)
    report(Step("Inloggningar", f"{len(logins)} i filen"))
    stand = Stand(
        catalogue=CataloguePage.objects.get(),
        parties=parties,
        areas=load_areas(),
        editor=User.objects.get(email=EDITOR),
        manager=User.objects.get(email=MANAGER),
        seed=seed,
    )
    pages = load_pages(association=parties.association.name, editor=stand.editor)
    report(Step("Sidor", f"{pages} ändrade"))
    _load_services(stand, size, report)
    joinings = load_joinings(manager=stand.manager, seed=seed, most=size.joined)
    report(Step("Anslutningar", f"{joinings} nya"))
    report(Step("Råd", f"{load_bodies(parties)} nya"))
    logins = list(kept_logins().values())
    news = load_news(NewsIndexPage.objects.get(), editor=stand.editor)
    report(Step("Nyheter", f"{news} nya"))
    return logins


def _load_services(stand: Stand, size: Scale, report: Callable[[Step], None]) -> None:
    """Load the real services, then the made-up ones in batches so that progress shows."""
    real = content.services()
    report(Step("Tjänster", f"{load_services(stand, real)} nya"))
    made = generated_services(
        size.services - len(real), seed=stand.seed, codes=sorted(stand.parties.by_code)
    )
    specs = list(made.items())
    for start in range(0, len(specs), BATCH):
        batch = dict(specs[start : start + BATCH])
        added = load_services(stand, batch)
        done = min(start + BATCH, len(specs))
        report(Step("Påhittade tjänster", f"{done} av {len(specs)} ({added} nya)"))
