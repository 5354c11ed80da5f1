"""A password hasher that counts how often it worked."""

from typing import ClassVar

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class CountingHasher(PBKDF2PasswordHasher):
    """PBKDF2 with one round, and a tally."""

    algorithm = "counted"
    iterations = 1
    worked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Work, and note it."""
        self.worked.append(password)
        return super().encode(password, salt, iterations)

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Every hash here has the same number of rounds."""
