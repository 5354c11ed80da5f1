"""A site that was restored: its database is brought up to date, proved and read from.

`python -m tests.security.restored_site HEADS ACCOUNT ADDRESS...` in the environment of the copy
does what docs/operations.md says after a restore, and prints what each address answers with.
"""

import hashlib
import json
import sys
from typing import Any

import django

from config.environment import load_settings

FOUND = 200


def checksum(answer: Any) -> str:
    """Return the checksum of a downloaded file; the status of an answer that is none."""
    if answer.status_code != FOUND:
        return str(answer.status_code)
    content = answer.getvalue()
    answer.close()
    return hashlib.sha256(content).hexdigest()


def fetch(account: str, addresses: list[str]) -> dict[str, str]:
    """Return the checksum of what each address answers a person with."""
    from members.models import User
    from tests.clients import TwoStepClient

    client = TwoStepClient(HTTP_HOST="localhost")
    client.force_login(User.objects.select_related("name").get(email=account))
    return {address: checksum(client.get(address)) for address in addresses}


def counted() -> dict[str, int]:
    """Return how many rows each table of the bodies has."""
    from django.apps import apps

    models = apps.get_app_config("governance").get_models()
    return {model._meta.label: model._base_manager.count() for model in models}


def hits() -> list[str]:
    """Return the addresses of the decisions that the search finds for everybody."""
    from search.finding import find

    found = find("", user=None, filters={"kind": ("decision",)})
    return sorted(hit.entry.url for hit in found.hits)


def main(heads: str, account: str, *addresses: str) -> None:
    """Migrate, verify against the heads that were kept outside, and print what is found."""
    from django.core.management import call_command

    from core import triggers

    call_command("migrate", verbosity=0)
    call_command("verify_ledger", heads=heads)
    call_command("rebuild_index")
    files = fetch(account, list(addresses))
    found = {"missing": triggers.missing(), "files": files, "rows": counted(), "hits": hits()}
    sys.stdout.write("\n" + json.dumps(found))


if __name__ == "__main__":
    load_settings()
    django.setup()
    main(*sys.argv[1:])
