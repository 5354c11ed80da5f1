"""Reads the environment; a wrong value stops the start with one line naming the variable."""

import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

ENVIRONMENTS = ("dev", "production", "test")


def read(name: str, parse: Callable[[str], T], default: T) -> T:
    """Return the variable parsed, or the default when it is unset or empty.

    Raises ImproperlyConfigured with a line that names the variable when the value is wrong.
    """
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return parse(raw)
    except ValueError as error:
        message = f"{name}: {error}"
        raise ImproperlyConfigured(message) from error


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Stop with one line instead of a traceback when the environment is wrong.

    Every way in (manage.py, the web server, the worker) loads its settings inside this.
    """
    try:
        yield
    except ImproperlyConfigured as error:
        sys.stderr.write(f"samagt: {error}\n")
        sys.stderr.flush()
        raise SystemExit(2) from None


def load_settings() -> None:
    """Load Django's settings, or stop with one line that names the variable that is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with one_line_errors():
        settings.SAMAGT_ENV  # noqa: B018 - the first question loads the settings


def environment_name(raw: str) -> str:
    """Return one of the known environment names."""
    if raw not in ENVIRONMENTS:
        message = f"{raw!r} is not one of {', '.join(ENVIRONMENTS)}"
        raise ValueError(message)
    return raw


def index_prefix(raw: str) -> str:
    """Return what names of search indexes may begin with."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", raw):
        message = f"{raw!r} is not a lower-case word of letters, digits, - and _ (40 at most)"
        raise ValueError(message)
    return raw


def has_port(raw: str) -> bool:
    """Return whether the port of an address, if it has one, is a port."""
    try:
        return urlsplit(raw).port != 0
    except ValueError:
        return False


def database_address(raw: str) -> str:
    """Return the address of a database whose parts make sense."""
    parts = urlsplit(url("postgres", "postgresql", "sqlite")(raw))
    if parts.scheme != "sqlite" and not (parts.hostname and parts.path.strip("/")):
        message = "an address such as postgres://USER:PASSWORD@HOST:5432/NAME is needed"
        raise ValueError(message)
    return raw


def url(*schemes: str) -> Callable[[str], str]:
    """Return a parser that accepts absolute addresses of the given schemes."""

    def parse(raw: str) -> str:
        parts = urlsplit(raw)
        if parts.scheme not in schemes or not (parts.netloc or parts.path) or not has_port(raw):
            known = " or ".join(f"{scheme}://" for scheme in schemes)
            message = f"an address starting with {known} is needed"
            raise ValueError(message)
        return raw

    return parse


def mail_folder(folder: Path) -> dict[str, object]:
    """Return the mail transport that writes each mail as a file (the embedded default)."""
    return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "FILE_PATH": str(folder)}


def mail_transport(raw: str) -> dict[str, object]:
    """Return the mail transport of `smtp://USER:PASSWORD@HOST:PORT`, `smtp+tls://` or `smtp+ssl://`."""
    parts = urlsplit(raw)
    known = parts.scheme in {"smtp", "smtp+tls", "smtp+ssl"}
    if not known or not parts.hostname or not has_port(raw):
        message = "an address such as smtp+tls://USER:PASSWORD@mail.example.se:587 is needed"
        raise ValueError(message)
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "HOST": parts.hostname,
        "PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme],
        "USERNAME": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "USE_TLS": parts.scheme == "smtp+tls",
        "USE_SSL": parts.scheme == "smtp+ssl",
        "TIMEOUT": 20,
    }


def web_address(raw: str) -> str:
    """Return an http(s) address without a trailing slash."""
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not has_port(raw):
        message = "an address such as https://samagt.example.se is needed"
        raise ValueError(message)
    return raw.rstrip("/")


def names(raw: str) -> list[str]:
    """Return the comma-separated values."""
    return [part.strip() for part in raw.split(",") if part.strip()]


def secure_address(raw: str) -> str:
    """Return an https address; http is good enough for this machine alone."""
    parts = urlsplit(web_address(raw))
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("an address starting with https:// is needed")
    return raw.rstrip("/")


def pairs(raw: str) -> dict[str, str]:
    """Return `theirs=ours,theirs=ours` as a dictionary."""
    split = [part.partition("=") for part in names(raw)]
    if not all(separator and key.strip() and value.strip() for key, separator, value in split):
        raise ValueError("pairs such as samordnare=coordinator,las=reader are needed")
    return {key.strip(): value.strip() for key, _, value in split}


def whole_number(raw: str) -> int:
    """Return a non-negative whole number."""
    if not raw.isdecimal():
        message = f"{raw!r} is not a whole number"
        raise ValueError(message)
    return int(raw)


def local_secret(path: Path) -> str:
    """Return the secret kept in a private file, made on first use (development only)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
