"""What happens when minutes, or one § of them, are adjusted: frozen, and open to their readers."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import SYSTEM, require
from core.events import publish
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.minutes.status import begin_status
from governance.actions.minutes.writing import locked, make_version, start_minutes, tell_signers
from governance.actions.proof.heads import keep_head
from governance.actions.recording import touch
from governance.choices import SignerRole
from governance.commitments import paragraph_hash
from governance.events import MeetingChanged, ParagraphAdjusted
from governance.minutes_states import FLAGS_ANSWERED
from governance.models import (
    AdjustedParagraph,
    AgendaItem,
    DecisionFlag,
    Meeting,
    Minutes,
    MinutesRemark,
    MinutesVersion,
)
from governance.states import ITEMS_IN_HAND, MEETING, ItemState, advance


def adjust_minutes(minutes: Minutes, version: MinutesVersion) -> Minutes:
    """Freeze the minutes as signed; the caller has taken their step and holds the locks.

    Remarks made on the way are destroyed, as the body's plan says (rules.md 1.8).
    """
    meeting = minutes.meeting
    rows = _mark(version, immediately=False)
    minutes.adjusted_at = timezone.now()
    minutes.save()
    _chain(version, "minutes_adjusted", rows)
    MinutesRemark.objects.filter(version__minutes=minutes).delete()
    meeting.state = advance(MEETING, meeting.state, "adjust", minutes_signed=True)
    meeting.save()
    publish(MeetingChanged(meeting.pk))
    return minutes


def adjust_paragraph(version: MinutesVersion) -> AdjustedParagraph:
    """Freeze one § that was adjusted at once."""
    rows = _mark(version, immediately=True)
    _chain(version, "paragraph_adjusted", rows)
    touch(version.minutes.meeting)
    return rows[0]


def _mark(version: MinutesVersion, *, immediately: bool) -> list[AdjustedParagraph]:
    items = {
        item.pk: item
        for item in AgendaItem.objects.filter(
            pk__in=[p["item"] for p in version.content["paragraphs"]], adjusted__isnull=True
        )
    }
    now = timezone.now()
    rows = [
        AdjustedParagraph(
            item=items[paragraph["item"]],
            version=version,
            sha256=paragraph_hash(paragraph),
            adjusted_at=now,
            immediately=immediately,
        )
        for paragraph in version.content["paragraphs"]
        if paragraph["item"] in items
    ]
    AdjustedParagraph.objects.bulk_create(rows)
    for row in rows:
        begin_status(row.item, on=timezone.localtime(now).date())
        publish(ParagraphAdjusted(row.item_id))
    return rows


def _chain(version: MinutesVersion, kind: str, rows: list[AdjustedParagraph]) -> None:
    data = {
        "meeting": version.minutes.meeting_id,
        "version": version.pk,
        "sha256": version.sha256,
        "paragraphs": [{"item": row.item_id, "sha256": row.sha256} for row in rows],
        "by_decision": version.minutes.adjusted_by_decision_id,
    }
    council = version.minutes.meeting.council
    keep_head(council, append(council=council, kind=kind, data=data))


@transaction.atomic
def adjust_at_once(
    *, by: Any, meeting: Meeting, item: AgendaItem, reservations_asked: bool
) -> MinutesVersion:
    """Present the text of one § at the meeting, to be signed at once (omedelbar justering).

    The chair asks for reservations first, and says so by `reservations_asked`. Raises RuleBroken
    before the item is decided, before adjusters are chosen, once the § is adjusted, and while the
    chair has not said what a correction means for it.
    """
    require(by, "governance.preside", meeting)
    # Whoever the meeting chose to preside may do this, also without an office in the body.
    minutes = locked(start_minutes(by=SYSTEM, meeting=meeting))
    meeting = minutes.meeting
    found = _to_adjust_at_once(meeting, item)
    if not reservations_asked:
        raise RuleBroken(
            _("Ask first whether anybody makes a reservation."), field="reservations_asked"
        )
    version = make_version(minutes, by=by, only=found)
    if not version.signers.filter(role=SignerRole.ADJUSTER).exists():
        raise RuleBroken(_("Choose adjusters who took part in the paragraph first."))
    tell_signers(version)
    touch(meeting)
    return version


def _to_adjust_at_once(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """Return the § as it is now. Raises RuleBroken when its text cannot be fixed yet, or again."""
    found = AgendaItem.objects.filter(meeting=meeting, pk=item.pk).first()
    undecided = {*ITEMS_IN_HAND, ItemState.WITHDRAWN}
    is_open = found is not None and found.paragraph is not None and not hasattr(found, "adjusted")
    if found is None or not is_open or found.state in undecided:
        raise RuleBroken(_("Only a paragraph that is decided can be adjusted at once."))
    if not meeting.is_running:
        raise RuleBroken(_("A paragraph is adjusted at once while the meeting lasts."))
    if DecisionFlag.objects.of_item(found).unanswered().exists():
        raise RuleBroken(str(FLAGS_ANSWERED.reason))
    return found
