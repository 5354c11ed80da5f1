"""Development and trial: everything embedded, on one machine."""

from config.environment import local_secret, names, read
from config.settings.base import *  # noqa: F403 - settings modules are merged
from config.settings.base import VAR_DIR

SECRET_KEY = read("SECRET_KEY", str, "") or local_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = read("ALLOWED_HOSTS", names, ["localhost", "127.0.0.1", "[::1]"])
# Passkeys need a secure origin; browsers count http://localhost as one, the library must be told.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
