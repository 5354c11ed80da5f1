"""The test command runs what is there, says what it leaves out, and is strict when asked."""

import sys
from contextlib import ExitStack, contextmanager

import pytest

from scripts import test as test_command
from scripts._lib import engines as engine_search
from scripts._lib import pytest_runs, search_servers, throwaway
from scripts._lib.console import StartRefused
from scripts._lib.engines import Engines
from scripts._lib.java import JavaTooOld
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
    "elasticsearch": "http://x:1",
    "opensearch": "http://x:2",
}
SERVERS = ("postgresql", "redis", "elasticsearch", "opensearch")


def without(*names):
    return {name: value for name, value in ALL.items() if name not in names}


def test_without_servers_there_is_one_run():
    runs = pytest_runs.plan(Engines(without(*SERVERS)), full=False)
    marks = "not postgres and not redis and not elasticsearch and not opensearch"
    assert [(run.title, run.marks) for run in runs] == [("Inbyggt", marks)]
    assert runs[0].environ == {
        "SAMAGT_TEST_FULL": "",
        "CHROMIUM_PATH": "c",
        "JAVA_PATH": "j",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "ELASTICSEARCH_URL": "",
        "TEST_OPENSEARCH_URL": "",
    }


def test_with_all_servers_the_suite_runs_on_both():
    second = pytest_runs.plan(Engines(ALL), full=True)[1]
    assert second.title == "postgresql + redis + elasticsearch + opensearch"
    assert second.marks == f"{ONCE} and not sqlite and {pytest_runs.ALIKE}"
    assert second.environ == {
        "SAMAGT_TEST_FULL": "1",
        "CHROMIUM_PATH": "c",
        "JAVA_PATH": "j",
        "DATABASE_URL": "postgres://x/y",
        "REDIS_URL": "redis://x/0",
        "ELASTICSEARCH_URL": "http://x:1",
        "TEST_OPENSEARCH_URL": "http://x:2",
    }


@pytest.mark.parametrize(
    ("there", "marks"),
    [
        ("redis", "not postgres and not elasticsearch and not opensearch"),
        ("elasticsearch", "not postgres and not redis and not opensearch"),
        ("opensearch", "not postgres and not redis and not elasticsearch"),
    ],
)
def test_with_one_server_the_tests_of_the_others_stay_out(there, marks):
    out = [name for name in SERVERS if name != there]
    second = pytest_runs.plan(Engines(without(*out)), full=False)[1]
    assert second.title == there
    assert second.marks == f"{ONCE} and {marks} and {pytest_runs.ALIKE}"


def test_what_needs_a_server_but_no_database_runs_on_the_servers(pytester):
    pytester.makeini(
        "[pytest]\nmarkers = no_database\n postgres\n redis\n elasticsearch\n opensearch\n slow"
    )
    marks = ("postgres", "redis", "elasticsearch", "opensearch", "slow")
    tests = [f"@pytest.mark.{mark}\ndef test_{mark}(): pass" for mark in marks]
    pytester.makepyfile("\n".join(["import pytest", *tests]))
    result = pytester.runpytest_inprocess(
        "-p", "tests.engines", "-p", "no:django", "-m", pytest_runs.ALIKE, "--collect-only", "-q"
    )
    listed = [line.split("::")[1] for line in result.outlines if "::" in line]
    assert listed == [f"test_{mark}" for mark in marks[:-1]]


def test_full_refuses_when_an_engine_is_missing(capsys):
    engines = Engines(without("redis"), {"redis": "redis-server saknas"})
    test_command.tell(engines, full=False)
    assert "Utelämnat: redis – redis-server saknas" in capsys.readouterr().out
    with pytest.raises(StartRefused, match="redis"):
        test_command.tell(engines, full=True)


def test_full_does_without_opensearch_where_java_is_too_old(capsys):
    engines = Engines(without("opensearch"), spared={"opensearch": "Java 17 är för gammal"})
    test_command.tell(engines, full=True)
    assert "Utelämnat: opensearch – Java 17 är för gammal" in capsys.readouterr().out
    assert "not opensearch" in pytest_runs.plan(engines, full=True)[1].marks


def refused(name, reason):
    @contextmanager
    def start():
        raise reason
        yield

    engines = Engines()
    with ExitStack() as running:
        engine_search.add_server(engines, running, name, None, start)
    return engines


def test_only_opensearch_is_spared_and_only_for_its_java():
    old, broken = JavaTooOld("för gammal"), ServerMissing("svarar inte")
    assert refused("opensearch", old) == Engines(spared={"opensearch": "för gammal"})
    assert refused("opensearch", broken) == Engines(missing={"opensearch": "svarar inte"})
    assert refused("elasticsearch", old) == Engines(missing={"elasticsearch": "för gammal"})


def test_a_given_address_starts_no_server(monkeypatch):
    def refuse():
        raise AssertionError

    for name in ("postgres", "redis"):
        monkeypatch.setattr(throwaway, name, refuse)
    for name in ("elasticsearch", "opensearch"):
        monkeypatch.setattr(search_servers, name, refuse)
    given = {
        "TEST_DATABASE_URL": "postgres://a/b",
        "TEST_REDIS_URL": "redis://a/1",
        "TEST_ELASTICSEARCH_URL": "http://a:2",
        "TEST_OPENSEARCH_URL": "http://a:3",
    }
    with engine_search.available(given) as engines:
        assert [engines.found[name] for name in SERVERS] == list(given.values())


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
    for setting in ("REDIS_URL", "ELASTICSEARCH_URL", "TEST_OPENSEARCH_URL"):
        monkeypatch.delenv(setting, raising=False)
    assert {mark: plugin.missing(mark) for mark in plugin.MARKS[:5]} == {
        "postgres": "",
        "sqlite": "needs the embedded SQLite",
        "redis": "REDIS_URL is not set",
        "elasticsearch": "ELASTICSEARCH_URL is not set",
        "opensearch": "TEST_OPENSEARCH_URL is not set",
    }


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
