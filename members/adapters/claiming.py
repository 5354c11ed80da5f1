"""From allauth's login to what is believed of it."""

from allauth.socialaccount.models import SocialLogin
from django.conf import settings

from members.claims import ClaimRules, Claims, read_claims


def rules_of(sociallogin: SocialLogin) -> ClaimRules:
    """Return how the claims of a login's service are to be read."""
    return settings.LOGIN_SERVICES.rules[sociallogin.account.provider]


def claims_of(sociallogin: SocialLogin) -> Claims:
    """Return what is believed of a login."""
    data = sociallogin.account.extra_data
    if "id_token" in data or "userinfo" in data:
        # What the token says is what the login itself said; it comes before what was fetched.
        data = data.get("userinfo", {}) | data.get("id_token", {})
    return read_claims(data, rules_of(sociallogin))
