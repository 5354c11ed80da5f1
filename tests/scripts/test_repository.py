"""What must not stand in any file of the project."""

import json
import re

import pytest

from tests.scripts.repository import ROOT, texts, tracked_files

# Put together from parts, so that this file does not hold what it looks for.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "maven" + ".org",
    "repo.maven.apache" + ".org",
    "deb.debian" + ".org",
    "security.debian" + ".org",
]
FOLDERS = ["work", "root", "home", "Users", "opt/wheels"]
REGISTRY = re.compile("|".join(map(re.escape, REGISTRIES)))
MACHINE_PATH = re.compile(rf"(?<![\w./{{}}<>$:-])/(?:{'|'.join(FOLDERS)})/")


def found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [line for line in text.splitlines() if pattern.search(line)]


def test_no_file_names_a_package_registry():
    hits = {path.name: lines for path, text in texts() if (lines := found(REGISTRY, text))}
    assert hits == {}


def test_no_file_names_a_path_of_one_machine():
    hits = {path.name: lines for path, text in texts() if (lines := found(MACHINE_PATH, text))}
    assert hits == {}


@pytest.mark.parametrize("host", REGISTRIES)
def test_a_registry_would_be_found(host):
    assert found(REGISTRY, f"index = https://files.{host}/simple") != []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_machine_path_would_be_found(folder):
    assert found(MACHINE_PATH, f"cd '/{folder}/someone'") != []


@pytest.mark.parametrize(
    "harmless", ["https://exempel.invalid/work/", "src/work/", "</home/>", "{% url %}/root/"]
)
def test_an_address_is_no_machine_path(harmless):
    assert found(MACHINE_PATH, harmless) == []


def resolved_addresses(lock: object) -> list[str]:
    """Return each download address anywhere in a package lock."""
    if isinstance(lock, dict):
        own = [value for key, value in lock.items() if key == "resolved"]
        return own + [hit for value in lock.values() for hit in resolved_addresses(value)]
    return []


def test_package_locks_name_no_download_address():
    manifests = [path for path in tracked_files() if path.name == "package.json"]
    for manifest in manifests:
        lock = json.loads(manifest.with_name("package-lock.json").read_text(encoding="utf-8"))
        assert resolved_addresses(lock) == []


def test_a_download_address_would_be_found():
    lock = {"packages": {"node_modules/x": {"version": "1.0.0", "resolved": "https://x/x.tgz"}}}
    assert resolved_addresses(lock) == ["https://x/x.tgz"]


def test_the_licence_is_whole():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in licence
    assert "Appendix" in licence
