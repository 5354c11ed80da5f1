"""The demo's bodies: who sits on them gets an account, and the leading ones a login."""

from django.db import transaction
from django.utils import timezone

from core.actions import SYSTEM
from governance.demo import Stand, load_councils
from governance.demo.bodies import BODIES
from home.demo.organisations import Parties
from home.demo.people import MARK, Login, complete_logins, kept_logins, new_login
from members.actions.representation import start_representation
from members.actions.roles import give_role
from members.models import Organisation, User
from members.states import Role


def load_bodies(parties: Parties) -> int:
    """Build the bodies that are missing and complete the file of logins; return how many."""
    stand = Stand(
        organisations=parties.by_code,
        office=parties.association,
        account=_account,
        today=timezone.localdate(),
    )
    built = load_councils(stand)
    with transaction.atomic():
        complete_logins(_logins())
    return built


def _account(email: str, title: str, organisation: Organisation) -> User:
    """Return the account of a role, opened when it is missing, as if an invitation was answered."""
    user = User.objects.with_email(email).first()
    if user is not None:
        return user
    user = User.objects.create_user(email, given_name=title, family_name=MARK)
    representative = start_representation(by=SYSTEM, user=user, organisation=organisation)
    if not email.startswith("sekreterare@"):
        give_role(by=SYSTEM, representative=representative, role=Role.READER)
    return user


def _logins() -> list[Login]:
    """Return the logins of secretary, chair, vice chair, one member and one substitute each."""
    kept = kept_logins()
    rows = []
    for spec in BODIES:
        who = [(f"sekreterare@{spec.slug}.exempel.invalid", "secretary of the body")]
        sitting = zip(
            (spec.codes[0], spec.codes[1], spec.codes[-1]),
            ("chair", "vice_chair", "member"),
            strict=True,
        )
        who += [(f"ledamot.{code}@{spec.slug}.exempel.invalid", role) for code, role in sitting]
        who += [(f"ersattare.{spec.codes[-1]}@{spec.slug}.exempel.invalid", "substitute")]
        for email, role in who:
            user = User.objects.with_email(email).select_related("name").first()
            if user is None:
                continue
            rows.append(kept.get(email) or new_login(user, role=role, organisation=spec.name))
    return rows
