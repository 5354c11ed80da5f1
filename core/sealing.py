"""Encrypts what must not be readable in the database or a backup of it."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

__all__ = ["InvalidToken", "seal", "unseal"]


def seal(plain: bytes, *, purpose: str) -> bytes:
    """Return `plain` encrypted with a key derived from SECRET_KEY for this purpose."""
    return _fernet(purpose).encrypt(plain)


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Return what was sealed; older secrets in SECRET_KEY_FALLBACKS still open it.

    Raises InvalidToken when no known secret fits or the text was changed.
    """
    return _fernet(purpose).decrypt(bytes(sealed))


def _fernet(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret: str, purpose: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=f"samagt.{purpose}".encode())
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
