"""A role that demands two-step login opens nothing before it is done; security.md 22."""

import pytest

from members.middleware import OPEN_NAMES, SecondFactorMiddleware
from members.states import SECOND_FACTOR_ROLES
from tests.access.audience import OFFICE, OWN
from tests.access.table import BY_ADDRESS, LINES
from tests.access.walk import entered, patterns, visitors

pytestmark = pytest.mark.once

SET_UP = "/konto/2fa/"
# No view of ours answers these: the health checks and the files of the design.
NO_VIEW = ("halsa/", "static/", "^static/")
ROLES = [role for role in (*OWN, *OFFICE) if role.rpartition(":")[2] in SECOND_FACTOR_ROLES]


def closed_lines():
    """Return the lines that must stay closed: all but the way to the second factor and out."""
    names = {address: pattern.name for address, pattern in patterns()}
    return [
        line
        for line in LINES
        if not line.address.startswith(NO_VIEW) and names[line.address] not in OPEN_NAMES
    ]


def closed_lines_of(role):
    """Return the same for a role; whoever has no place in the CMS is refused there (403)."""
    has_cms = role in OFFICE and role != "auditor"
    return [
        line
        for line in closed_lines()
        if has_cms or not line.address.lstrip("^").startswith("cms/")
    ]


def test_the_roles_are_those_that_sign_and_administer():
    assert set(ROLES) >= {"own:signatory", "own:coordinator", "administrator", "secretary"}
    assert len(closed_lines()) > len(LINES) * 0.8


@pytest.mark.parametrize("role", ROLES)
def test_nothing_opens_without_it(place, role):
    visiting = visitors(place, [role], second_factor=False)
    assert entered(closed_lines_of(role), place, visiting, closed_by=SET_UP) == []


def test_a_door_left_open_is_found(place, monkeypatch):
    """Control: without the middleware the walk gets in."""
    monkeypatch.setattr(SecondFactorMiddleware, "process_view", lambda *_args: None)
    visiting = visitors(place, ["administrator"], second_factor=False)
    lines = [BY_ADDRESS["kansli/personer/"], BY_ADDRESS["min-sida/"]]
    found = entered(lines, place, visiting, closed_by=SET_UP)
    assert ("kansli/personer/", "administrator", "GET", 200) in found
