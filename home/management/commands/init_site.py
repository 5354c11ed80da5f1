"""manage.py init_site --admin-email ADDRESS."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from home.actions.site_setup import Step, set_up_site
from home.management.quiet import quiet_loggers


class Command(BaseCommand):
    """Sets up the site: the way into production, and what `load_demo` stands on."""

    help = (
        "Makes the site's pages, settings, CMS groups, two-step workflow and municipalities, and"
        " invites the first administrator. Running it again completes what is missing and changes"
        " nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the first administrator's address and, if wanted, the association's name."""
        parser.add_argument("--admin-email", required=True, metavar="ADDRESS")
        parser.add_argument("--association", default="", metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the set-up and say what each step did."""
        email = options["admin_email"].strip()
        try:
            validate_email(email)
        except ValidationError as error:
            message = _("--admin-email: “%(email)s” is not an e-mail address") % {"email": email}
            raise CommandError(message) from error
        try:
            with quiet_loggers(unless=options["verbosity"] > 1):
                set_up_site(
                    by=SYSTEM,
                    admin_email=email,
                    association_name=options["association"].strip(),
                    report=self._say,
                )
        except RuleBroken as error:
            raise CommandError(error.message) from error

    def _say(self, step: Step) -> None:
        self.stdout.write(f"{step.name}: {step.outcome}")
