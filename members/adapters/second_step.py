"""The second step of a login, and the secrets it rests on."""

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.sealing import seal, unseal
from members import second_factor


class SecondFactorStage(AuthenticateStage):
    """The step between password and login; skipped when the login service has asked already."""

    def handle(self) -> tuple[Any, bool]:
        """Ask for the second factor unless a believed one was shown."""
        record = second_factor.shown(self.request, self.login.user)
        if record and record.get("type") == second_factor.BY_SERVICE:
            return None, True
        return super().handle()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed in the database; whoever needs a second factor keeps one."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your role needs two-step login. Create a passkey first, then turn the app off."
        ),
        "cannot_generate_recovery_codes": _("Create a passkey or connect an app first."),
        "incorrect_code": _("The code is wrong or too old. Enter the one shown now."),
    }

    def encrypt(self, text: str) -> str:
        """Seal the secret of an app or of recovery codes before it is stored."""
        return seal(text.encode(), purpose="second-factor").decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was sealed."""
        return unseal(encrypted_text.encode(), purpose="second-factor").decode()

    def get_totp_issuer(self) -> str:
        """Return the name that the authenticator app shows."""
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        """Return a name to start from for a new key."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Key %(number)d") % {"number": number})

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say no to taking the last second factor from whoever needs one."""
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=second_factor.FACTORS
        ).exclude(pk=authenticator.pk)
        return others.exists() or not second_factor.needs_second_factor(authenticator.user)
