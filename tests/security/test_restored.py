"""Minutes and documents after a restore from backup (security.md 14 and 32).

The backup is taken by the commands of docs/operations.md while the site is written to. The copy is
proved by the heads kept outside, its triggers are there, and every version that was published
downloads as the same bytes.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections

from core.actions import SYSTEM
from governance.actions import cases, ledger
from governance.models import CaseDocumentVersion
from governance.views.register import adjusted_for
from scripts._lib import throwaway
from tests.factories.files import small_pdf
from tests.factories.minutes import Held
from tests.governance.minutes.test_renditions import page, paragraph, secret_meeting
from tests.security.conftest import ROOT, environment
from tests.security.restored_site import checksum, counted

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GROWN = {f"governance.{name}" for name in ("Case", "CaseStep", "LedgerEntry", "NumberSeries")}
"""What is written while the backup is taken."""


def documented(word: str) -> str:
    """Return the command of docs/operations.md with a word in it."""
    lines = (ROOT / "docs" / "operations.md").read_text().splitlines()
    [line] = [line for line in lines if word in line]
    return line.split("`")[1] if "`" in line else line


def do(command: str, folder: Path, **variables: str) -> None:
    """Carry out a documented command where the backup is kept."""
    subprocess.run(command, shell=True, cwd=folder, env=os.environ | variables, check=True)  # noqa: S602 - our own


class File:
    """The backup of an SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder, folder / "site"
        self.url = f"sqlite:///{self.site}/samagt.sqlite3"

    def take(self) -> None:
        command = documented("sqlite3.connect(").replace("python3", sys.executable)
        do(
            command.replace("var/samagt.sqlite3", str(connection.settings_dict["NAME"])),
            self.folder,
        )

    def restore(self) -> None:
        shutil.copyfile(self.folder / "samagt-backup.sqlite3", self.site / "samagt.sqlite3")

    def forget(self) -> None:
        """Leave the file to the folder's end."""


class Dump:
    """The backup of a PostgreSQL database."""

    def __init__(self, folder: Path) -> None:
        known = connection.settings_dict
        self.folder, self.name = folder, f"{known['NAME']}_restored"
        server = f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}"
        self.url = f"{server}/{self.name}"
        self.variables = {
            "DATABASE_URL": f"{server}/{known['NAME']}",
            "PATH": f"{throwaway.postgres_programs()}:{os.environ['PATH']}",
            "PGHOST": str(known["HOST"]), "PGPORT": str(known["PORT"]),
            "PGUSER": known["USER"], "PGPASSWORD": known["PASSWORD"],
        }  # fmt: skip

    def take(self) -> None:
        do(documented("pg_dump --"), self.folder, **self.variables)

    def restore(self) -> None:
        command = documented("pg_restore --").replace("createdb samagt", f"createdb {self.name}")
        do(command.replace("=samagt ", f"={self.name} "), self.folder, **self.variables)

    def forget(self) -> None:
        do(f"dropdb --if-exists --force {self.name}", self.folder, **self.variables)


@contextmanager
def writing(council: Any) -> Iterator[list[int]]:
    """Let somebody register cases without a pause meanwhile; yields what was answered."""
    done: list[int] = []
    begun, stop = threading.Event(), threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                done.append(cases.register_case(by=SYSTEM, council=council, subject="Nytt").pk)
                begun.set()
        finally:
            connections.close_all()

    writer = threading.Thread(target=work)
    writer.start()
    try:
        assert begun.wait(60)
        yield done
    finally:
        stop.set()
        writer.join()


@pytest.fixture
def backup(tmp_path) -> Iterator[Any]:
    found = (File if connection.vendor == "sqlite" else Dump)(tmp_path)
    (tmp_path / "site").mkdir()
    yield found
    found.forget()


@pytest.fixture
def held(transactional_db) -> Held:
    """An adjusted meeting, and a document of which a second version came after it."""
    found = secret_meeting()
    document = CaseDocumentVersion.objects.get().document
    file = SimpleUploadedFile("Zebrafilen.pdf", small_pdf(1))
    cases.add_version(by=SYSTEM, document=document, file=file)
    return found


def addresses_of(held: Held) -> list[str]:
    """Return where everything that was published of a meeting is downloaded."""
    versions = CaseDocumentVersion.objects.values_list("pk", flat=True)
    return [
        page("minutes_file", held, held.meeting.pk),
        page("minutes_archive", held, held.meeting.pk),
        page("decision_evidence", held, *paragraph(held, "Budget")),
        *(page("document", held, pk) for pk in versions),
    ]


def downloaded(read: Callable[[str], Any], addresses: list[str]) -> dict[str, str]:
    """Return the checksum of what each address answers with."""
    return {address: checksum(read(address)) for address in addresses}


def started_again(folder: Path, url: str, *arguments: str) -> dict[str, Any]:
    """Do what is done after a restore, in a process of the restored site."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.restored_site", *arguments], cwd=ROOT,
        env=environment(folder, DATABASE_URL=url), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_what_was_published_is_the_same_after_a_restore(client, held, backup, tmp_path, settings):
    member = held.body.fresh(held.body.ordinary[2])
    client.force_login(member)
    addresses = addresses_of(held)
    files = downloaded(client.get, addresses)
    assert len({value for value in files.values() if len(value) == 64}) == len(addresses) == 5
    heads, rows = tmp_path / "heads.json", counted()
    heads.write_text(json.dumps(ledger.heads()))
    with writing(held.meeting.council) as written:
        backup.take()
    shutil.copytree(settings.MEDIA_ROOT, tmp_path / "site" / "media")
    backup.restore()
    arguments = (str(heads), member.email, *addresses)
    found = started_again(tmp_path / "site", backup.url, *arguments)
    assert (found["missing"], found["files"]) == ([], files)
    assert found["hits"] == sorted(row.get_absolute_url() for row in adjusted_for(AnonymousUser()))
    assert found["hits"] != []
    changed = {name for name, count in found["rows"].items() if count != rows[name]}
    # Whole cases were registered meanwhile, and nothing of one without the rest.
    new = found["rows"]["governance.Case"] - rows["governance.Case"]
    assert changed <= GROWN
    assert 1 <= new <= len(written)
    assert found["rows"]["governance.LedgerEntry"] - rows["governance.LedgerEntry"] == new
    # The site that was copied has gone on; nothing that it had published changed by that.
    assert downloaded(client.get, addresses) == files
    # Control: against the heads of the site that has gone on, the copy is found to lack entries.
    heads.write_text(json.dumps(ledger.heads()))
    with pytest.raises(AssertionError, match="missing tail"):
        started_again(tmp_path / "site", backup.url, *arguments)
