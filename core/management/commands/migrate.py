"""`manage.py migrate`, which may find the database without triggers that it puts there itself."""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's own command, but for what it asks of the database before it begins."""

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[str, Any]:
        """Leave out the checks of the database (core.checks).

        A new version brings new triggers, a restored or rebuilt table has lost its own: all are
        made when the migrations are done. `check --database default` tells what is missing after.
        """
        return {**super().get_check_kwargs(options), "databases": []}
