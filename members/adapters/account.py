"""The account: closed sign-up, addresses in one form, mails with links to this site alone."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from members import second_factor
from members.actions.sessions import end_sessions
from members.adapters.claiming import claims_of
from members.email_address import normalise
from members.emails import brand

# allauth tells of every change of how a person logs in by one mail each; these are the mails
# after which sessions elsewhere must end. (A new password ends them by itself.)
ENDS_OTHER_SESSIONS = frozenset(
    {
        "mfa/email/recovery_codes_generated",
        "mfa/email/totp_activated",
        "mfa/email/totp_deactivated",
        "mfa/email/webauthn_added",
        "mfa/email/webauthn_removed",
    }
)
FACTOR_ADDED = {
    "mfa/email/totp_activated": Authenticator.Type.TOTP,
    "mfa/email/webauthn_added": Authenticator.Type.WEBAUTHN,
}

FACTOR_REMOVED = frozenset({"mfa/email/totp_deactivated", "mfa/email/webauthn_removed"})


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by invitation only; addresses in mails are this site's own."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("You cannot remove the address that you log in with."),
        "duplicate_email": _("This is already your address."),
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "email_taken": _("The address belongs to another account."),
        "enter_current_password": _("This is not your password now."),
        "incorrect_code": _("The code is wrong or too old. Enter the one shown now."),
        "incorrect_password": _("The password is wrong."),
        "invalid_or_expired_key": _("The link no longer works."),
        "invalid_password_reset": _("The link no longer works."),
        "look_alike_email": _(
            "Write the address with the letters a-z: it holds a sign that only looks like one."
        ),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes and try again, or log in with a passkey."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: the invitation's own page opens the account (members.actions.open_account)."""
        return False

    def clean_email(self, email: str) -> str:
        """Return the address in its one form; refuse signs that only look like letters."""
        try:
            return normalise(email)
        except ValueError as error:
            raise self.validation_error("look_alike_email") from error

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address; the nearest machine's when the header makes no sense.

        A forged or cut-off X-Forwarded-For must neither choose the address nor stop the login. A
        request that no machine sent (Wagtail makes one for a preview) has no address.
        """
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return request.META.get("REMOTE_ADDR", "")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Do not ask again within minutes of the login itself."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = any(second_factor.is_recent(record) for record in records)
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to confirm that it is you, in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code from your app, or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use your passkey or security key"),
        }
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": words.get(way["id"], way["description"])} for way in ways]

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Note that the login service has asked for a second factor, where its word counts."""
        response = super().pre_login(request, user, **kwargs)
        sociallogin = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if response is None and sociallogin and claims_of(sociallogin).second_factor:
            record_authentication(
                request,
                user,
                method=second_factor.METHOD,
                type=second_factor.BY_SERVICE,
                provider=sociallogin.account.provider,
            )
        return response

    def get_login_stages(self) -> list[str]:
        """Let a login service's word on the second factor count, where it is believed."""
        theirs = "allauth.mfa.stages.AuthenticateStage"
        ours = "members.adapters.second_step.SecondFactorStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        """Render a mail in the reader's language, with links to BASE_URL whatever Host said."""
        own = {key: _own_address(value) for key, value in context.items() if key.endswith("_url")}
        user = context.get("user") or getattr(self.request, "user", None)
        language = getattr(user, "language", None) or settings.LANGUAGE_CODE
        kind = {"X-Samagt-Kind": template_prefix.rpartition("/")[2]}
        extra = {"base_url": settings.BASE_URL, "brand": brand(), "language": language}
        with translation.override(language):
            message = super().render_mail(
                template_prefix, email, context | own | extra, headers=(headers or {}) | kind
            )
            texts = extra | {"subject": message.subject, "text": message.body}
            html = render_to_string("emails/account.html", texts)
        message.attach_alternative(html, "text/html")
        return message

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person of a change in how they log in, and let the change take effect."""
        super().send_notification_mail(template_prefix, user, context, email)
        if template_prefix in ENDS_OTHER_SESSIONS:
            self._end_other_sessions(user)
        if template_prefix in FACTOR_ADDED:
            record_authentication(
                self.request, user, method=second_factor.METHOD, type=FACTOR_ADDED[template_prefix]
            )
        elif template_prefix in FACTOR_REMOVED and not second_factor.has_second_factor(user):
            second_factor.forget(self.request)

    def _end_other_sessions(self, user: Any) -> None:
        """End every session of the account and let this one go on under a new id."""
        end_sessions(user=user)
        update_session_auth_hash(self.request, user)
        UserSession.objects.create_from_request(self.request)


def _own_address(address: Any) -> Any:
    if not isinstance(address, str):
        return address
    parts = urlsplit(address)
    path = parts._replace(scheme="", netloc="").geturl()
    return f"{settings.BASE_URL}{path}" if parts.netloc else address
