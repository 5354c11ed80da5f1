"""Which servers, browsers and validators a test run can use, and why it lacks the others."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field

from scripts._lib import search_servers, throwaway
from scripts._lib.java import JavaTooOld
from scripts._lib.throwaway import ServerMissing

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Engines:
    """What was found: values for the environment of the tests, and reasons for what is left out.

    Without what is `spared` even a full run is whole.
    """

    found: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    spared: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, value: str | None, reason: str) -> None:
        """Record one engine as found or missing."""
        if value:
            self.found[name] = value
        else:
            self.missing[name] = reason

    def lines(self) -> Iterator[str]:
        """Yield what to tell the person."""
        yield "Motorer: inbyggd SQLite" + "".join(f", {name}" for name in sorted(self.found))
        for name, reason in sorted({**self.missing, **self.spared}.items()):
            yield f"Utelämnat: {name} – {reason}"


def programs(engines: Engines) -> None:
    """Look for the programs that only have to be there."""
    browser = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, BROWSERS)), "")
    engines.note("chromium", browser, "ingen webbläsare (på Debian: apt install chromium)")
    java = shutil.which("java")
    engines.note("java", java, "java saknas (på Debian: apt install openjdk-17-jre-headless)")
    # The PDF validator and the search servers of the tests are Maven artefacts.
    engines.note("maven", shutil.which("mvn"), "mvn saknas (på Debian: apt install maven)")


@contextmanager
def available(environ: Mapping[str, str] = os.environ) -> Iterator[Engines]:
    """Find everything, start the servers that are not given by address, stop them at the end."""
    engines = Engines()
    programs(engines)
    with ExitStack() as running:
        for name, (setting, start) in servers().items():
            add_server(engines, running, name, environ.get(setting), start)
        yield engines


def servers() -> dict[str, tuple[str, Callable[[], AbstractContextManager[str]]]]:
    """Return the servers by name: the setting that gives the address of one, and how to start it.

    Looked up when asked for, so that a test can put something in a server's place.
    """
    return {
        "postgresql": ("TEST_DATABASE_URL", throwaway.postgres),
        "redis": ("TEST_REDIS_URL", throwaway.redis),
        "elasticsearch": ("TEST_ELASTICSEARCH_URL", search_servers.elasticsearch),
        "opensearch": ("TEST_OPENSEARCH_URL", search_servers.opensearch),
    }


def add_server(
    engines: Engines,
    running: ExitStack,
    name: str,
    given: str | None,
    start: Callable[[], AbstractContextManager[str]],
) -> None:
    """Use the given address, else start a server of our own.

    OpenSearch wants a newer Java than Debian 12 has; what it is asked, Elasticsearch is asked too.
    """
    if given:
        engines.found[name] = given
        return
    try:
        engines.found[name] = running.enter_context(start())
    except ServerMissing as missing:
        is_spared = name == "opensearch" and isinstance(missing, JavaTooOld)
        (engines.spared if is_spared else engines.missing)[name] = str(missing)
