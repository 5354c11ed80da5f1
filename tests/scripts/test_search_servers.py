"""Search servers are started from what the machine has, and what it lacks is told in one line."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scripts import search_servers as command
from scripts._lib import java as java_search
from scripts._lib import search_servers, throwaway
from scripts._lib.java import JavaTooOld, java
from scripts._lib.search_servers import ELASTICSEARCH, OPENSEARCH
from scripts._lib.throwaway import ServerMissing
from tests.scripts.repository import ROOT

OLD = 'java version "1.8.0_412"'
DEBIAN = 'openjdk version "17.0.21.1" 2026-11-17'
NEW = 'openjdk version "25" 2025-09-16 LTS'


def program(path: Path, lines: str) -> Path:
    """Write a program of a few shell lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def fake_java(home: Path, says: str, code: int = 0) -> str:
    return str(program(home / "bin" / "java", f"echo '{says}' >&2; exit {code}"))


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without Java and Maven; the folder of its Javas."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(java_search, "JVM_HOMES", (f"{tmp_path}/jvm/*",))
    monkeypatch.setattr(search_servers, "TOOLS", tmp_path / "var" / "tools")
    return tmp_path


def fake_maven(bare: Path, lines: str) -> None:
    """Put a Maven on PATH that knows its last argument, `-DoutputDirectory=FOLDER`."""
    folder = 'for last; do :; done; folder="${last#*=}"'
    program(bare / "path" / "mvn", f"PATH=/usr/bin:/bin\n{folder}\n{lines}")


def test_the_newest_java_at_hand_is_taken(bare):
    fake_java(bare / "jvm" / "a-17", DEBIAN)
    newest = fake_java(bare / "jvm" / "b-25", NEW)
    fake_java(bare / "jvm" / "c-8", OLD)
    assert java(17) == java(21) == newest


def test_a_java_on_path_counts_too(bare):
    on_path = str(program(bare / "path" / "java", f"echo '{NEW}' >&2"))
    fake_java(bare / "jvm" / "a-17", DEBIAN)
    assert java(21) == on_path


def test_java_home_goes_first_where_it_is_fit(bare, monkeypatch):
    chosen = fake_java(bare / "own", DEBIAN)
    newest = fake_java(bare / "jvm" / "b-25", NEW)
    monkeypatch.setenv("JAVA_HOME", str(bare / "own"))
    assert java(17) == chosen
    assert java(21) == newest


def test_a_missing_java_is_a_reason(bare):
    (bare / "jvm" / "empty").mkdir(parents=True)
    with pytest.raises(JavaTooOld) as told:
        java(17)
    assert str(told.value) == "java saknas: Java 17 eller senare behövs"


@pytest.mark.parametrize(("says", "version"), [(OLD, 8), (DEBIAN, 17)])
def test_a_java_too_old_is_a_reason(bare, says, version):
    fake_java(bare / "jvm" / "a", says)
    with pytest.raises(JavaTooOld) as told:
        java(21)
    assert str(told.value) == f"Java {version} är för gammal: Java 21 eller senare behövs"


def test_a_java_that_fails_is_none(bare):
    fake_java(bare / "jvm" / "a", NEW, code=1)
    with pytest.raises(JavaTooOld, match="java saknas"):
        java(17)


@pytest.mark.parametrize(
    ("server", "product"),
    [
        (search_servers.elasticsearch, ELASTICSEARCH),
        (search_servers.opensearch, OPENSEARCH),
    ],
)
def test_a_missing_maven_is_a_reason(bare, server, product):
    fake_java(bare / "jvm" / "a", NEW)
    with pytest.raises(ServerMissing) as told, server():
        pass
    assert str(told.value) == f"mvn saknas och behövs för att hämta {product}"


def test_what_is_fetched_is_told_and_kept(bare, capsys):
    fake_maven(bare, 'mkdir -p "$folder"; touch "$folder/a.jar"; echo x >> "$folder/times"')
    folder = search_servers.library(OPENSEARCH)
    assert folder == bare / "var" / "tools" / "opensearch-3.8.0"
    assert search_servers.library(OPENSEARCH) == folder
    assert sorted(path.name for path in folder.iterdir()) == [".complete", "a.jar", "times"]
    assert (folder / "times").read_text(encoding="utf-8") == "x\n"
    assert capsys.readouterr().out == "Hämtar OpenSearch 3.8.0 med Maven …\n"


def test_half_a_fetch_is_made_anew(bare):
    fake_maven(bare, 'mkdir -p "$folder"; echo whole > "$folder/b.jar"')
    folder = bare / "var" / "tools" / "elasticsearch-8.19.21"
    folder.mkdir(parents=True)
    (folder / "a.jar").write_text("ha", encoding="utf-8")
    search_servers.library(ELASTICSEARCH)
    assert sorted(path.name for path in folder.iterdir()) == [".complete", "b.jar"]


def test_two_that_start_at_once_fetch_once(bare):
    fake_maven(bare, 'sleep 0.3; mkdir -p "$folder"; echo x >> "$folder/../times"')
    both = [threading.Thread(target=search_servers.library, args=(OPENSEARCH,)) for __ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert (bare / "var" / "tools" / "times").read_text(encoding="utf-8") == "x\n"


def test_a_failed_fetch_is_a_reason_and_is_not_kept(bare):
    fake_maven(bare, 'mkdir -p "$folder"; echo "[ERROR] no route to host"; exit 1')
    with pytest.raises(ServerMissing) as told:
        search_servers.library(OPENSEARCH)
    assert str(told.value) == "mvn kunde inte hämta servern: [ERROR] no route to host"
    with pytest.raises(ServerMissing):
        search_servers.library(OPENSEARCH)


def test_the_version_is_the_one_that_is_fetched():
    for product, version in ((ELASTICSEARCH, "8.19.21"), (OPENSEARCH, "3.8.0.0")):
        pom = search_servers.FILES / f"{product.name.lower()}.pom.xml"
        lines = pom.read_text(encoding="utf-8").splitlines()
        inside = {line.strip() for line in lines if "<version>" in line}
        assert inside == {"<version>1</version>", f"<version>{version}</version>"}
        assert version.startswith(product.version)


def test_a_server_that_does_not_start_tells_its_last_words(bare):
    fake_maven(bare, 'mkdir -p "$folder"')
    program(
        bare / "jvm" / "a" / "bin" / "java",
        f'[ "$1" = -version ] && echo \'{NEW}\' >&2 || echo "no space left"',
    )
    with pytest.raises(ServerMissing) as told, search_servers.opensearch():
        pass
    assert str(told.value) == "servern svarar inte: no space left"


def test_the_command_ends_where_nothing_can_be_started(bare, capsys):
    assert command.serve() == 1
    assert capsys.readouterr().out == (
        "Utelämnat: Elasticsearch 8.19.21 – java saknas: Java 17 eller senare behövs\n"
        "Utelämnat: OpenSearch 3.8.0 – java saknas: Java 21 eller senare behövs\n"
    )


@pytest.mark.slow
@pytest.mark.validators
def test_the_command_serves_until_it_is_interrupted():
    try:
        java(ELASTICSEARCH.oldest_java)
    except JavaTooOld as old:
        pytest.skip(str(old))
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        [sys.executable, "-m", "scripts.search_servers"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        # The first time on a machine a line tells that the server is fetched.
        lines = iter(running.stdout.readline, "")
        line = next(line for line in lines if not line.startswith("Hämtar "))
        setting, __, rest = line.partition("=")
        url, __, product = rest.strip().partition("  ")
        assert (setting, product) == ("ELASTICSEARCH_URL", "(Elasticsearch 8.19.21)")
        assert search_servers.is_in_order(url)
    finally:
        running.send_signal(throwaway.signal.SIGINT)
        running.communicate()
    assert running.returncode == 130
    assert not search_servers.is_in_order(url)
