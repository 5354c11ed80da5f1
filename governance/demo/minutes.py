"""Minutes of the demo's past meetings: adjusted, rectified, followed up."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from core.actions import SYSTEM
from governance.actions.minutes import announcing, extracts, signing, writing
from governance.actions.minutes.follow_up import assign_follow_up, report_follow_up
from governance.models import Case, Decision, Meeting, Minutes
from members.models import User

INTRODUCTION = "Ordföranden hälsar välkommen (exempel)."
TEXT = "Sekreteraren föredrar ärendet. Frågor ställs om kostnad och tidplan (exempel)."


def adjust(meeting: Meeting, signers: Iterable[User]) -> None:
    """Write the minutes up and let these sign; with everyone they are adjusted."""
    minutes = _minutes(meeting)
    writing.set_place(by=SYSTEM, minutes=minutes, place="Kansliet (exempel)")
    writing.write_text(by=SYSTEM, minutes=minutes, item=None, text=INTRODUCTION)
    for item in meeting.items.filter(paragraph__isnull=False, case__isnull=False):
        writing.write_text(by=SYSTEM, minutes=minutes, item=item, text=TEXT)
    writing.finish_minutes(by=SYSTEM, minutes=minutes)
    version = writing.send_for_adjustment(by=SYSTEM, minutes=_minutes(meeting))
    for user in signers:
        person = User.objects.select_related("name").get(pk=user.pk)
        signing.sign_minutes(
            by=person, version=version, sha256=version.sha256, second_factor_at=timezone.now()
        )


def announce(meeting: Meeting, *, on: date) -> None:
    """Put the minutes up on every board of a body under kommunallagen; the appeal time runs."""
    for board in announcing.boards_of(_minutes(meeting)):
        announcing.announce(
            by=SYSTEM,
            minutes=_minutes(meeting),
            put_up_on=on,
            kept_at="Nämndens kansli (exempel)",
            board=board,
        )


def rectify(meeting: Meeting, case: Case) -> None:
    """Append a rectification of a slip of the pen."""
    announcing.rectify(
        by=SYSTEM,
        minutes=_minutes(meeting),
        item=meeting.items.get(case=case),
        stood="Frågor ställs om kostnad och tidplan.",
        shall_stand="Frågor ställs om kostnad, tidplan och översättning.",
        reason="Skrivfel (exempel).",
        decided_by="Ordföranden (exempel)",
        decided_on=timezone.localdate(),
    )


def follow_up(meeting: Meeting, case: Case, owner: User) -> None:
    """Let somebody follow the decision up, and name who gets the extract."""
    item = meeting.items.get(case=case)
    decision = Decision.objects.of_paragraphs().select_related("council").get(item=item)
    due = timezone.localdate() + timedelta(days=60)
    row = assign_follow_up(by=SYSTEM, decision=decision, owner=owner.name, due_on=due)
    report_follow_up(
        by=SYSTEM, follow_up=row, state="under_way", text="Översättarna har börjat (exempel)."
    )
    extracts.add_recipient(
        by=SYSTEM, item=item, name="Ekonomienheten (exempel)", email="ekonomi@exempel.invalid"
    )


def _minutes(meeting: Meeting) -> Minutes:
    return Minutes.objects.select_related("meeting__council").get(meeting=meeting)
