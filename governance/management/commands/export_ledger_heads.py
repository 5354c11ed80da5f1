"""Write the last hash of every body: the file to keep outside the system."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from governance.actions.ledger import heads


class Command(BaseCommand):
    """Prints the file that `verify_ledger --heads` reads."""

    help = "Print the heads of the ledger as JSON."

    def handle(self, *args: object, **options: Any) -> None:
        """Print the heads."""
        self.stdout.write(json.dumps(heads(), ensure_ascii=False, indent=1))
