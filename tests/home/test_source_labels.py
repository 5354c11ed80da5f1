"""Labels of our own working papers reach neither the product's files nor its pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Page

LABEL = re.compile("seed" + r"[\W_]?00\d", re.IGNORECASE)
SKIPPED = {".git", "node_modules", "var", "__pycache__", "vendor", ".venv"}


def product_files(base: Path) -> Iterator[Path]:
    for path in sorted(base.iterdir()):
        if path.name in SKIPPED or path.name.startswith(".venv"):
            continue
        if path.is_dir():
            yield from product_files(path)
        else:
            yield path


def labelled(base: Path) -> list[str]:
    return [
        str(path)
        for path in product_files(base)
        if LABEL.search(path.name) or LABEL.search(path.read_text("utf-8", "ignore"))
    ]


def test_no_file_holds_a_label() -> None:
    assert labelled(settings.BASE_DIR) == []
    assert len(list(product_files(settings.BASE_DIR))) > 200


@pytest.mark.parametrize("text", ["se seed" + "003", "Seed" + "-001", "SEED" + "_004"])
def test_a_label_would_be_found(tmp_path, text) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "fakta.toml").write_text(text, encoding="utf-8")
    assert labelled(tmp_path) == [str(tmp_path / "folder" / "fakta.toml")]


def test_no_page_shows_a_label(demo, client) -> None:
    addresses = [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]
    assert len(addresses) == 31
    for address in [*addresses, "/kommuner/2380/", "/kommuner/0180/"]:
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)
        assert LABEL.findall(answer.text) == []
