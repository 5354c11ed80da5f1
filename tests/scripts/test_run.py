"""Processes are started, watched and stopped together, and people are told what happened."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import run
from scripts._lib.address import Address, free_port
from scripts._lib.console import StartRefused
from scripts._lib.demo_logins import read_logins, table
from scripts._lib.supervisor import Supervisor
from tests.scripts.repository import ROOT

EVERYWHERE = "0.0.0.0"  # noqa: S104 - never bound here

SLEEP = "import time; time.sleep(60)"
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def supervisor(tmp_path):
    made = Supervisor(os.environ, tmp_path)
    yield made
    made.stop(timeout=0)


def python(code):
    return [sys.executable, "-c", code]


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_an_ended_child_is_found(supervisor):
    supervisor.start("kvar", python(SLEEP))
    supervisor.start("slut", python("raise SystemExit(3)"))
    child = supervisor.watch()
    assert (child.name, child.process.returncode) == ("slut", 3)


def test_stop_ends_every_child(supervisor):
    children = [supervisor.start(name, python(SLEEP)) for name in ("a", "b")]
    supervisor.stop()
    assert [child.process.returncode for child in children] == [-signal.SIGTERM] * 2


def wait_for_output(capsys) -> str:
    """Return what a child says first, however slowly the machine starts it."""
    said = ""
    deadline = time.monotonic() + 60
    while not said and time.monotonic() < deadline:
        time.sleep(0.05)
        said = capsys.readouterr().out
    return said


def test_a_deaf_child_is_killed(supervisor, capsys):
    child = supervisor.start("döv", python(DEAF))
    assert "deaf" in wait_for_output(capsys)
    supervisor.stop(timeout=0.3)
    assert child.process.returncode == -signal.SIGKILL


def test_grandchildren_go_too(supervisor, capsys):
    supervisor.start("p", python(PARENT))
    grandchild = int(wait_for_output(capsys).split("|")[1])
    assert is_running(grandchild)
    supervisor.stop()
    deadline = time.monotonic() + 30
    while is_running(grandchild) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(grandchild)


def test_waiting_ends_when_a_child_does(supervisor):
    supervisor.start("slut", python("pass"))
    assert supervisor.wait_until(lambda: False, timeout=30) is False


def test_output_carries_the_name(supervisor, capsys):
    child = supervisor.start("webb", python("print('hej')"))
    child.process.wait()
    supervisor.stop()
    assert capsys.readouterr().out == "webb   | hej\n"


def test_address_from_environment():
    assert Address.from_environment({}) == Address("127.0.0.1", 8000)
    assert Address.from_environment({"HOST": EVERYWHERE, "PORT": "81"}) == Address(EVERYWHERE, 81)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_wrong_port_is_named(port):
    with pytest.raises(StartRefused, match="PORT"):
        Address.from_environment({"PORT": port})


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://localhost:8000"),
        (EVERYWHERE, "http://localhost:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
    ],
)
def test_the_address_to_type(host, url):
    assert Address(host, 8000).url == url


def test_a_busy_port_is_one_line():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(StartRefused, match=f"127.0.0.1:{port}") as refused:
            Address("127.0.0.1", port).refuse_if_busy()
    assert len(str(refused.value).splitlines()) == 1


def test_a_free_port_is_accepted():
    Address("127.0.0.1", free_port()).refuse_if_busy()


def test_nothing_answers_on_a_free_port():
    assert not Address("127.0.0.1", free_port()).is_alive()


def test_base_url_follows_the_port():
    address = Address("127.0.0.1", 9000)
    assert run.child_environment(address, {})["BASE_URL"] == "http://localhost:9000"
    assert run.child_environment(address, {"BASE_URL": ""})["BASE_URL"] == "http://localhost:9000"


def test_base_url_of_the_person_is_kept():
    told = {"BASE_URL": "https://samagt.example.se"}
    environ = run.child_environment(Address("127.0.0.1", 9000), told)
    assert environ["BASE_URL"] == "https://samagt.example.se"


LOGINS = (
    '[{"email": "o@exempel.invalid", "role": "Ordförande", "organisation": "Provisum (exempel)",'
    ' "password": "hemligt", "totp_secret": "JBSWY3DP"}]'
)


def test_demo_logins_are_a_table(tmp_path):
    file = tmp_path / "demo-logins.json"
    file.write_text(LOGINS, encoding="utf-8")
    assert list(table(read_logins(file))) == [
        "Roll        Organisation        E-post             Lösenord  Engångskod (TOTP-nyckel)",
        "Ordförande  Provisum (exempel)  o@exempel.invalid  hemligt   JBSWY3DP",
    ]


@pytest.mark.parametrize("content", ["", "{", "{}", '["x"]'])
def test_broken_demo_logins_are_no_table(tmp_path, content):
    file = tmp_path / "demo-logins.json"
    file.write_text(content, encoding="utf-8")
    assert list(table(read_logins(file))) == []


@pytest.mark.parametrize(
    "environ", [{"DATABASE_URL": "postgres://x/y"}, {"SAMAGT_ENV": "production"}]
)
def test_demo_logins_are_only_for_the_own_database(tmp_path, monkeypatch, environ):
    file = tmp_path / "demo-logins.json"
    file.write_text(LOGINS, encoding="utf-8")
    monkeypatch.setattr(run, "DEMO_LOGINS", file)
    address = Address("127.0.0.1", 8000)
    assert any("hemligt" in line for line in run.greeting(address, {}))
    assert not any("hemligt" in line for line in run.greeting(address, environ))


def run_command(**environ):
    return subprocess.run(
        [sys.executable, "-m", "scripts.run"],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_run_stops_before_any_work_on_a_busy_port():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        finished = run_command(PORT=str(busy.getsockname()[1]), HOST="127.0.0.1")
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert len(finished.stderr.splitlines()) == 1
