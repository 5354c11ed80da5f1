"""How fast `verify_ledger` reads: 100,000 entries, in a database of its own that is thrown away.

.venv/bin/python -m benchmarks.ledger [ENTRIES]
"""

import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

ENTRIES = 100_000
BATCH = 2_000


def main() -> None:
    """Write the entries, verify them and print the rate."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMAGT_VAR_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder, 'ledger.sqlite3')}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
        _run(entries)


def _run(entries: int) -> None:
    import django  # noqa: PLC0415 - the settings must be chosen first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    from core.actions import SYSTEM  # noqa: PLC0415 - as above
    from governance.actions import ledger  # noqa: PLC0415 - as above
    from governance.actions.councils import create_council  # noqa: PLC0415 - as above

    council = create_council(
        by=SYSTEM, name="Mätning", slug="matning", kind="council", mandate="Mäts.",
        registry_code="MAT",
    )  # fmt: skip
    _write(council, entries)
    started = time.perf_counter()
    verdict = ledger.verify(outside=ledger.heads()["heads"])
    took = time.perf_counter() - started
    if verdict.fault:
        sys.exit(verdict.fault)
    print(f"{verdict.entries} entries verified in {took:.1f} s: {verdict.entries / took:.0f} per s")


def _write(council: object, entries: int) -> None:
    """Chain entries in batches: appending one by one is not what is measured."""
    from django.utils import timezone  # noqa: PLC0415 - as above

    from governance.actions import ledger  # noqa: PLC0415 - as above
    from governance.canonical import entry_hash, instant  # noqa: PLC0415 - as above
    from governance.models import LedgerEntry  # noqa: PLC0415 - as above

    head = LedgerEntry.objects.head(council)
    number, previous, rows = head.number, head.hash, []
    for place in range(entries):
        number, now, salt = number + 1, timezone.now(), secrets.token_hex(16)
        content = {
            "body": str(council.public_id),
            "number": number,
            "kind": "measured",
            "recorded_at": instant(now),
            "data": {"id": place, "clauses": ["godkänna förslaget", "följa upp i juni"]},
        }
        digest = entry_hash(previous, ledger.hashed(content, salt))
        rows.append(
            LedgerEntry(
                council=council, number=number, kind="measured", recorded_at=now, salt=salt,
                content=content, previous_hash=previous, hash=digest,
            )
        )  # fmt: skip
        previous = digest
        if len(rows) == BATCH:
            LedgerEntry.objects.bulk_create(rows)
            rows = []
    LedgerEntry.objects.bulk_create(rows)


if __name__ == "__main__":
    main()
