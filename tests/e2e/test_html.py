"""Pages are valid HTML by the Nu checker."""

import subprocess
import urllib.error
import urllib.request

import pytest

from tests.e2e.test_accessibility import PAGES
from tests.node_tools import tool

pytestmark = [pytest.mark.e2e, pytest.mark.validators]


def faults(path) -> str:
    """Return what the checker finds wrong in a file, empty when it is valid."""
    jar = tool("vnu-jar/build/dist/vnu.jar")
    command = ["java", "-jar", str(jar), "--errors-only", "--stdout", "--format", "gnu", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_every_page_type_is_valid(site, tmp_path):
    for name, address in PAGES.items():
        request = urllib.request.Request(site.url + address)  # noqa: S310 - our own server
        try:
            body = urllib.request.urlopen(request, timeout=30).read()  # noqa: S310
        except urllib.error.HTTPError as error:
            body = error.read()
        (tmp_path / f"{name}.html").write_bytes(body)
    assert faults(tmp_path) == ""


def test_the_checker_finds_a_fault(tmp_path):
    (tmp_path / "fel.html").write_text("<!doctype html><title>x</title><p><div></p><img>")
    assert "error" in faults(tmp_path)
