"""What the office may do with a person's data."""

from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import log, require
from core.events import publish
from core.exceptions import RuleBroken
from members.actions.cms_groups import apply_cms_groups
from members.actions.periods import not_over
from members.actions.sessions import end_sessions
from members.events import PersonAnonymised
from members.models import Invitation, PersonName, Representative, User
from members.personal_data import archive

Keeper = Callable[[User], bool]
_keepers: list[Keeper] = []


def keep_name_when(keeper: Keeper) -> None:
    """Register `keeper(user)`: whether the name stands in records that the law keeps.

    Upper apps register theirs in `AppConfig.ready()`: governance, whoever is named in adjusted
    minutes (GDPR art. 17.3 d).
    """
    if keeper not in _keepers:
        _keepers.append(keeper)


@transaction.atomic
def export_person(*, by: Any, user: User) -> bytes:
    """Return everything that the site keeps about a person as a ZIP, and log that it was taken.

    Done by the person, or by an administrator on request. Raises PermissionDenied.
    """
    require(by, "members.export_person", user)
    log("person_exported", by=by, subject=user)
    return archive(user)


@transaction.atomic
def anonymise_person(*, by: Any, user: User) -> None:
    """Blank a person's name and close the account; every record stays as it is.

    Addresses, login methods and sessions are erased, the name is blanked in its one place unless
    it stands in records that the law keeps. It cannot be undone. Publishes PersonAnonymised. Done
    by an administrator on the person's request. Raises PermissionDenied, or RuleBroken while the
    person acts for an organisation or when it is done already.
    """
    require(by, "members.anonymise_person", user)
    locked = User.objects.select_for_update(of=("self",)).select_related("name").get(pk=user.pk)
    if locked.name.anonymised_at or not locked.is_active:
        raise RuleBroken(_("The account is closed already."))
    if Representative.objects.filter(not_over(), user=locked).exists():
        raise RuleBroken(_("The person still acts for an organisation: end that first."))
    keeps_name = any(keeper(locked) for keeper in _keepers)
    if not keeps_name:
        PersonName.objects.filter(pk=locked.name_id).update(
            given_name="", family_name="", anonymised_at=timezone.now()
        )
    _close_account(locked)
    log("person_anonymised", by=by, subject=locked, new={"name_kept": keeps_name})
    publish(PersonAnonymised(locked.pk))


def _close_account(user: User) -> None:
    end_sessions(user=user)
    blank = f"avidentifierad-{user.pk}@exempel.invalid"
    Invitation.objects.waiting().filter(email=user.email).update(revoked_at=timezone.now())
    Invitation.objects.filter(email=user.email).update(email=blank)
    for login in (EmailAddress, Authenticator, SocialAccount):
        login.objects.filter(user=user).delete()
    user.email = blank
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["email", "is_active", "password", "updated_at"])
    apply_cms_groups(user=user)


@transaction.atomic
def note_log_export(*, by: Any, filters: Mapping[str, str]) -> None:
    """Log that someone took the audit trail, or a part of it, away.

    Raises PermissionDenied for whoever may not read it.
    """
    require(by, "members.view_log")
    log("log_exported", by=by, new=dict(filters))
