"""What is done to services outside the CMS's own forms."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from catalogue.events import LifecycleChanged
from catalogue.models import LifecycleChange, ServicePage
from catalogue.states import Lifecycle, may_become
from core.actions import require
from core.events import publish
from core.exceptions import RuleBroken
from members.models import User

CITATION_LENGTH = 300


@transaction.atomic
def change_lifecycle(
    *, by: User, service: ServicePage, new: str, on: date, citation: str
) -> LifecycleChange:
    """Let a service pass to another part of its life, from the day `on`, as `citation` tells.

    The stage belongs to the service, not to one version of its page: it is kept out of revisions
    (`ServicePage.with_content_json`), so that the live page, its draft and every older version
    show the same one.

    Raises PermissionDenied unless `by` manages services, and RuleBroken when the step is not in
    the table of transitions, the day lies ahead or before the latest change, or no source is
    given. Publishes LifecycleChanged.
    """
    require(by, "catalogue.change_lifecycle", service)
    page = ServicePage.objects.select_for_update().get(pk=service.pk)
    _check(page, new, on, citation)
    change = LifecycleChange.objects.create(
        service=page,
        old=page.lifecycle,
        new=new,
        changed_on=on,
        citation=citation.strip(),
        recorded_by=by,
    )
    for target in (page, service):
        target.lifecycle, target.lifecycle_on = new, on
        target.lifecycle_citation = change.citation
    page.save(clean=False, update_fields=["lifecycle", "lifecycle_on", "lifecycle_citation"])
    log(
        instance=page,
        action="catalogue.change_lifecycle",
        user=by,
        data={"old": change.old, "new": new, "on": on.isoformat(), "citation": change.citation},
    )
    publish(LifecycleChanged(service_id=page.pk, old=change.old, new=new, changed_on=on))
    return change


def _check(page: ServicePage, new: str, on: date, citation: str) -> None:
    if not may_become(page.lifecycle, new):
        names = {
            "old": Lifecycle(page.lifecycle).label,
            "new": Lifecycle(new).label if new in Lifecycle.values else new,
        }
        message = _("A service cannot go from “%(old)s” to “%(new)s”.") % names
        raise RuleBroken(message, field="new")
    if on > timezone.localdate():
        raise RuleBroken(_("The day of the change cannot lie ahead."), field="on")
    if page.lifecycle_on and on < page.lifecycle_on:
        raise RuleBroken(_("The day cannot be before that of the latest change."), field="on")
    if not citation.strip():
        raise RuleBroken(_("Say where the change is written."), field="citation")
    if len(citation.strip()) > CITATION_LENGTH:
        message = _("The source may have %(limit)d characters at most.")
        raise RuleBroken(message % {"limit": CITATION_LENGTH}, field="citation")
