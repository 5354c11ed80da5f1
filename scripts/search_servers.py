"""`make search-servers`: real search servers to try the product with, until Ctrl-C."""

import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from scripts._lib import search_servers
from scripts._lib.console import fail
from scripts._lib.search_servers import ELASTICSEARCH, OPENSEARCH, Product
from scripts._lib.supervisor import interrupt_on_signals
from scripts._lib.throwaway import ServerMissing

# The product speaks with both in the same way, so the setting is the same.
SETTING = "ELASTICSEARCH_URL"
SERVERS = ((ELASTICSEARCH, search_servers.elasticsearch), (OPENSEARCH, search_servers.opensearch))


def main() -> int:
    """Serve until the person has had enough; return the exit code."""
    interrupt_on_signals()
    try:
        return serve()
    except KeyboardInterrupt:
        fail("Avslutat.", 130)


def serve() -> int:
    """Start what can be started, print where it is, and wait; return 1 when nothing can."""
    with ExitStack() as running:
        started = [start(running, product, server) for product, server in SERVERS]
        if not any(started):
            return 1
        print("Avsluta med Ctrl-C.", flush=True)
        threading.Event().wait()
    return 0


def start(
    running: ExitStack, product: Product, server: Callable[[], AbstractContextManager[str]]
) -> bool:
    """Start one server and print its address, or why it is left out; return whether it runs."""
    try:
        url = running.enter_context(server())
    except ServerMissing as missing:
        print(f"Utelämnat: {product} – {missing}", flush=True)
        return False
    print(f"{SETTING}={url}  ({product})", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
