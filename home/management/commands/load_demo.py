"""manage.py load_demo [--seed N] [--scale small|medium|large]."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from home.actions.site_setup import Step
from home.demo.load import SCALES, load_demo
from home.demo.people import Login, logins_file
from home.management.quiet import quiet_loggers
from home.models import HomePage


class Command(BaseCommand):
    """Fills a trial site with demo content and prints the logins; never in production."""

    help = (
        "Loads demo content on top of init_site: real services with their sources, and examples"
        " that say so. Running it again adds what is missing. Refuses to run in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the seed and the scale."""
        parser.add_argument("--seed", type=int, default=1, metavar="N")
        parser.add_argument("--scale", choices=sorted(SCALES), default="small")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the demo and print its logins."""
        if settings.SAMAGT_ENV == "production":
            message = _("SAMAGT_ENV is production: demo content is never loaded there")
            raise CommandError(message)
        if not HomePage.objects.exists():
            raise CommandError(_("There is no site yet: run init_site first"))
        with quiet_loggers(unless=options["verbosity"] > 1):
            logins = load_demo(seed=options["seed"], scale=options["scale"], report=self._say)
        self._print(logins)

    def _say(self, step: Step) -> None:
        self.stdout.write(f"{step.name}: {step.outcome}")

    def _print(self, logins: list[Login]) -> None:
        """Print the logins as a table, with the file that holds them."""
        self.stdout.write("")
        for login in logins:
            self.stdout.write(
                f"{login.email:<40} {login.password:<22} {login.totp_secret or '-':<34}"
                f" {login.role}, {login.organisation}"
            )
        self.stdout.write("")
        self.stdout.write(_("The logins are kept in %(file)s") % {"file": logins_file()})
