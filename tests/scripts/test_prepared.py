"""A second start recognises that nothing changed, and only then leaves Django out."""

import sqlite3
from contextlib import closing

import pytest

from scripts._lib import prepared


@pytest.fixture
def product(tmp_path, monkeypatch):
    """A product of one app, one translation and a database that is in order."""
    for name, text in {
        "home/models.py": "x = 1",
        "static/site.css": "a{}",
        "locale/sv/LC_MESSAGES/django.po": "",
        "locale/sv/LC_MESSAGES/django.mo": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    var = tmp_path / "var"
    var.mkdir()
    monkeypatch.setattr(prepared, "VAR", var)
    monkeypatch.setattr(prepared, "VENV", tmp_path / "venv")
    monkeypatch.setattr(prepared, "RECORD", var / "prepared.json")
    for name in ("product_sources", "translations", "static_fingerprint"):
        monkeypatch.setattr(getattr(prepared, name), "__defaults__", (tmp_path,))
    with closing(sqlite3.connect(var / "samagt.sqlite3")) as database:
        database.executescript(
            "CREATE TABLE django_migrations (id integer primary key);"
            "INSERT INTO django_migrations VALUES (1), (2);"
            "CREATE TABLE members_user (id integer primary key);"
            "INSERT INTO members_user VALUES (1);"
        )
    prepared.remember(str(var / "samagt.sqlite3"), "members_user", {})
    return tmp_path


def change_database(product, statement):
    with closing(sqlite3.connect(product / "var" / "samagt.sqlite3")) as database:
        database.execute(statement)
        database.commit()


def test_an_unchanged_product_is_prepared(product):
    assert prepared.is_prepared({})


def test_a_new_user_changes_nothing(product):
    change_database(product, "INSERT INTO members_user VALUES (2)")
    assert prepared.is_prepared({})


@pytest.mark.parametrize(
    "name", ["home/models.py", "static/site.css", "locale/sv/LC_MESSAGES/django.po"]
)
def test_a_changed_file_is_noticed(product, name):
    (product / name).write_text("changed")
    assert not prepared.is_prepared({})


@pytest.mark.parametrize(
    "name", ["var/samagt.sqlite3", "var/prepared.json", "locale/sv/LC_MESSAGES/django.mo"]
)
def test_a_removed_file_is_noticed(product, name):
    (product / name).unlink()
    assert not prepared.is_prepared({})


@pytest.mark.parametrize(
    "statement", ["DELETE FROM members_user", "DELETE FROM django_migrations WHERE id = 2"]
)
def test_another_database_state_is_noticed(product, statement):
    change_database(product, statement)
    assert not prepared.is_prepared({})


@pytest.mark.parametrize(
    "environ", [{"DATABASE_URL": "postgres://x/y"}, {"SAMAGT_ENV": "production"}]
)
def test_another_environment_is_noticed(product, environ):
    assert not prepared.is_prepared(environ)


def test_a_broken_off_demo_is_noticed(product):
    (product / "var" / "demo-unfinished").touch()
    assert not prepared.is_prepared({})


def test_a_broken_record_is_noticed(product):
    (product / "var" / "prepared.json").write_text("{")
    assert not prepared.is_prepared({})
