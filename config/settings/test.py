"""Tests: the embedded default unless DATABASE_URL and REDIS_URL say otherwise."""

import os
from pathlib import Path

os.environ.setdefault(
    "SAMAGT_VAR_DIR", str(Path(__file__).resolve().parent.parent.parent / "var" / "test")
)

from config.settings.base import *  # noqa: F403 - the folder must be set first
from config.settings.base import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR

SAMAGT_ENV = "test"
SECRET_KEY = "only-for-tests"  # noqa: S105 - not a secret
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
CELERY_TASK_ALWAYS_EAGER = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# WhiteNoise warns of a folder that is not there, and warnings are errors.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
EMAIL_TRANSPORT = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, so that --reuse-db saves the migrations; power loss does not matter here.
    # Threads of tests leave no connection open behind them.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {
        "init_command": DATABASES["default"]["OPTIONS"]["init_command"].replace("=FULL", "=OFF")
    }

# Static files straight from their sources: a test collects nothing.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
