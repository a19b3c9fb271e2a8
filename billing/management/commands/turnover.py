"""manage.py turnover --from 2026-01-01 --to 2026-12-31: what each hoster issued and received."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from billing.accounting.turnover import Turnover, turnover
from hosters.models import Hoster
from pricing.typography import euros


class Command(BaseCommand):
    help = "Le chiffre d’affaires d’une période, par nature, par taux de TVA et par moyen de paiement."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", type=date.fromisoformat, required=True)
        parser.add_argument("--to", dest="end", type=date.fromisoformat, required=True)
        parser.add_argument("--hoster", metavar="SLUG", help="un seul hébergeur")
        parser.add_argument("--json", action="store_true", help="un rapport pour une machine")

    def handle(self, *args: Any, **options: Any) -> None:
        hosters = Hoster.objects.order_by("pk")
        if options["hoster"]:
            hosters = hosters.filter(slug=options["hoster"])
        for hoster in hosters:
            with scope(hoster=hoster):
                found = turnover(hoster, start=options["start"], end=options["end"])
            if options["json"]:
                self.stdout.write(json.dumps({"hoster": hoster.slug} | asdict(found), default=str))
            else:
                self._tell(hoster, found)

    def _tell(self, hoster: Hoster, found: Turnover) -> None:
        self.stdout.write(f"{hoster.name} : {euros(found.net)} HT, {euros(found.vat)} de TVA.")
        for label, count, net in found.kinds:
            self.stdout.write(f"  {label} : {count}, {euros(net)} HT")
        for row in found.rates:
            self.stdout.write(f"  TVA {row.category} {row.rate} % : {euros(row.net)} HT, {euros(row.vat)}")
        for label, count, amount in found.received:
            self.stdout.write(f"  {label} : {count}, {euros(amount)} reçus")
