"""Minutes to sign, decisions to follow up and extracts to confirm, as tasks on Min sida."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Max, Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.agenda import Task
from core.formatting import long_date
from governance.actions.minutes.signers import unsigned
from governance.choices import SignerRole
from governance.minutes_states import MinutesState
from governance.models import ExtractDelivery, FollowUp, MinutesSigner

AS = {
    SignerRole.SECRETARY: gettext_lazy("You are the secretary."),
    SignerRole.PRESIDING: gettext_lazy("You presided."),
    SignerRole.ADJUSTER: gettext_lazy("You are an adjuster."),
}


def my_minutes_tasks(user: Any) -> Iterator[Task]:
    """List the minutes that wait for the person, what the person follows up and has been sent."""
    yield from _signatures(user)
    yield from _extracts(user)
    rows = FollowUp.objects.undone().filter(owner=user.name_id)
    for row in rows.select_related("decision__item", "decision__council"):
        item = row.decision.item
        yield Task(
            title=_("Follow up § %(paragraph)d/%(year)d: %(title)s")
            % {"paragraph": item.paragraph, "year": item.paragraph_year, "title": item.title},
            text=row.decision.council.name,
            url=row.decision.get_absolute_url() + "hantera/",
            source="follow-up",
            due_on=row.due_on,
            action=_("Report"),
        )


def _signatures(user: Any) -> Iterator[Task]:
    """Yield a task for each text that waits; one that came back with a remark is not signed."""
    whole = Q(version__minutes__versions__item__isnull=True)
    rows = MinutesSigner.objects.filter(
        person=user.name_id,
        is_excused=False,
        version__minutes__state=MinutesState.IN_ADJUSTMENT,
        version__item__isnull=True,
    )
    newest = rows.annotate(newest=Max("version__minutes__versions__number", filter=whole))
    seen: set[int] = set()
    waiting = newest.filter(version__number=F("newest")).prefetch_related("version__signatures")
    for row in waiting.select_related("version__minutes__meeting__council"):
        minutes = row.version.minutes
        if minutes.pk in seen or unsigned(row, row.version.signatures.all()) is None:
            continue
        seen.add(minutes.pk)
        yield Task(
            title=_("Sign the minutes of %(day)s")
            % {"day": long_date(minutes.meeting.held_on, get_language() or "sv")},
            text=f"{minutes.meeting.council.name}. {AS[SignerRole(row.role)]}",
            url=minutes.get_absolute_url(),
            source="minutes-sign",
            due_on=minutes.due_on,
            action=_("Read and sign"),
        )


def _extracts(user: Any) -> Iterator[Task]:
    """Yield a task for each extract that waits to be confirmed by the person."""
    rows = ExtractDelivery.objects.addressed_to(user).unconfirmed()
    for row in rows.select_related("extract__item__council"):
        item = row.extract.item
        yield Task(
            title=_("Confirm the extract § %(paragraph)d/%(year)d from %(body)s")
            % {
                "paragraph": item.paragraph,
                "year": item.paragraph_year,
                "body": item.council.name,
            },
            text=item.title,
            url=row.get_absolute_url(),
            source="extract-confirm",
            action=_("Read and confirm"),
        )
