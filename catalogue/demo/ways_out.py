"""Joinings of the demo that stopped, paused, left or came back: one of each.

They go their way by the product's own actions, so that each has the log it would have.
"""

from collections.abc import Callable, Sequence
from datetime import date

from catalogue.actions import dossier, leaving, participations
from catalogue.actions.takeover import Takeover, take_over
from catalogue.actions.transitions import move_participation
from catalogue.demo.cast import SOURCE, Cast, paper
from catalogue.joining_states import ParticipationState
from catalogue.models import Participation, ServicePage
from catalogue.record_states import DocumentKind
from members.models import Organisation

S = ParticipationState
YEARS_IN = 4


def add_ways_out(
    service: ServicePage, free: Sequence[Organisation], cast: Cast, today: date
) -> int:
    """Let organisations that have not joined the service be an example each; return how many.

    In order: declined, paused, winding up, ended, and ended but on its way back.
    """
    stories: tuple[Callable[[ServicePage, Organisation, Cast, date], int], ...] = (
        _declined,
        _paused,
        _winding_up,
        _ended,
        _returned,
    )
    return sum(
        story(service, organisation, cast, today)
        for story, organisation in zip(stories, free, strict=False)
    )


def _declined(service: ServicePage, organisation: Organisation, cast: Cast, _today: date) -> int:
    row = _interested(service, organisation, cast)
    _move(row, S.DIALOGUE, cast)
    _move(row, S.DECLINED, cast, "Exempel: tjänsten klarar inte kommunens volymer än.")
    return 1


def _paused(service: ServicePage, organisation: Organisation, cast: Cast, today: date) -> int:
    row = _taken(service, organisation, cast, S.ONBOARDING, date(today.year, 1, 1))
    _move(row, S.PAUSED, cast, "Exempel: kommunen byter inloggning först.")
    return 1


def _winding_up(service: ServicePage, organisation: Organisation, cast: Cast, today: date) -> int:
    row = _taken(
        service,
        organisation,
        cast,
        S.TERMINATED,
        date(today.year - YEARS_IN, 1, 1),
        ends_on=date(today.year, 12, 31),
    )
    _move(row, S.WINDING_UP, cast)
    leaving.note_left(by=cast.manager, participation=row, field="data_returned_on", on=today)
    return 1


def _ended(service: ServicePage, organisation: Organisation, cast: Cast, today: date) -> int:
    last = date(today.year - 2, 12, 31)
    row = _taken(
        service, organisation, cast, S.TERMINATED, date(last.year - YEARS_IN, 1, 1), ends_on=last
    )
    _move(row, S.WINDING_UP, cast)
    by = cast.manager
    leaving.note_left(by=by, participation=row, field="data_returned_on", on=today)
    certificate = dossier.add_document(
        by=by,
        participation=row,
        kind=DocumentKind.DELETION,
        name="intyg.pdf",
        content=paper("Raderingsintyg (exempel)", today),
        dated_on=today,
    )
    leaving.certify_deletion(by=by, participation=row, certificate=certificate, on=today)
    leaving.note_left(by=by, participation=row, field="accounts_closed_on", on=today)
    leaving.settle(by=by, participation=row, amount=0, on=today)
    _move(row, S.ENDED, cast)
    return 1


def _returned(service: ServicePage, organisation: Organisation, cast: Cast, today: date) -> int:
    made = _ended(service, organisation, cast, today)
    _move(_interested(service, organisation, cast), S.DIALOGUE, cast)
    return made + 1


def withdraw(row: Participation, runner: object) -> int:
    """Let a municipality take its interest back."""
    move_participation(
        by=runner,
        participation=row,
        new=S.WITHDRAWN,
        reason="Exempel: kommunen avvaktar till nästa budgetår.",
    )
    return 1


def _interested(service: ServicePage, organisation: Organisation, cast: Cast) -> Participation:
    row = participations.express_interest(
        by=cast.manager,
        service=service,
        organisations=[organisation],
        interest="Exempel: vi vill dela på utveckling och drift.",
    )[0]
    Participation.objects.filter(pk=row.pk).update(is_example=True)
    row.refresh_from_db()
    return row


def _taken(
    service: ServicePage,
    organisation: Organisation,
    cast: Cast,
    state: str,
    starts_on: date,
    *,
    ends_on: date | None = None,
) -> Participation:
    takeover = Takeover(
        service=service,
        organisation=organisation,
        state=state,
        starts_on=starts_on,
        source=SOURCE,
        ends_on=ends_on,
        wants_seat=False,
        is_example=True,
    )
    return take_over(by=cast.manager, takeover=takeover)


def _move(row: Participation, new: str, cast: Cast, reason: str = "") -> None:
    move_participation(by=cast.manager, participation=row, new=new, reason=reason)
    row.refresh_from_db()
