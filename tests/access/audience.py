"""What is answered to whom, derived from an audience and a right: nothing here comes from a run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Answer(StrEnum):
    """What kind of answer a request got."""

    YES = "yes"  # shown, done, sent on, or a form with errors
    LOGIN = "login"  # led to the login
    NO = "403"  # refused, with words
    HIDDEN = "404"  # as if it did not exist
    NOT_OFFERED = "405"  # the address knows no such method
    GONE = "410"
    BROKEN = "5xx"  # never expected
    FAULTY = "faulty"  # a page with keys like "17 320" or a loose policy; never expected


ANONYMOUS = "anonymous"
NOBODY = "nobody"
OWN = ("own:reader", "own:coordinator", "own:signatory")
OTHER = ("other:coordinator", "other:signatory")
OFFICE = ("editor", "service_manager", "secretary", "administrator", "auditor")
ROLES = (ANONYMOUS, NOBODY, *OWN, *OTHER, *OFFICE)
EVERYONE = frozenset(ROLES)

SIGNED_IN = EVERYONE - {ANONYMOUS}
COLLEAGUES = frozenset(OWN) | frozenset(OFFICE)
STAFF = frozenset(OFFICE)
CMS = STAFF - {"auditor"}

COORDINATORS = frozenset({"own:coordinator", "administrator"})
ADMINISTRATOR = frozenset({"administrator"})
# What the lists of home.states say, in the words of this table.
SITE_CHANGE = frozenset({"editor", "secretary", "administrator"})
SITE_PUBLISH = frozenset({"secretary", "administrator"})
AREA_CHANGE = frozenset({"service_manager", "administrator"})
FIRST_STEP = frozenset({"service_manager"})
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Audience:
    """Who gets past the door, and what the others are told there."""

    name: str
    within: frozenset[str]
    signed_in_outside: Answer = Answer.NO
    anonymous_outside: Answer = Answer.LOGIN
    # Whether a method that does not exist is told before the right is asked for.
    method_first: bool = True

    def refusal(self, role: str) -> Answer | None:
        """Return what the role is told at the door; None when it gets in."""
        if role in self.within:
            return None
        return self.anonymous_outside if role == ANONYMOUS else self.signed_in_outside


PUBLIC = Audience("everyone", EVERYONE)
PERSON = Audience("signed in", SIGNED_IN)
COLLEAGUE = Audience("colleagues and the office", COLLEAGUES, Answer.HIDDEN)
THE_OFFICE = Audience("the office", STAFF)
EDITORS = Audience("the CMS", CMS, method_first=False)
# Wagtail's scripts and icons: no secret, but whoever is signed in without a place stays out.
EDITORS_ASSETS = Audience("the CMS and the anonymous", CMS | {ANONYMOUS}, method_first=False)
OWNER = Audience("the person concerned", frozenset({"own:reader"}), Answer.HIDDEN)


@dataclass(frozen=True)
class Act:
    """What a method does: whose right it is, and what it answers to them and to the rest.

    `hidden_from`: roles of the audience that may not even know of the thing.
    """

    right: frozenset[str] = EVERYONE
    answer: Answer = Answer.YES
    hidden_from: frozenset[str] = NONE

    def answer_to(self, role: str) -> Answer:
        """Return what a role of the audience is answered."""
        if role in self.hidden_from:
            return Answer.HIDDEN
        return self.answer if role in self.right else Answer.NO


OPEN = Act()
MISSING = Act(answer=Answer.HIDDEN)
TO_LOGIN = Act(answer=Answer.LOGIN)
GONE = Act(answer=Answer.GONE)
NOT_OFFERED = Act(answer=Answer.NOT_OFFERED)


def may(roles: Iterable[str]) -> Act:
    """Return the act that these roles may do; the others within the audience get 403."""
    return Act(frozenset(roles))


@dataclass(frozen=True)
class Line:
    """One address of the site: its audience, and what GET and POST do.

    `address` is the pattern in the URLconf. `using` says which thing of the test site stands in a
    place of the address when its name does not say so; `at` is a whole address where the pattern
    is a regular expression. `data` is sent by POST, where an empty form says nothing.
    """

    address: str
    audience: Audience
    get: Act = OPEN
    post: Act = OPEN
    using: dict[str, str] = field(default_factory=dict)
    at: str = ""
    data: dict[str, str] = field(default_factory=dict)
    note: str = ""

    def expected(self, role: str, method: str) -> Answer:
        """Return what the role is answered: the login first, then the method, then the right."""
        act = self.get if method == "GET" else self.post
        refusal = self.audience.refusal(role)
        if refusal and role == ANONYMOUS:
            return refusal
        if act is NOT_OFFERED and self.audience.method_first:
            return Answer.NOT_OFFERED
        return refusal or act.answer_to(role)
