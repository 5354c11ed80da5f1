"""Running `init_site` in tests, and reading what it made."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.utils import translation

from home.models import StandardPage

ADMIN = "admin@exempel.invalid"


def run_init_site(email: str = ADMIN, **options: Any) -> str:
    """Run the command in English, whatever is compiled, and return what it said."""
    said = StringIO()
    with translation.override("en"):
        call_command("init_site", admin_email=email, stdout=said, **options)
    return said.getvalue()


def text_of(page: StandardPage) -> str:
    """Return the page's running text as it is stored."""
    return " ".join(block["value"] for block in page.body.raw_data)
