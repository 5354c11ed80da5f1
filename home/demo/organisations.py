"""The demo association, its example members and the organisations that services name."""

from dataclasses import dataclass
from random import Random

from catalogue.fees import fee_class
from core.actions import SYSTEM
from home.actions.association import present_association
from home.demo import content
from members.actions.organisations import register_organisation, start_membership
from members.models import AssociationSettings, Membership, Municipality, Organisation
from members.states import OrganisationKind


@dataclass(frozen=True)
class Parties:
    """Whom services and people of the demo belong to."""

    association: Organisation
    by_name: dict[str, Organisation]
    by_code: dict[str, Organisation]
    population: dict[str, int]

    def find(self, name: str) -> Organisation:
        """Return an organisation by name, or `association` for the demo's own."""
        return self.association if name == "association" else self.by_name[name]


def load_parties() -> Parties:
    """Name the association as an example and register the organisations of the demo."""
    said = content.read("members")
    settings = AssociationSettings.objects.select_related("organisation").get(
        site__is_default_site=True
    )
    association = settings.organisation
    if not settings.is_example:
        association = present_association(by=SYSTEM, is_example=True, **said["association"])
    named = [
        register_organisation(by=SYSTEM, **organisation) for organisation in said["organisation"]
    ]
    suppliers = {
        contract["supplier"]
        for service in content.services().values()
        for contract in service.get("contracts", [])
    }
    named += [
        register_organisation(by=SYSTEM, kind=OrganisationKind.SUPPLIER, name=name, is_example=True)
        for name in sorted(suppliers)
    ]
    municipalities = list(Municipality.objects.select_related("organisation"))
    return Parties(
        association=association,
        by_name={organisation.name: organisation for organisation in named},
        by_code={one.code: one.organisation for one in municipalities},
        population={one.code: one.population for one in municipalities},
    )


def load_members(parties: Parties, *, number: int, seed: int) -> int:
    """Let `number` municipalities be example members; return how many were added.

    Those that the sources name are always among them; the rest are drawn by the seed.
    """
    said = content.read("members")
    chance = Random(f"{seed}:members")  # noqa: S311 - a demo, not a secret
    others = sorted(parties.by_code.keys() - set(said["named"]))
    chance.shuffle(others)
    chosen = [*said["named"], *others][:number]
    open_now = set(
        Membership.objects.filter(ends_on__isnull=True).values_list("organisation_id", flat=True)
    )
    joining = [code for code in chosen if parties.by_code[code].pk not in open_now]
    for code in joining:
        start_membership(
            by=SYSTEM,
            organisation=parties.by_code[code],
            starts_on=said["starts_on"],
            fee_class=fee_class(parties.population[code]).number,
            source=said["source"],
            is_example=True,
        )
    return len(joining)
