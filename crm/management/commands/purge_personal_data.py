from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from crm.purging import purge_everywhere


class Command(BaseCommand):
    help = "Efface ce dont la durée de conservation est écoulée, d’après la table des durées."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="dire ce qui serait effacé, sans rien changer"
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        for hoster, outcomes in purge_everywhere(dry_run=dry_run):
            self.stdout.write(hoster.name)
            for outcome in outcomes:
                self.stdout.write(f"  {outcome.count:>6}  {outcome.rule.what}")
