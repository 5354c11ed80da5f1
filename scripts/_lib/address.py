"""Where the product is served: host, port, and whether it answers there."""

import http.client
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from scripts._lib.console import StartRefused

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - compared with, not bound to
LOCAL = {"127.0.0.1", "::1", "localhost"}
ANSWER_SECONDS = 5.0
SERVER_ERROR = 500


@dataclass(frozen=True)
class Address:
    """A host and port to listen on."""

    host: str
    port: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Address":
        """Read HOST and PORT; 127.0.0.1:8000 unless told."""
        raw = environ.get("PORT", "").strip() or "8000"
        if not raw.isdecimal() or not 0 < int(raw) < 2**16:
            raise StartRefused(f"PORT: {raw!r} är inget portnummer mellan 1 och 65535.")
        return cls(environ.get("HOST", "").strip() or "127.0.0.1", int(raw))

    @property
    def url(self) -> str:
        """Return what to type in a browser; passkeys need the name localhost."""
        name = "localhost" if self.host in EVERYWHERE | LOCAL else self.host
        return f"http://{name}:{self.port}"

    @property
    def reachable_host(self) -> str:
        """Return a host that can be connected to from this machine."""
        return "127.0.0.1" if self.host in EVERYWHERE else self.host

    def refuse_if_busy(self) -> None:
        """Stop with one line when nothing can listen here."""
        try:
            family = socket.getaddrinfo(self.host or None, self.port)[0][0]
            with socket.socket(family) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind((self.host, self.port))
        except OSError as error:
            raise StartRefused(self._busy_text(error)) from error

    def _busy_text(self, error: OSError) -> str:
        here = f"{self.host}:{self.port}"
        if isinstance(error, socket.gaierror):
            return f"HOST: adressen {self.host!r} är okänd."
        return f"Det går inte att lyssna på {here} ({error.strerror}). Pröva: make run PORT=8001"

    def status_of(self, path: str) -> int | None:
        """Return the status code the path answers with, None while nothing answers."""
        answer = self.answer_of(path)
        return answer[0] if answer else None

    def answer_of(self, path: str) -> tuple[int, str] | None:
        """Return the status code and the text of a path, None while nothing answers."""
        connection = http.client.HTTPConnection(
            self.reachable_host, self.port, timeout=ANSWER_SECONDS
        )
        try:
            connection.request("GET", path, headers={"Host": self.url.split("//")[1]})
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def is_alive(self) -> bool:
        """Tell whether the product answers on its health address."""
        status = self.status_of("/halsa/")
        return status is not None and status < SERVER_ERROR


def free_port() -> int:
    """Return a port on the loopback address that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
