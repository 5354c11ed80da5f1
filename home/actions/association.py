"""The association that runs the site: its organisation and what the site says of it."""

from typing import Any

from django.db import transaction
from wagtail.models import Site

from core.actions import log, require
from home.actions.site_texts import SiteTexts
from members.models import AssociationSettings, Organisation
from members.states import OrganisationKind


@transaction.atomic
def register_association(*, by: Any, texts: SiteTexts, name: str = "") -> Organisation:
    """Return the association, registered with its site settings when they are missing.

    `name` is the association's own; without one the settings' name is taken, or else the name of
    `data/site/`. Settings that exist are never touched. Raises PermissionDenied unless `by` may
    set up the site.
    """
    require(by, "home.set_up_site")
    site = Site.objects.get(is_default_site=True)
    known = AssociationSettings.objects.filter(site=site).first()
    if not known:
        known = AssociationSettings.objects.create(
            site=site,
            name=name or texts.association,
            logo_text=texts.logo_text,
            tagline=texts.tagline,
        )
    association, made = Organisation.objects.get_or_create(
        kind=OrganisationKind.ASSOCIATION, name=known.name
    )
    if made:
        log("organisation_registered", by=by, obj=association, new={"kind": association.kind})
    return association


@transaction.atomic
def present_association(
    *, by: Any, association: Organisation, is_example: bool = False, **said: str
) -> AssociationSettings:
    """Change what the site says of the association; its organisation takes the same name.

    `said` are fields of the site settings (name, tagline, email ...). Raises PermissionDenied
    unless `by` may set up the site.
    """
    require(by, "home.set_up_site")
    settings = AssociationSettings.objects.get(site__is_default_site=True)
    for field, value in {**said, "is_example": is_example}.items():
        setattr(settings, field, value)
    settings.full_clean()
    settings.save()
    association.name, association.is_example = settings.name, is_example
    association.full_clean()
    association.save()
    log("association_presented", by=by, obj=association, new={"is_example": is_example})
    return settings
