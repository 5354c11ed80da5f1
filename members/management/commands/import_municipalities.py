"""The command `manage.py import_municipalities FILE.csv`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actions import SYSTEM
from members.actions.municipalities import MunicipalityImport, import_municipalities
from members.municipality_csv import GROUPS, BadFile, Fault, FaultKind, parse

MESSAGES = {
    FaultKind.ENCODING: gettext_lazy("the text is not UTF-8; save the file as UTF-8"),
    FaultKind.FORMAT: gettext_lazy("this is not CSV: %(value)s"),
    FaultKind.EMPTY_FILE: gettext_lazy("the file holds no municipalities"),
    FaultKind.COLUMN_MISSING: gettext_lazy(
        "the column is missing in the header; columns are separated by commas"
    ),
    FaultKind.COLUMN_UNKNOWN: gettext_lazy("the column is unknown"),
    FaultKind.COLUMN_TWICE: gettext_lazy("the column is there twice"),
    FaultKind.TOO_FEW: gettext_lazy("the row ends before this column"),
    FaultKind.TOO_MANY: gettext_lazy("the row goes on after this column: “%(value)s”"),
    FaultKind.EMPTY: gettext_lazy("a text is needed"),
    FaultKind.TOO_LONG: gettext_lazy("the text is too long"),
    FaultKind.CODE: gettext_lazy(
        "“%(value)s” is not a municipality code: four digits, with leading zeros as in 0180"
    ),
    FaultKind.COUNTY_CODE: gettext_lazy(
        "“%(value)s” is not the county's code: two digits, the first two of the municipality code"
    ),
    FaultKind.NUMBER: gettext_lazy("“%(value)s” is not a whole number in the permitted range"),
    FaultKind.DATE: gettext_lazy("“%(value)s” is not a date such as 2025-09-30"),
    FaultKind.COORDINATE: gettext_lazy(
        "“%(value)s” is not a place in Sweden: degrees with a decimal point, such as 59.3251"
    ),
    FaultKind.GROUP: gettext_lazy("“%(value)s” is not one of SKR's groups: %(groups)s"),
    FaultKind.ORG_NUMBER: gettext_lazy(
        "“%(value)s” is not an organisation number, or its check digit is wrong"
    ),
    FaultKind.DUPLICATE: gettext_lazy("the same value as on line %(value)s"),
    FaultKind.TAKEN: gettext_lazy("“%(value)s” belongs to an organisation that is not in the file"),
}


class Command(BaseCommand):
    """Reads the file, changes what differs and says what was done."""

    help = (
        "Adds and changes municipalities from a CSV file. Running it again changes nothing. A bad"
        " row is named by line and column, and then nothing is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import."""
        try:
            report = import_municipalities(by=SYSTEM, rows=parse(_read(options["file"])))
        except BadFile as error:
            lines = [_("Nothing was changed."), *(describe(fault) for fault in error.faults)]
            raise CommandError("\n".join(lines)) from error
        self.stdout.write(summary(report))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = _("The file %(path)s cannot be read.") % {"path": path}
        raise CommandError(message) from error


def describe(fault: Fault) -> str:
    """Return one line that names the line, the column and what is wrong."""
    place = _("Line %(line)d, column %(column)s") if fault.column else _("Line %(line)d")
    reason = MESSAGES[fault.kind] % {"value": fault.value, "groups": ", ".join(GROUPS)}
    return f"{place % {'line': fault.line, 'column': fault.column}}: {reason}"


def summary(report: MunicipalityImport) -> str:
    """Return what was changed, a municipality a line, and the three counts."""
    counts = _("%(added)d added, %(changed)d changed, %(unchanged)d unchanged.") % {
        "added": len(report.added),
        "changed": len(report.changed),
        "unchanged": len(report.unchanged),
    }
    return "\n".join([*(f"{code}: {', '.join(c)}" for code, c in report.changed.items()), counts])
