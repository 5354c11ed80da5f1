"""The environment is made when needed, left alone when unchanged, and healed when broken off."""

import io
import os
import subprocess
import sys

import pytest

from scripts import bootstrap
from scripts._lib import virtualenv
from scripts._lib.console import StartRefused, Steps
from scripts._lib.virtualenv import Environment, PipProgress
from tests.scripts.repository import ROOT


class Pip:
    """Stands for pip: notes which locks it was asked to install, and can break off."""

    def __init__(self):
        self.installed = []
        self.breaks_off = False

    def __call__(self, _folder, lock, _tell):
        if self.breaks_off:
            raise KeyboardInterrupt
        self.installed.append(lock.stem)


@pytest.fixture
def pip(monkeypatch):
    stand_in = Pip()
    monkeypatch.setattr(virtualenv, "run_pip", stand_in)
    return stand_in


@pytest.fixture
def environment(tmp_path, monkeypatch):
    locks = tmp_path / "requirements"
    locks.mkdir()
    (locks / "runtime.txt").write_text("a==1\n")
    (locks / "dev.txt").write_text("a==1\nb==1\n")

    def create(self):
        (self.folder / "bin").mkdir(parents=True, exist_ok=True)
        (self.folder / "bin" / "python").touch()

    monkeypatch.setattr(Environment, "_create", create)
    return Environment(tmp_path / "venv", locks)


def ensure(environment, kind):
    told = io.StringIO()
    bootstrap.ensure_environment(kind, Steps(1, stream=told), environment)
    return told.getvalue()


def test_first_start_installs(environment, pip):
    ensure(environment, "runtime")
    assert pip.installed == ["runtime"]


def test_second_start_says_unchanged(environment, pip):
    ensure(environment, "runtime")
    assert ensure(environment, "runtime") == "[1/1] Python-miljö: oförändrad\n"
    assert pip.installed == ["runtime"]


def test_dev_holds_runtime_too(environment, pip):
    ensure(environment, "dev")
    ensure(environment, "runtime")
    assert pip.installed == ["dev"]


def test_dev_is_added_to_a_current_runtime(environment, pip):
    ensure(environment, "runtime")
    kept = environment.folder / "kept"
    kept.touch()
    ensure(environment, "dev")
    assert pip.installed == ["runtime", "dev"]
    assert kept.exists()


def test_a_changed_lock_is_installed(environment, pip):
    ensure(environment, "runtime")
    environment.lock_file("runtime").write_text("a==2\n")
    ensure(environment, "runtime")
    assert pip.installed == ["runtime", "runtime"]


def test_another_python_installs_anew(environment, pip, monkeypatch):
    ensure(environment, "runtime")
    monkeypatch.setattr(virtualenv.sys, "base_prefix", "/another/python")
    assert not environment.is_current("runtime")


def test_a_broken_off_installation_is_made_again(environment, pip):
    ensure(environment, "runtime")
    environment.lock_file("runtime").write_text("a==2\n")
    pip.breaks_off = True
    with pytest.raises(KeyboardInterrupt):
        ensure(environment, "runtime")
    pip.breaks_off = False
    environment.lock_file("runtime").write_text("a==1\n")
    assert not environment.is_current("runtime")


def test_a_removed_interpreter_is_noticed(environment, pip):
    ensure(environment, "runtime")
    (environment.folder / "bin" / "python").unlink()
    assert not environment.is_current("runtime")


def test_python_without_ensurepip_names_the_package(monkeypatch):
    monkeypatch.setattr(virtualenv.importlib.util, "find_spec", lambda name: name == "venv" or None)
    with pytest.raises(StartRefused, match="python3-venv"):
        virtualenv.refuse_unfit_python()


def test_an_old_python_is_refused(monkeypatch):
    monkeypatch.setattr(virtualenv.sys, "version_info", (3, 11, 1))
    with pytest.raises(StartRefused, match=r"3\.11\.2"):
        virtualenv.refuse_unfit_python()


def test_pip_lines_become_a_count():
    told = []
    progress = PipProgress(41, told.append)
    for _ in range(40):
        progress.read("Collecting something==1\n")
    progress.read("Installing collected packages: something\n")
    assert told == [
        "hämtat 20 av cirka 41 paket",
        "hämtat 40 av cirka 41 paket",
        "installerar 40 paket",
    ]


def find_python(path, **environ):
    return subprocess.run(
        ["/bin/sh", ROOT / "scripts" / "find_python.sh"],
        env={"PATH": str(path), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def program(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_a_name_that_does_not_run_is_passed_over(tmp_path):
    program(tmp_path / "python3.13", "exit 127")
    program(tmp_path / "python3", f'exec {sys.executable} "$@"')
    finished = find_python(tmp_path)
    assert (finished.stdout, finished.returncode) == ("python3\n", 0)


def test_no_python_is_one_line(tmp_path):
    finished = find_python(tmp_path)
    names = "python3.13 python3.12 python3.11 python3"
    assert finished.returncode == 1
    assert finished.stderr.splitlines() == [
        f"Ingen Python 3.11.2 eller senare hittades (sökte: {names})."
    ]


def test_python_without_venv_is_one_line(tmp_path):
    program(tmp_path / "python3", 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    finished = find_python(tmp_path)
    assert finished.returncode == 1
    assert "python3-venv" in finished.stderr
    assert len(finished.stderr.splitlines()) == 1


def test_second_start_is_quick():
    """The check must not import anything heavy: it runs before every command."""
    command = [sys.executable, "-X", "importtime", "-c", "import scripts.bootstrap"]
    finished = subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert "django" not in finished.stderr
