"""Finds what no HTML answer may have, whoever asked for it: spoilt numbers and a loose policy."""

import re

from django.http import HttpResponseBase

# Both are a key or a coordinate spoilt by localisation: value="17 320", x="0,83".
_SPOILT = re.compile(
    r"""[\s"'](?:value|href|action|id|for|name|content|src|[xy]|width|height|data-[\w-]+)="""
    r"""["'](?:[^"'<>]*\d[\u00a0\u202f]\d{3}|-?\d+,\d+["'])"""
)
_STRICT = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'")
CMS = "/cms/"


def faults(response: HttpResponseBase, path: str) -> list[str]:
    """Return what is wrong with an answer at a path; only HTML is looked at."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    policy = response.headers.get("Content-Security-Policy", "")
    return [*spoilt_numbers(response.content.decode()), *policy_faults(policy, path)]


def spoilt_numbers(markup: str) -> list[str]:
    """Return the attributes whose number has thousands apart or a decimal comma."""
    return [found[0].strip() for found in _SPOILT.finditer(markup)]


def policy_faults(policy: str, path: str) -> list[str]:
    """Return what the page's content security policy lacks or allows (security.md 25).

    Only the CMS may use inline script and style (docs/decisions.md).
    """
    lacking = [part for part in _STRICT if part not in policy]
    words = ["'unsafe-eval'"] if path.startswith(CMS) else ["'unsafe-eval'", "'unsafe-inline'"]
    return lacking + [word for word in words if word in policy]
