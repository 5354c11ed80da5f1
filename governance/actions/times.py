"""Finding a time: the body is asked when it can meet, and the meeting is planned from an answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.planning import plan_meeting
from governance.choices import Availability
from governance.kinds import TIME_ASKED
from governance.models import Council, Mandate, Meeting, TimeAnswer, TimeOption, TimePoll
from members.models import User
from notifications.actions import notify

Span = tuple[datetime, datetime]
MOST = 20


@transaction.atomic
def ask_for_times(*, by: Any, council: Council, title: str, times: Sequence[Span]) -> TimePoll:
    """Ask everyone with a mandate in the body which of the proposed times suit.

    Raises RuleBroken for fewer than two or more than 20 times, for one that has passed, and for
    one that ends before it begins.
    """
    require(by, "governance.plan_meeting", council)
    spans = sorted(set(times))
    if not 1 < len(spans) <= MOST:
        raise RuleBroken(_("Propose between two and twenty times."), field="times")
    if any(end <= start for start, end in spans):
        raise RuleBroken(_("The meeting must end after it begins."), field="times")
    if spans[0][0] <= timezone.now():
        raise RuleBroken(_("A proposed time has already passed."), field="times")
    poll = TimePoll.objects.create(council=council, title=title.strip())
    TimeOption.objects.bulk_create(
        TimeOption(poll=poll, starts_at=start, ends_at=end) for start, end in spans
    )
    sitting = Mandate.objects.on().filter(seat__council=council).values("person")
    notify(
        users=User.objects.filter(name__in=sitting, is_active=True).select_related("name"),
        kind=TIME_ASKED,
        params={"body": council.name},
        url=f"{council.get_absolute_url()}tid/{poll.pk}/",
    )
    return poll


@transaction.atomic
def answer_times(*, by: Any, poll: TimePoll, answers: Mapping[int, str]) -> None:
    """Answer which of the times the person can; may be changed until a meeting is planned.

    `answers` maps the id of each option to a code of Availability.
    """
    require(by, "governance.answer_summons", poll)
    _require_open(poll)
    options = {option.pk: option for option in poll.options.all()}
    for pk, answer in answers.items():
        if pk not in options or answer not in Availability.values:
            raise RuleBroken(_("Answer whether you can at each time."))
        TimeAnswer.objects.update_or_create(
            option=options[pk], person=by.name, defaults={"answer": answer}
        )


@transaction.atomic
def plan_from_times(*, by: Any, poll: TimePoll, option: TimeOption, **details: Any) -> Meeting:
    """Plan the meeting at one of the proposed times; the question is answered by that."""
    require(by, "governance.plan_meeting", poll)
    poll = TimePoll.objects.select_for_update().select_related("council").get(pk=poll.pk)
    _require_open(poll)
    meeting = plan_meeting(
        by=by,
        council=poll.council,
        starts_at=option.starts_at,
        ends_at=option.ends_at,
        title=poll.title,
        **details,
    )
    poll.meeting = meeting
    poll.save()
    return meeting


def _require_open(poll: TimePoll) -> None:
    if poll.meeting_id is not None:
        raise RuleBroken(_("A meeting has already been planned from this."))
