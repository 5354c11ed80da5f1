"""The test command runs what is there, says what it leaves out, and is strict when asked."""

import sys

import pytest

from scripts import test as test_command
from scripts._lib import engines as engine_search
from scripts._lib import pytest_runs, throwaway
from scripts._lib.console import StartRefused
from scripts._lib.engines import Engines
from scripts._lib.pytest_runs import Outcome, Run
from scripts._lib.throwaway import ServerMissing
from tests import engines as plugin

ONCE = "not e2e and not validators and not once"
ALL = {
    "chromium": "c",
    "java": "j",
    "maven": "m",
    "postgresql": "postgres://x/y",
    "redis": "redis://x/0",
}


def without(*names):
    return {name: value for name, value in ALL.items() if name not in names}


def test_without_servers_there_is_one_run():
    runs = pytest_runs.plan(Engines(without("postgresql", "redis")), full=False)
    assert [(run.title, run.marks) for run in runs] == [("Inbyggt", "not postgres and not redis")]
    assert runs[0].environ["DATABASE_URL"] == runs[0].environ["REDIS_URL"] == ""


def test_with_all_servers_the_suite_runs_on_both():
    second = pytest_runs.plan(Engines(ALL), full=True)[1]
    assert second.marks == f"{ONCE} and not sqlite and {pytest_runs.ALIKE}"
    assert second.environ == {
        "SAMAGT_TEST_FULL": "1",
        "CHROMIUM_PATH": "c",
        "JAVA_PATH": "j",
        "DATABASE_URL": "postgres://x/y",
        "REDIS_URL": "redis://x/0",
    }


def test_with_redis_alone_postgres_tests_stay_out():
    second = pytest_runs.plan(Engines(without("postgresql")), full=False)[1]
    assert second.marks == f"{ONCE} and not postgres and {pytest_runs.ALIKE}"


def test_full_refuses_when_an_engine_is_missing(capsys):
    engines = Engines(without("redis"), {"redis": "redis-server saknas"})
    test_command.tell(engines, full=False)
    assert "Utelämnat: redis – redis-server saknas" in capsys.readouterr().out
    with pytest.raises(StartRefused, match="redis"):
        test_command.tell(engines, full=True)


def test_a_given_address_starts_no_server(monkeypatch):
    def refuse():
        raise AssertionError

    monkeypatch.setattr(throwaway, "postgres", refuse)
    monkeypatch.setattr(throwaway, "redis", refuse)
    given = {"TEST_DATABASE_URL": "postgres://a/b", "TEST_REDIS_URL": "redis://a/1"}
    with engine_search.available(given) as engines:
        assert engines.found["postgresql"] == "postgres://a/b"
        assert engines.found["redis"] == "redis://a/1"


def test_a_missing_program_is_a_reason(monkeypatch):
    monkeypatch.setattr(throwaway.shutil, "which", lambda _name: None)
    with pytest.raises(ServerMissing, match="redis-server"):
        throwaway.redis_program()


def test_a_server_that_ends_at_once_is_a_reason(tmp_path):
    command = [sys.executable, "-c", "print('no space left'); raise SystemExit(1)"]
    served = throwaway.serving(command, tmp_path, 1, None, throwaway.signal.SIGTERM)
    with pytest.raises(ServerMissing, match="no space left"), served:
        pass


@pytest.mark.parametrize(
    "line",
    [
        "====== 3 passed in 0.12s ======",
        "3 passed in 0.12s",
        "=== 1 failed, 2 passed, 1 skipped, 4 deselected in 61.00s (0:01:01) ===",
        "\x1b[32m=== \x1b[1m3 passed\x1b[0m in 0.12s ===\x1b[0m",
    ],
)
def test_the_closing_line_is_found(line):
    found = pytest_runs.closing_line(f"FAILED x\n{line}\n".encode())
    assert "passed" in found
    assert "\x1b" not in found


def test_no_closing_line_is_empty():
    assert pytest_runs.closing_line(b"Traceback\n") == ""


def outcome(code):
    return Outcome(Run("x", "", {}), code, "", 1.0)


def test_one_red_run_makes_the_whole_red():
    assert pytest_runs.exit_code([outcome(1), outcome(0)], full=False) == 1


def test_a_run_without_tests_counts_when_all_is_demanded():
    assert pytest_runs.exit_code([outcome(0), outcome(5)], full=False) == 0
    assert pytest_runs.exit_code([outcome(0), outcome(5)], full=True) == 5


def test_a_marked_test_needs_its_engine(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://x/y")
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert [plugin.missing(mark) for mark in ("postgres", "sqlite", "redis")] == [
        "",
        "needs the embedded SQLite",
        "REDIS_URL is not set",
    ]


@pytest.mark.parametrize(("full", "counts"), [("1", {"failed": 1}), ("", {"skipped": 1})])
def test_a_skip_fails_in_a_full_run(pytester, monkeypatch, full, counts):
    monkeypatch.setenv("SAMAGT_TEST_FULL", full)
    pytester.makepyfile("import pytest\ndef test_x(): pytest.skip('no browser')")
    result = pytester.runpytest_inprocess("-p", "tests.engines", "-p", "no:django")
    assert result.parseoutcomes() == counts


def test_an_expected_failure_stays_one_in_a_full_run(pytester, monkeypatch):
    monkeypatch.setenv("SAMAGT_TEST_FULL", "1")
    pytester.makepyfile(
        "import pytest\n@pytest.mark.xfail(reason='known')\ndef test_x(): assert False"
    )
    result = pytester.runpytest_inprocess("-p", "tests.engines", "-p", "no:django")
    assert result.parseoutcomes() == {"xfailed": 1}
