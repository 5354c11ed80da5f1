"""Compare CMS groups with the roles of the office."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.actions.cms_groups import apply_cms_groups
from members.models import User


class Command(BaseCommand):
    """Reports every account whose groups differ; exit 1 unless all agree."""

    help = "Compare CMS groups with the roles of the office; --fix lets the roles decide."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --fix."""
        parser.add_argument("--fix", action="store_true", help="give and take what differs")

    def handle(self, *args: Any, fix: bool, **options: Any) -> None:
        """Print one line for each difference."""
        differences = User.objects.cms_group_differences()
        for pk, (wanted, held) in differences.items():
            self.stdout.write(
                f"account {pk}: roles give {sorted(wanted)}, groups are {sorted(held)}"
            )
        if fix:
            for user in User.objects.filter(pk__in=differences):
                apply_cms_groups(user=user)
            self.stdout.write(f"{len(differences)} corrected")
        elif differences:
            message = f"{len(differences)} accounts differ"
            raise CommandError(message)
        else:
            self.stdout.write("every group follows from a role")
