"""Proxies at a general meeting: the vectors P5-P7."""

from __future__ import annotations

from datetime import date

import pytest

from governance.profiles import COUNCIL, GENERAL_MEETING
from governance.proxies import Proxy, ProxyRefusedError, admit_proxy, proxy_weight

MEETING = date(2026, 5, 20)


def proxy(member: str = "0180", ombud: str = "O1", dated: date = date(2026, 5, 1)) -> Proxy:
    return Proxy(member, ombud, dated)


def admit(new: Proxy, *admitted: Proxy, limit: int = GENERAL_MEETING.proxy_limit) -> None:
    months = GENERAL_MEETING.proxy_months
    admit_proxy(new, admitted, on=MEETING, limit=limit, months=months)


@pytest.mark.parametrize(
    "dated", [date(2025, 5, 20), date(2026, 5, 19), date(2026, 5, 20)], ids=str
)
def test_proxies_that_count(dated: date) -> None:
    admit(proxy(dated=dated))
    admit(proxy(dated=dated), proxy("0580", "O2"))


def test_an_ombud_may_speak_for_several_where_the_bylaws_say_so() -> None:
    admit(proxy("0180"), proxy("0580"), limit=2)


@pytest.mark.parametrize(
    ("new", "admitted", "limit", "message"),
    [
        pytest.param(proxy("0580"), [proxy("0180")], 1, "ombud: may speak for 1 at most", id="P5"),
        pytest.param(
            proxy(dated=date(2025, 5, 19)),
            [],
            1,
            "dated: is more than 12 months before the meeting",
            id="P6",
        ),
        (proxy(dated=date(2026, 5, 21)), [], 1, "dated: is after the meeting"),
        (proxy(ombud="O2"), [proxy(ombud="O1")], 1, "member: is already spoken for"),
        (proxy(), [], COUNCIL.proxy_limit, "limit: this body has no proxies"),
    ],
)
def test_proxies_that_do_not(new: Proxy, admitted: list[Proxy], limit: int, message: str) -> None:
    with pytest.raises(ProxyRefusedError) as refusal:
        admit(new, *admitted, limit=limit)
    assert str(refusal.value) == message


def test_p7_the_vote_weighs_what_the_member_weighs() -> None:
    assert proxy_weight(proxy("0180", "0580"), {"0180": 7, "0580": 2}) == 7
    with pytest.raises(ProxyRefusedError, match=r"^member: is not on the roll$"):
        proxy_weight(proxy("0180", "0580"), {"0580": 2})
