"""Proxies (fullmakter): a member organisation acts at the general meeting through an ombud.

Source: rules.md section 0 and vectors P5-P7: written, dated, twelve months at most, one member
for each ombud unless the bylaws say otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.months import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class ProxyRefusedError(ValueError):
    """A proxy that gives no right to vote; the message says why."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """The written power of one member to be spoken for by one ombud, and the day it is dated."""

    member: str
    ombud: str
    dated: date


def admit_proxy(
    proxy: Proxy, admitted: Iterable[Proxy], *, on: date, limit: int, months: int
) -> None:
    """Raise ProxyRefusedError unless `proxy` may be used at the meeting `on` that day.

    `admitted` are the proxies already accepted for the meeting, `limit` the members one ombud may
    speak for (0 where the body has no proxies), `months` how old a proxy may be.
    """
    others = tuple(admitted)
    if limit == 0:
        raise ProxyRefusedError("limit: this body has no proxies")
    if proxy.dated > on:
        raise ProxyRefusedError("dated: is after the meeting")
    if on > add_months(proxy.dated, months):
        raise ProxyRefusedError(f"dated: is more than {months} months before the meeting")
    if any(other.member == proxy.member for other in others):
        raise ProxyRefusedError("member: is already spoken for")
    if sum(other.ombud == proxy.ombud for other in others) >= limit:
        raise ProxyRefusedError(f"ombud: may speak for {limit} at most")


def proxy_weight(proxy: Proxy, weights: Mapping[str, int]) -> int:
    """Return what a vote by `proxy` weighs: the member's weight, never the ombud's own.

    `weights` holds each member's weight on the roll. Raises ProxyRefusedError when the member is
    not on it.
    """
    if proxy.member not in weights:
        raise ProxyRefusedError("member: is not on the roll")
    return weights[proxy.member]
