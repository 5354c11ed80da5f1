"""The locks hold what pyproject.toml asks for, pinned and hashed, and name no index."""

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.scripts.repository import ROOT, pins

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEV = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]


def lock_text(name):
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def versions(lock, requirement):
    name = canonicalize_name(requirement.name)
    return [version for (pinned, _), (version, _) in pins(lock).items() if pinned == name]


@pytest.mark.parametrize(
    ("name", "requirement"),
    [("runtime", r) for r in RUNTIME] + [("dev", r) for r in [*RUNTIME, *DEV]],
    ids=str,
)
def test_a_direct_dependency_is_pinned_within_its_range(name, requirement):
    found = versions(lock_text(name), requirement)
    assert found != []
    assert [v for v in found if not requirement.specifier.contains(v, prereleases=True)] == []


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_pin_is_hashed(name):
    locked = pins(lock_text(name))
    assert len(locked) > len(RUNTIME)
    assert [pin for pin, (_, hashes) in locked.items() if not hashes] == []


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_line_of_a_lock_is_understood(name):
    starts = [line for line in lock_text(name).splitlines() if line and line[0] not in "# "]
    assert len(starts) == len(pins(lock_text(name)))


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_no_index_is_named(name):
    text = lock_text(name)
    assert "://" not in text
    assert [
        option for option in ("--index-url", "--extra-index", "--find-links") if option in text
    ] == []


def test_the_dev_lock_holds_the_runtime_lock():
    runtime, dev = pins(lock_text("runtime")), pins(lock_text("dev"))
    assert {pin: dev.get(pin) for pin in runtime} == runtime


def test_a_missing_hash_would_be_found():
    assert pins("django==5.2 \\\n    # via samagt\n") == {("django", ""): ("5.2", 0)}
