"""The table of every address × role × method."""

from tests.access import (
    table_accounts,
    table_cms,
    table_cms_joining,
    table_costs,
    table_governance,
    table_joining,
    table_site,
)
from tests.access.audience import Line

LINES: list[Line] = [
    *table_site.LINES,
    *table_accounts.LINES,
    *table_cms.LINES,
    *table_governance.LINES,
    *table_cms_joining.LINES,
    *table_joining.LINES,
    *table_costs.LINES,
]
BY_ADDRESS: dict[str, Line] = {line.address: line for line in LINES}
