"""import-linter's contracts hold, and each of them fires on a planted violation."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent.parent
CONFIGURATION = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["importlinter"]
PACKAGES = CONFIGURATION["root_packages"]

# contract id -> (file to add to, line to add)
PLANTED = {
    "apps": ("catalogue/apps.py", "import governance.apps"),
    "inside-apps": ("members/models/person.py", "import members.adapters"),
    "inside-core": ("core/audiences.py", "import core.models"),
    "inside-search": ("search/models.py", "import search.finding"),
    "pure": ("members/org_number.py", "import django.db"),
    "siblings": ("networks/apps.py", "import governance.apps"),
}


def run_linter(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a tree of its own."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def tree(tmp_path) -> Path:
    """Return a copy of the source tree."""
    for package in PACKAGES:
        ignore = shutil.ignore_patterns("__pycache__", "*.po", "*.html")
        shutil.copytree(BASE / package, tmp_path / package, ignore=ignore)
    shutil.copy(BASE / "pyproject.toml", tmp_path)
    return tmp_path


def test_layers_are_kept(tree):
    result = run_linter(tree)
    assert (result.returncode, "0 broken" in result.stdout) == (0, True), result.stdout


@pytest.mark.parametrize("contract", [c["id"] for c in CONFIGURATION["contracts"]])
def test_contract_fires_on_a_planted_violation(tree, contract):
    file, line = PLANTED[contract]
    path = tree / file
    path.write_text(path.read_text() + f"\n{line}\n")
    result = run_linter(tree)
    name = next(c["name"] for c in CONFIGURATION["contracts"] if c["id"] == contract)
    assert result.returncode == 1
    assert f"{name} BROKEN" in result.stdout


def test_siblings_may_not_import_each_other(tree):
    path = tree / PLANTED["siblings"][0]
    path.write_text(path.read_text() + f"\n{PLANTED['siblings'][1]}\n")
    assert "Apps depend downwards only BROKEN" in run_linter(tree).stdout


def test_a_stray_module_is_refused(tree):
    (tree / "members" / "utils.py").write_text('"""A drawer."""\n')
    assert run_linter(tree).returncode == 1
