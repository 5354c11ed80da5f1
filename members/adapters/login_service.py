"""Logins by OpenID Connect and SAML: the claims decide who gets in, and as what."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from core.exceptions import RuleBroken
from members.actions.claims import apply_claims, open_account_by_claims
from members.adapters.claiming import claims_of, rules_of
from members.claims import Claims
from members.models import User

logger = logging.getLogger(__name__)


class LoginServiceAdapter(DefaultSocialAccountAdapter):
    """Login services come from the environment; their claims give what the rules allow."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the services of the environment; the table of the library stays unused."""
        apps = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for found in apps.values() for app in found]

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Tell the operator why a login failed; the person sees that it did."""
        reason = exception or (extra_context or {}).get("saml_last_error_reason") or error
        logger.warning("Login by %s failed: %.300s", provider.id, reason)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let the claims find or open the account and give its roles, or refuse with words."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        claims = claims_of(sociallogin)
        try:
            with transaction.atomic():
                if not sociallogin.is_existing:
                    self._find_account(request, sociallogin, claims)
                service = sociallogin.account.provider
                apply_claims(user=sociallogin.user, claims=claims, service=service)
        except RuleBroken as refusal:
            page = render(
                request, "socialaccount/refused.html", {"reason": refusal.message}, status=403
            )
            raise ImmediateHttpResponse(page) from refusal

    def _find_account(self, request: HttpRequest, sociallogin: SocialLogin, claims: Claims) -> None:
        """Connect the login to the account with the same address, where the rules trust it."""
        verified = any(address.verified for address in sociallogin.email_addresses)
        known = User.objects.with_email(claims.email).first() if claims.email else None
        domains = rules_of(sociallogin).email_domains
        if known and verified and claims.email.rpartition("@")[2].lower() in domains:
            sociallogin.connect(request, known)
            return
        sociallogin.user = open_account_by_claims(claims=claims, email_verified=verified)
        sociallogin.save(request, connect=True)
