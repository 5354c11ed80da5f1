"""The association that runs the site: its organisation and what the site says of it."""

from typing import Any

from django.db import transaction
from wagtail.models import Site

from core.actions import SYSTEM, log, require
from home.actions.site_texts import SiteTexts
from members.actions.organisations import register_organisation
from members.models import AssociationSettings, Organisation
from members.states import OrganisationKind


@transaction.atomic
def register_association(*, by: Any, texts: SiteTexts, name: str = "") -> Organisation:
    """Return the association as an organisation, registered with its site settings when missing.

    `name` is the association's own; without one the name of `data/site/` is taken. Settings that
    exist are never touched: the organisation takes its name from them. Raises PermissionDenied
    unless `by` may set up the site.
    """
    require(by, "home.set_up_site")
    site = Site.objects.get(is_default_site=True)
    settings, _made = AssociationSettings.objects.select_related("organisation").get_or_create(
        site=site,
        defaults={
            "name": name or texts.association,
            "logo_text": texts.logo_text,
            "tagline": texts.tagline,
        },
    )
    if settings.organisation is None:
        settings.organisation = register_organisation(
            by=SYSTEM, kind=OrganisationKind.ASSOCIATION, name=settings.name
        )
        settings.save(update_fields=["organisation"])
    elif settings.organisation.name != settings.name:
        settings.organisation.name = settings.name
        settings.organisation.full_clean()
        settings.organisation.save()
    return settings.organisation


@transaction.atomic
def present_association(*, by: Any, is_example: bool = False, **said: str) -> Organisation:
    """Change what the site says of the association; its organisation takes the same name.

    `said` are fields of the site settings (name, tagline, email ...). Raises PermissionDenied
    unless `by` may set up the site, ValidationError for a value that cannot be stored.
    """
    require(by, "home.set_up_site")
    settings = AssociationSettings.objects.select_related("organisation").get(
        site__is_default_site=True, organisation__isnull=False
    )
    for field, value in {**said, "is_example": is_example}.items():
        setattr(settings, field, value)
    settings.full_clean()
    settings.save()
    association = settings.organisation
    association.name, association.is_example = settings.name, is_example
    association.full_clean()
    association.save()
    log("association_presented", by=by, obj=association, new={"is_example": is_example})
    return association
