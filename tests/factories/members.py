"""Organisations, people and roles."""

from dataclasses import dataclass
from datetime import date

import factory
from factory.django import DjangoModelFactory

from members.models import (
    Membership,
    Municipality,
    Organisation,
    PersonName,
    Representative,
    RepresentativeRole,
    User,
)
from members.states import MEMBER_ROLES, OFFICE_ROLES, OrganisationKind


class OrganisationFactory(DjangoModelFactory):
    """An association unless told otherwise."""

    class Meta:
        model = Organisation

    kind = OrganisationKind.ASSOCIATION
    name = factory.Sequence(lambda n: f"Organisation {n}")


class MunicipalityFactory(DjangoModelFactory):
    """A municipality with its organisation; real codes end before 3000, so none is taken."""

    class Meta:
        model = Municipality

    class Params:
        number = factory.Sequence(lambda n: n)

    organisation = factory.SubFactory(
        OrganisationFactory,
        kind=OrganisationKind.MUNICIPALITY,
        name=factory.SelfAttribute("..name"),
    )
    # Above every real code and beyond every real tile, so that none collides with an imported one.
    code = factory.LazyAttribute(lambda o: f"{3000 + o.number % 7000:04d}")
    name = factory.LazyAttribute(lambda o: f"Kommun {o.number}")
    county_code = "01"
    county = "Stockholms län"
    population = 10_000
    population_on = date(2025, 9, 30)
    population_source = "SCB"
    group = "A2"
    latitude = "59.5000"
    longitude = "18.0000"
    tile_x = factory.LazyAttribute(lambda o: 1000 + o.number % 100)
    tile_y = factory.LazyAttribute(lambda o: 1000 + o.number // 100)


class PersonNameFactory(DjangoModelFactory):
    """A name made of a role."""

    class Meta:
        model = PersonName

    given_name = "Handläggare"
    family_name = factory.Sequence(lambda n: f"{n} (exempel)")


class UserFactory(DjangoModelFactory):
    """An account whose password is `lösenord-för-prov`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@exempel.invalid")
    name = factory.SubFactory(PersonNameFactory)
    password = factory.django.Password("lösenord-för-prov")


class MembershipFactory(DjangoModelFactory):
    """An open membership of the association."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    starts_on = date(2020, 1, 1)


class RepresentativeFactory(DjangoModelFactory):
    """An open representation without roles."""

    class Meta:
        model = Representative

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    starts_on = date(2020, 1, 1)


class RepresentativeRoleFactory(DjangoModelFactory):
    """An open role."""

    class Meta:
        model = RepresentativeRole

    representative = factory.SubFactory(RepresentativeFactory)
    role = "reader"
    starts_on = date(2020, 1, 1)


@dataclass
class World:
    """Two member municipalities and the office, with one person per role in each."""

    own: Organisation
    other: Organisation
    office: Organisation
    people: dict[str, User]

    def __getitem__(self, key: str) -> User:
        """Return a person as a request would load it: "own:coordinator", "auditor", "nobody"."""
        return User.objects.select_related("name").get(pk=self.people[key].pk)

    def representative(self, key: str) -> Representative:
        """Return the person's representation."""
        return Representative.objects.get(user=self.people[key])


def give(user: User, organisation: Organisation, role: str) -> RepresentativeRole:
    """Let a person hold a role in an organisation, past every action."""
    representative = Representative.objects.filter(user=user, organisation=organisation).first()
    representative = representative or RepresentativeFactory(user=user, organisation=organisation)
    return RepresentativeRoleFactory(representative=representative, role=role)


def make_world(
    own: Organisation | None = None,
    other: Organisation | None = None,
    office: Organisation | None = None,
) -> World:
    """Return two member municipalities and the office with one person per role in each.

    Organisations that exist already, as on a site that has been set up, are given.
    """
    own = own or MunicipalityFactory(name="Nacka", code="0182").organisation
    other = other or MunicipalityFactory(name="Lund", code="1281").organisation
    MembershipFactory(organisation=own)
    MembershipFactory(organisation=other)
    office = office or OrganisationFactory(name="Föreningen (exempel)")
    people = {"nobody": UserFactory(email="nobody@exempel.invalid")}
    for prefix, organisation in (("own", own), ("other", other)):
        for role in sorted(MEMBER_ROLES):
            people[f"{prefix}:{role}"] = UserFactory(email=f"{role}@{prefix}.exempel.invalid")
            give(people[f"{prefix}:{role}"], organisation, role)
    for role in sorted(OFFICE_ROLES):
        people[role] = UserFactory(email=f"{role}@office.exempel.invalid")
        give(people[role], office, role)
    return World(own, other, office, people)
