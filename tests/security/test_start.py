"""The product starts with what makes sense, and stops with one line at what does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "x2k9-" * 12
PRODUCTION = {
    "SAMAGT_ENV": "production",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "samagt.example.se",
    "BASE_URL": "https://samagt.example.se",
}


def run(*command: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the product with nothing but this environment."""
    clean = {"PATH": os.environ["PATH"], "SAMAGT_VAR_DIR": str(tmp_path)} | environment
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_production_passes_djangos_deployment_checks(tmp_path) -> None:
    done = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **PRODUCTION
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_deployment_checks_do_find_something(tmp_path) -> None:
    """Control: the development settings do not pass them."""
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)

    assert done.returncode == 1
    assert "security.W012" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("ALLOWED_HOSTS", ""),
        ("SAMAGT_ENV", "prod"),
        ("DATABASE_URL", "mysql://samagt@db/samagt"),
        ("DATABASE_URL", "postgres://samagt@db:port/samagt"),
        ("DATABASE_URL", "postgres://db"),
        ("REDIS_URL", "http://cache"),
        ("REDIS_URL", "redis://cache:port"),
        ("BASE_URL", "samagt.example.se"),
        ("EMAIL_URL", "mail.example.se"),
        ("STORAGE_URL", "https://files.example.se/"),
        ("SENTRY_DSN", "sentry"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("OIDC_ISSUER", "login.example.se"),
        ("OIDC_CLIENT_ID", "samagt"),
        ("SAML_METADATA_URL", "login.example.se"),
        ("SAML_ENTITY_ID", "https://login.example.se"),
    ],
)
def test_stops_with_one_line_that_names_the_variable(tmp_path, name, value) -> None:
    done = run("manage.py", "check", tmp_path=tmp_path, **(PRODUCTION | {name: value}))

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"samagt: {name}: ")


def test_the_worker_stops_the_same_way(tmp_path) -> None:
    done = run(
        "-m", "celery", "-A", "config.celery", "worker", tmp_path=tmp_path, REDIS_URL="cache"
    )

    assert done.returncode == 2
    assert "samagt: REDIS_URL: " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_web_server_stops_the_same_way(tmp_path) -> None:
    done = run(
        *("-m", "granian", "--interface", "wsgi", "--port", "0", "config.wsgi:application"),
        tmp_path=tmp_path,
        REDIS_URL="cache",
    )

    assert "samagt: REDIS_URL: " in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
