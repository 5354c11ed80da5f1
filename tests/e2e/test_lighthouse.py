"""Lighthouse gives the pages that most people meet first at least 95 of 100 in every category."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.lighthouse import CATEGORIES, scores

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

ENOUGH = 95
PAGES = {"home": "/", "catalogue": "/tjanster/", "service": "/tjanster/provisum/"}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_reaches_95_in_every_category(site, browser_program, tmp_path, name) -> None:
    found = scores(site.url + PAGES[name], browser_program, tmp_path, enough=ENOUGH)

    print(f"lighthouse {PAGES[name]}: {found}")  # noqa: T201 - the figures of make lighthouse
    assert {category: score for category, score in found.items() if score < ENOUGH} == {}
    assert set(found) == set(CATEGORIES)


@pytest.fixture
def bad_page(tmp_path) -> Iterator[str]:
    """Serve a page with faults that Lighthouse must see."""
    folder = tmp_path / "fel"
    folder.mkdir()
    (folder / "index.html").write_text(
        "<html><head><meta name=robots content=noindex></head><body><img src=x.png>"
        "<button></button><script>console.error('fel'); document.write('x')</script>"
    )
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_arguments) -> None:
        """Keep the request to itself."""


def test_a_page_with_faults_does_not(bad_page, browser_program, tmp_path: Path) -> None:
    found = scores(bad_page, browser_program, tmp_path, enough=0)

    assert {name for name in CATEGORIES if found[name] < ENOUGH} >= {
        "accessibility",
        "best-practices",
        "seo",
    }
