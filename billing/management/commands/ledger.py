"""manage.py ledger: begin it, print its head, change its key."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope, scopes_disabled

from billing.ledger.chain import adopt, change_key
from billing.ledger.heads import head_of
from billing.ledger.keys import KeyMissing
from hosters.models import Hoster


class Command(BaseCommand):
    help = "Commence le registre, imprime sa tête, ou change la clé qui le scelle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "act",
            choices=["head", "adopt", "change-key"],
            help="head : la tête de chaque registre ; adopt : inscrire ce qui fut émis avant qu’il y ait un "
            "registre ; change-key : une nouvelle clé scelle la suite",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        hosters = list(Hoster.objects.order_by("pk"))
        try:
            if options["act"] == "change-key":
                with scopes_disabled():
                    self.stdout.write(
                        f"La clé {change_key(hosters)} scelle la suite. Sauvegardez le fichier."
                    )
                return
            for hoster in hosters:
                self._one(hoster, options["act"])
        except KeyMissing as missing:
            raise CommandError(str(missing)) from missing

    def _one(self, hoster: Hoster, act: str) -> None:
        with scope(hoster=hoster):
            if act == "adopt":
                self.stdout.write(f"{hoster.slug} : {adopt(hoster)} lignes.")
            else:
                self.stdout.write(head_of(hoster).to_json())
