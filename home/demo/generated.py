"""Made-up services for the larger demos, built of a word list by the seed. All are examples."""

from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

from django.utils.text import slugify

from catalogue.states import FactField, Lifecycle
from home.demo import content

STAGES = (
    Lifecycle.NEED,
    Lifecycle.PRE_STUDY,
    Lifecycle.PROJECT,
    Lifecycle.PILOT,
    *(Lifecycle.PRODUCTION,) * 6,
    Lifecycle.PHASE_OUT,
    Lifecycle.ENDED,
)
USED = frozenset({Lifecycle.PILOT, Lifecycle.PRODUCTION, Lifecycle.PHASE_OUT})
LICENCES = ("EUPL-1.2", "AGPL-3.0-only", "MIT", "Apache-2.0", "", "", "")
STANDARDS = ("SS 12000", "OpenAPI 3.1", "SCIM", "")
# The widest use of an example service, and the usual limit, as shares of all municipalities.
WIDEST, USUAL = 0.7, 0.12
# The first service leads to the services before this place; they are loaded together with it.
NEAR = 11
FIRST_DAY = date(2027, 1, 15)


def generated_services(number: int, *, seed: int, codes: list[str]) -> dict[str, dict[str, Any]]:
    """Return `number` made-up services by slug, in the form of the demo's own files.

    `codes` are those of the municipalities that may be said to use them. The first service is
    the fullest: many uses, documents, relations and steps. The same seed gives the same services.
    """
    words = content.read("words")
    pairs = list(product(words["subject"], words["form"]))
    chance = Random(f"{seed}:services")  # noqa: S311 - a demo, not a secret
    chance.shuffle(pairs)
    if number > len(pairs):
        message = f"the word list makes {len(pairs)} services, not {number}"
        raise ValueError(message)
    made: dict[str, dict[str, Any]] = {}
    for place, (subject, form) in enumerate(pairs[:number]):
        slug = slugify(f"{subject['word']}{form['word']}-exempel")
        earlier = list(made)
        made[slug] = _service(subject, form, chance, codes, fullest=place == 0)
        made[slug]["relations"] = _relations(chance.sample(earlier, min(place, 2)))
    _fill(made)
    return made


def _fill(made: dict[str, dict[str, Any]]) -> None:
    """Let the first service lead to the next ones, and name a source for each of its facts."""
    slugs = list(made)
    for slug in slugs[:1]:
        made[slug]["relations"] = _relations(slugs[1:NEAR])
        made[slug]["sources"] = {fact: [content.EXAMPLE] for fact in FactField.values}


def _service(
    subject: dict[str, str],
    form: dict[str, str],
    chance: Random,
    codes: list[str],
    *,
    fullest: bool,
) -> dict[str, Any]:
    """Return one service; the fullest is in production and used by most municipalities."""
    name = f"{subject['word']}{form['word']}"
    stage = Lifecycle.PRODUCTION if fullest else chance.choice(STAGES)
    share = WIDEST if fullest else chance.random() * USUAL
    users = chance.sample(codes, int(len(codes) * share)) if stage in USED else []
    return {
        "title": f"{name} (exempel)",
        "short_description": f"{name} {form['does']} {subject['about']}. Påhittat exempel.",
        "long_description": _long(name, subject, form),
        "need": f"Kommunen behöver ett enklare sätt att arbeta med {subject['about']}.",
        "target_groups": "Handläggare och invånare",
        "areas": [subject["area"]],
        "features": [
            f"{name} {form['does']} {subject['about']}",
            "Uppgifterna kan hämtas som öppna data",
            "Fungerar i mobil och dator",
        ],
        "lifecycle": stage.value,
        "owner": "association",
        "origin": "Påhittat exempel",
        "open_for_new_members": stage == Lifecycle.PRODUCTION and chance.random() < USUAL * 6,
        "contact_function": f"Tjänsteansvarig för {name} (exempel)",
        "contact_email": "kansliet@exempel.invalid",
        "licence": chance.choice(LICENCES),
        "standards": chance.choice(STANDARDS),
        "personal_data": chance.choice(("no", "yes", "yes", "sensitive")),
        "klassa": [chance.randrange(4), chance.randrange(1, 4), chance.randrange(1, 3)],
        "languages": "svenska",
        "ai_use": chance.choice(("no", "no", "no", "yes")),
        "cost_text": "Fast årsavgift efter kommunens storlek (exempel).",
        "is_example": True,
        "example_fields": list(FactField.values),
        "uses": [{"code": code} for code in sorted(users)],
        "roadmap": _roadmap(chance, 8 if fullest else chance.randrange(3)),
        "documents": _documents(name, chance, 12 if fullest else chance.randrange(2)),
    }


def _long(name: str, subject: dict[str, str], form: dict[str, str]) -> str:
    return (
        f"{name} är ett påhittat exempel på en gemensam tjänst. Den {form['does']}"
        f" {subject['about']}.\n\nExemplet finns för att visa hur katalogen fungerar när den är"
        " full. Ingen kommun använder tjänsten på riktigt."
    )


def _relations(others: list[str]) -> list[dict[str, str]]:
    """Name an outside system, and other services that the service works with."""
    named = [{"kind": "integration", "other": slug} for slug in others]
    return [{"kind": "integration", "system": "Kommunens ärendesystem"}, *named]


def _roadmap(chance: Random, number: int) -> list[dict[str, Any]]:
    return [
        {
            "title": f"Utgåva {step + 1}",
            "version": f"{step + 1}.0",
            "status": "planned",
            "due_on": FIRST_DAY + timedelta(days=90 * step + chance.randrange(30)),
        }
        for step in range(number)
    ]


def _documents(name: str, chance: Random, number: int) -> list[dict[str, Any]]:
    kinds = ("agreement", "dpa", "sla", "classification", "plan", "guide")
    return [
        {
            "title": f"{name}, dokument {place + 1} (exempel)",
            "type": kinds[place % len(kinds)],
            "dated_on": date(2026, 1, 1) + timedelta(days=chance.randrange(300)),
            "body": "Texten är ett exempel.",
        }
        for place in range(number)
    ]
