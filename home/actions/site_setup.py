"""Everything that a site needs before its first visitor, in one go."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import CataloguePage
from core.actions import require
from home.actions.association import register_association
from home.actions.cms_rights import set_up_cms_groups
from home.actions.first_administrator import invite_first_administrator
from home.actions.moderation import set_up_moderation
from home.actions.site_texts import SiteTexts, read_site_texts
from home.actions.site_tree import create_site_tree
from home.models import HomePage
from members.actions.municipalities import import_municipalities
from members.models import Organisation
from members.municipality_csv import parse

MUNICIPALITIES = Path("data") / "municipalities.csv"


@dataclass(frozen=True)
class Step:
    """One step of the set-up and what it did, in words."""

    name: str
    outcome: str


Report = Callable[[Step], None]


def set_up_site(
    *, by: Any, admin_email: str, association_name: str = "", report: Report
) -> Organisation:
    """Make or complete the site: pages, rights, workflow, municipalities, first administrator.

    Each step is atomic and idempotent: what exists is left as it is, so the command may be run
    again after an update. `report` is told of each step. Returns the association. Raises
    PermissionDenied unless `by` may set up the site, and RuleBroken for an address that cannot
    be invited.
    """
    require(by, "home.set_up_site")
    texts = read_site_texts()
    association = register_association(by=by, texts=texts, name=association_name)
    report(Step(_("Association"), association.name))
    report(_make_pages(by, texts, association))
    report(_grant_rights(by))
    report(Step(_("Municipalities"), _load_municipalities(by)))
    invited = invite_first_administrator(by=by, email=admin_email, association=association)
    report(Step(_("First administrator"), invited))
    return association


def _make_pages(by: Any, texts: SiteTexts, association: Organisation) -> Step:
    """Make the pages that are missing."""
    tree = create_site_tree(
        by=by, texts=texts, base_url=settings.BASE_URL, association=association.name
    )
    return Step(_("Pages"), ", ".join(tree.made) or _("nothing new"))


def _grant_rights(by: Any) -> Step:
    """Bring the rights of the groups and the workflow in line with the lists."""
    home, catalogue = HomePage.objects.get(), CataloguePage.objects.get()
    changes = set_up_cms_groups(by=by, home=home, catalogue=catalogue)
    set_up_moderation(by=by, pages=(home, catalogue))
    rights = ngettext("%(count)d right changed", "%(count)d rights changed", changes)
    told = rights % {"count": changes} if changes else _("nothing new")
    return Step(_("Rights and workflow"), told)


def _load_municipalities(by: Any) -> str:
    """Bring the municipalities in line with the project's own file; return what that did."""
    content = (settings.BASE_DIR / MUNICIPALITIES).read_bytes()
    done = import_municipalities(by=by, rows=parse(content))
    return _("%(added)d added, %(changed)d changed, %(unchanged)d unchanged.") % {
        "added": len(done.added),
        "changed": len(done.changed),
        "unchanged": len(done.unchanged),
    }
