from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.subscriptions.runs import run_billing


class Command(BaseCommand):
    help = (
        "Émet les factures dues, termine et reconduit les abonnements dont le jour est venu, pour tous les "
        "hébergeurs. Deux fois, ou à plusieurs en même temps, ne fait rien deux fois ; les jours manqués sont repris."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="AAAA-MM-JJ",
            help="faire comme si l’on était ce jour-là (aujourd’hui à Paris sinon)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        run = run_billing(as_of=options["as_of"])
        self.stdout.write(
            f"Factures émises : {run.issued}. Abonnements terminés : {run.ended}. Reconduits : {run.renewed}. "
            f"Avis de reconduction : {run.noticed}."
        )
        if run.failed:
            failed = ", ".join(map(str, run.failed))
            raise CommandError(f"Abonnements en échec (le journal dit pourquoi) : {failed}.")
