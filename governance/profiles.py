"""The rule profiles: which rules bind which kind of body (rules.md section 0 and 1.0).

A profile is data. A body starts from one of the four, and its adopted arbetsordning may change
settings; the settings of a meeting are frozen at its summons. Numbers of paragraphs are
kommunallagen's where nothing else is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from governance.per_capsulam import PerCapsulam
from governance.polls import Rule, RuleType
from governance.weights import WeightTable

if TYPE_CHECKING:
    from collections.abc import Mapping


class ProfileName(StrEnum):
    """The four kinds of bodies."""

    COUNCIL = "council"
    COMMITTEE = "committee"
    ASSEMBLY = "assembly"
    GENERAL_MEETING = "general_meeting"


class Voter(StrEnum):
    """Who holds the vote: a person, a municipality through its mandate, a member by an ombud."""

    PERSON = "person"
    MUNICIPALITY = "municipality"
    MEMBER = "member"


class Recusal(StrEnum):
    """What jäv demands: stay out of the item, or leave the room as well."""

    TAKES_NO_PART = "takes_no_part"
    LEAVES_ROOM = "leaves_room"


class Distance(StrEnum):
    """Whether one may take part from a distance."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    IF_ASSEMBLY_ALLOWS = "if_assembly_allows"
    IF_BYLAWS_ALLOW = "if_bylaws_allow"


class SecretBallot(StrEnum):
    """Which polls may be secret: elections, or elections when somebody asks for it."""

    ELECTIONS = "elections"
    ELECTIONS_ON_REQUEST = "elections_on_request"


class Appeal(StrEnum):
    """How a decision is challenged: laglighetsprövning (13 kap.), action in court, not at all."""

    LEGALITY_REVIEW = "legality_review"
    COURT_ACTION = "court_action"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The settings of a kind of body.

    `quorum`: more than half of the seats must serve. `quorum_relaxed_by_recusal`: not for those
    missing through jäv (5:46). `casting_vote_with_weights`: a tie of weights is the chair's to
    break. `longest_serving_leads`: who has sat the longest leads the choice of a chair when
    neither chair nor vice chair presides. `refer_back_minority`: numerator and denominator of
    the present that refer back or table the first time (5:50). `write_in`: ballots may name
    others than the nominated. `proxy_limit`: members an ombud
    may speak for, `proxy_months`: how old a proxy may be. `chair_without_seat`: a presiding
    chair without a seat breaks ties by a view. `may_return_same_day`: whoever broke off may
    serve again that day (5:17-20). `must_vote_in_authority`: no abstaining in
    myndighetsutövning (4:26). `notice_days` and `adjustment_days` are calendar days.
    `notice_board`: minutes are announced (8:12).
    """

    name: ProfileName
    voter: Voter
    quorum: bool = True
    quorum_relaxed_by_recusal: bool = False
    weight_table: WeightTable = WeightTable.ONE
    double_majority: bool = False
    casting_vote: bool = True
    casting_vote_with_weights: bool = True
    chair_without_seat: bool = False
    longest_serving_leads: bool = True
    refer_back_minority: tuple[int, int] | None = None
    per_capsulam: PerCapsulam = PerCapsulam.FORBIDDEN
    proxy_limit: int = 0
    proxy_months: int = 12
    recusal: Recusal = Recusal.LEAVES_ROOM
    may_return_same_day: bool = True
    must_vote_in_authority: bool = False
    secret_ballot: SecretBallot = SecretBallot.ELECTIONS
    write_in: bool = False
    distance: Distance = Distance.ALLOWED
    open_to_public: bool = False
    notice_days: int = 7
    adjustment_days: int = 14
    notice_board: bool = False
    appeal: Appeal = Appeal.NONE


COUNCIL = Profile(
    name=ProfileName.COUNCIL,
    voter=Voter.MUNICIPALITY,
    per_capsulam=PerCapsulam.UNANIMOUS,
)
"""Förvaltningsråd: the default; its arbetsordning decides and kommunallagen is the model."""

COMMITTEE = Profile(
    name=ProfileName.COMMITTEE,
    voter=Voter.PERSON,
    may_return_same_day=False,
    must_vote_in_authority=True,
    distance=Distance.IF_ASSEMBLY_ALLOWS,
    notice_board=True,
    appeal=Appeal.LEGALITY_REVIEW,
)
"""Nämnd and gemensam nämnd, under kommunallagen chapter 6."""

ASSEMBLY = Profile(
    name=ProfileName.ASSEMBLY,
    voter=Voter.PERSON,
    quorum_relaxed_by_recusal=True,
    refer_back_minority=(1, 3),
    recusal=Recusal.TAKES_NO_PART,
    may_return_same_day=False,
    distance=Distance.IF_ASSEMBLY_ALLOWS,
    open_to_public=True,
    notice_board=True,
    appeal=Appeal.LEGALITY_REVIEW,
)
"""Fullmäktige and förbundsfullmäktige, under kommunallagen chapter 5."""

GENERAL_MEETING = Profile(
    name=ProfileName.GENERAL_MEETING,
    voter=Voter.MEMBER,
    quorum=False,
    chair_without_seat=True,
    proxy_limit=1,
    recusal=Recusal.TAKES_NO_PART,
    secret_ballot=SecretBallot.ELECTIONS_ON_REQUEST,
    distance=Distance.IF_BYLAWS_ALLOW,
    appeal=Appeal.COURT_ACTION,
)
"""Föreningsstämma: the members of an association meet, under its bylaws."""

PROFILES: Mapping[ProfileName, Profile] = MappingProxyType(
    {profile.name: profile for profile in (COUNCIL, COMMITTEE, ASSEMBLY, GENERAL_MEETING)}
)


def postponement_rule(profile: Profile, *, first_request: bool, election: bool = False) -> Rule:
    """Return the rule of the poll "avgörs idag" (yes) against referring back or tabling (no).

    In fullmäktige a third of those present is enough the first time a matter is postponed, but
    never for an election (kommunallagen 5:50); else a simple majority decides.
    """
    if profile.refer_back_minority is None or election or not first_request:
        return Rule(RuleType.SIMPLE)
    numerator, denominator = profile.refer_back_minority
    return Rule(RuleType.MINORITY, numerator, denominator)


def has_casting_vote(profile: Profile, *, weighted: bool) -> bool:
    """Tell whether a tie is broken by the chair; `weighted` when not every weight is 1."""
    return profile.casting_vote and (profile.casting_vote_with_weights or not weighted)
