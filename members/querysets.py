"""Reads of people, organisations and roles."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Abs
from django.utils import timezone

from core.periods import on_day
from core.swedish_order import sort_key
from members.standing import HeldRole, Party, Standing, standing_of
from members.states import CMS_GROUPS, OFFICE_ROLES

LIST_FIELDS = (
    "pk", "code", "name", "county_code", "county", "tile_x", "tile_y",
    "population_on", "population_source",
)  # fmt: skip


def in_force(day: date | None = None, prefix: str = "") -> Q:
    """Return the condition that a representation or role counts on a day (today).

    A period's last day is inclusive, but what was ended by hand stops at that very moment: on the
    day it was ended it no longer counts.
    """
    when = day or timezone.localdate()
    next_day = timezone.make_aware(datetime.combine(when + timedelta(days=1), time.min))
    ended = Q(**{f"{prefix}ended_at__isnull": True}) | Q(**{f"{prefix}ended_at__gte": next_day})
    return on_day(when, prefix) & ended


def _related(model: Any, name: str) -> Any:
    """Return the model at the other end of a relation, which may not be imported from here."""
    return model._meta.get_field(name).related_model


class UserQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Accounts."""

    def visible_to(self, user: Any) -> Self:
        """Return the accounts that the person may know: the office all, others their own."""
        if standing_of(user).is_office:
            return self.all()
        return self.filter(pk=user.pk) if user.is_authenticated else self.none()

    def with_email(self, email: str) -> Self:
        """Return the account with this address, whatever its case."""
        return self.filter(email__iexact=email.strip())

    def cms_group_differences(self) -> dict[int, tuple[set[str], set[str]]]:
        """Return the accounts whose CMS groups differ from their roles of today.

        Account id -> (groups that the roles give, groups held); three queries in all. A group
        that no role gives, and `is_superuser`, count as differences too.
        """
        roles = _related(_related(self.model, "representations"), "roles")
        held: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        rows = roles.objects.on().filter(role__in=CMS_GROUPS, representative__user__is_active=True)
        for pk, role in rows.values_list("representative__user_id", "role"):
            held[pk][0].add(CMS_GROUPS[role])
        for pk, name in self.filter(groups__isnull=False).values_list("pk", "groups__name"):
            held[pk][1].add(name)
        for pk in self.filter(is_superuser=True).values_list("pk", flat=True):
            held[pk][1].add("(superuser)")
        return {pk: pair for pk, pair in sorted(held.items()) if pair[0] != pair[1]}


class OrganisationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Organisations. That an organisation exists is public."""

    def visible_to(self, user: Any) -> Self:
        """Return every organisation: none of what the row holds is personal or secret."""
        return self.all()

    def members_on(self, day: date | None = None) -> Self:
        """Return the organisations that are members of the association on a day (today)."""
        memberships = _related(self.model, "memberships").objects
        open_on = memberships.filter(on_day(day), organisation=OuterRef("pk"))
        return self.filter(Exists(open_on))


class MunicipalityQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Municipalities. What SCB and SKR publish is public."""

    def visible_to(self, user: Any) -> Self:
        """Return every municipality."""
        return self.all()

    def for_list(self, day: date | None = None) -> list[dict[str, Any]]:
        """Return what lists and the tile map show, a dict each, in Swedish order of name.

        `is_member` tells whether the municipality is a member of the association on a day (today),
        `is_example` whether that membership is made up.
        """
        organisation: Any = _related(self.model, "organisation")
        membership = organisation._meta.get_field("memberships").related_model
        open_on = membership.objects.filter(on_day(day), organisation=OuterRef("pk"))
        rows = self.order_by().annotate(
            is_member=Exists(open_on), is_example=Exists(open_on.filter(is_example=True))
        )
        found = rows.values(*LIST_FIELDS, "is_member", "is_example")
        return sorted(found, key=lambda row: sort_key(row["name"]))

    def similar_to(self, municipality: Any, count: int = 5) -> Self:
        """Return the `count` municipalities of the same SKR group nearest in inhabitants."""
        return (
            self.filter(group=municipality.group)
            .exclude(pk=municipality.pk)
            .annotate(distance=Abs(models.F("population") - municipality.population))
            .order_by("distance", "code")[:count]
        )


class MembershipQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Memberships of the association."""

    def visible_to(self, user: Any) -> Self:
        """Return every membership: who is a member is public."""
        return self.all()

    def on(self, day: date | None = None) -> Self:
        """Return the memberships in force on a day (today)."""
        return self.filter(on_day(day))


class RepresentativeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Representations."""

    def visible_to(self, user: Any) -> Self:
        """Return the representations that the person may know, past ones included.

        The office knows all; others know those of the organisations they act for, and their own.
        """
        standing = standing_of(user)
        if standing.is_office:
            return self.all()
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(organisation__in=standing.organisation_ids) | Q(user=user.pk))

    def on(self, day: date | None = None) -> Self:
        """Return the representations in force on a day (today)."""
        return self.filter(in_force(day))

    def with_people(self) -> Self:
        """Load account, name and the roles in force: three queries, whatever the number."""
        roles = _related(self.model, "roles").objects.on()
        return self.select_related("user__name", "organisation").prefetch_related(
            Prefetch("roles", queryset=roles, to_attr="roles_today")
        )

    def with_role(self, *roles: str, day: date | None = None) -> Self:
        """Return the representations that hold one of the roles on a day (today)."""
        held = _related(self.model, "roles").objects.filter(
            in_force(day), representative=OuterRef("pk"), role__in=roles
        )
        return self.on(day).filter(Exists(held))


class RepresentativeRoleQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Roles of representatives."""

    def on(self, day: date | None = None) -> Self:
        """Return the roles in force on a day (today), in representations in force."""
        return self.filter(in_force(day), in_force(day, "representative__"))

    def standing(self, user: Any, day: date | None = None) -> Standing:
        """Return what a person may do on a day (today), by one query."""
        memberships = _open_memberships(self, day)
        rows = (
            self.on(day)
            .filter(representative__user=user)
            .annotate(is_member=Exists(memberships))
            .values_list(
                "role",
                "representative_id",
                "representative__organisation_id",
                "representative__organisation__name",
                "representative__organisation__municipality__code",
                "is_member",
            )
        )
        return Standing(
            HeldRole(
                Party(organisation, representative, name, code or "", member),
                role,
                role in OFFICE_ROLES,
            )
            for role, representative, organisation, name, code, member in rows
        )


def _open_memberships(roles: models.QuerySet, day: date | None) -> models.QuerySet:  # type: ignore[type-arg]
    representative = roles.model._meta.get_field("representative").related_model
    organisation = representative._meta.get_field("organisation").related_model
    membership = organisation._meta.get_field("memberships").related_model
    return membership.objects.filter(
        on_day(day), organisation=OuterRef("representative__organisation")
    )


class InvitationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Invitations to act for an organisation."""

    def visible_to(self, user: Any) -> Self:
        """Return the invitations to the person's own organisations; for the office all."""
        standing = standing_of(user)
        if standing.is_office:
            return self.all()
        return self.filter(organisation__in=standing.organisation_ids)

    def waiting(self) -> Self:
        """Return those that can still be answered or sent anew: neither accepted nor revoked."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)
