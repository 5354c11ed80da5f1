"""Reads the environment; a wrong value stops the start with one line naming the variable."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

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


def environment_name(raw: str) -> str:
    """Return one of the known environment names."""
    if raw not in ENVIRONMENTS:
        message = f"{raw!r} is not one of {', '.join(ENVIRONMENTS)}"
        raise ValueError(message)
    return raw


def url(*schemes: str) -> Callable[[str], str]:
    """Return a parser that accepts absolute addresses of the given schemes."""

    def parse(raw: str) -> str:
        parts = urlsplit(raw)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            message = f"an address starting with {' or '.join(s + '://' for s in schemes)} is needed"
            raise ValueError(message)
        return raw

    return parse


def mail_folder(folder: Path) -> dict[str, object]:
    """Return the mail transport that writes each mail as a file (the embedded default)."""
    return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "FILE_PATH": str(folder)}


def mail_transport(raw: str) -> dict[str, object]:
    """Return the mail transport of `smtp://USER:PASSWORD@HOST:PORT`, `smtp+tls://` or `smtp+ssl://`."""
    parts = urlsplit(raw)
    if parts.scheme not in {"smtp", "smtp+tls", "smtp+ssl"} or not parts.hostname:
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
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = "an address such as https://samagt.example.se is needed"
        raise ValueError(message)
    return raw.rstrip("/")


def names(raw: str) -> list[str]:
    """Return the comma-separated values."""
    return [part.strip() for part in raw.split(",") if part.strip()]


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
