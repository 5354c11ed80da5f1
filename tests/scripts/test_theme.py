"""The colours and sizes in theme.css are those of the design system's own generator."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import build_assets
from tests.scripts.repository import ROOT

pytestmark = pytest.mark.validators

THEME = ROOT / "static" / "css" / "theme.css"
CONFIG = "designsystemet.config.json"
ACCENT = "#11564B"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Path:
    """A folder with the generator in the version that the lock names."""
    folder = tmp_path_factory.mktemp("tema")
    for name in (*build_assets.PACKAGE_FILES, CONFIG):
        shutil.copyfile(ROOT / name, folder / name)
    npm(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    return folder


def npm(folder: Path, *arguments: str) -> None:
    program, path = build_assets.find_npm() or build_assets.install_node()
    finished = subprocess.run(
        [*program, *arguments],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def generated(folder: Path) -> str:
    npm(folder, "run", "theme:build")
    return (folder / "var" / "build" / "theme" / "css" / "samagt.css").read_text(encoding="utf-8")


def test_the_theme_is_what_the_configuration_gives(workshop) -> None:
    assert generated(workshop) == THEME.read_text(encoding="utf-8")


def test_another_colour_gives_another_theme(workshop) -> None:
    config = workshop / CONFIG
    text = config.read_text(encoding="utf-8")
    assert text.count(ACCENT) == 1
    config.write_text(text.replace(ACCENT, "#7A1F4B"), encoding="utf-8")
    try:
        assert generated(workshop) != THEME.read_text(encoding="utf-8")
    finally:
        config.write_text(text, encoding="utf-8")
