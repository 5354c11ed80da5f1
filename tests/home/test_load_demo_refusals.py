"""load_demo on a site that is not for it."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command


def test_production_is_refused_in_one_line(settings, db) -> None:
    settings.SAMAGT_ENV = "production"
    with pytest.raises(CommandError) as refused:
        call_command("load_demo", stdout=StringIO())
    assert len(str(refused.value).splitlines()) == 1
    assert "SAMAGT_ENV" in str(refused.value)


def test_the_command_ends_with_1_in_production(tmp_path) -> None:
    environment = os.environ | {
        "SAMAGT_ENV": "production",
        "SAMAGT_VAR_DIR": str(tmp_path),
        "SECRET_KEY": "only-for-this-test-" * 4,
        "ALLOWED_HOSTS": "samagt.example.se",
        "BASE_URL": "https://samagt.example.se",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'production.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "load_demo"],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "SAMAGT_ENV" in done.stderr
    assert done.stdout == ""


def test_it_stands_on_init_site(db) -> None:
    with pytest.raises(CommandError, match="init_site"):
        call_command("load_demo", stdout=StringIO())
