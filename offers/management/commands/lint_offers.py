import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from hosters.models import Hoster
from offers.linter import lint_hoster, lint_offer
from offers.linter.listing import as_json, lines
from offers.models import Offer
from pricing.engine import Severity

#: What each threshold of --fail-on lets through no more, worst first.
RANKS = [severity.value for severity in Severity]


class Command(BaseCommand):
    help = "Relit les offres d’un hébergeur : ce qui ne va pas, pourquoi, et quoi faire (docs/linter.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("hoster", help="nom court de l’hébergeur")
        parser.add_argument(
            "offer", nargs="?", help="nom court d’une offre ; sans lui, toutes, brouillons compris"
        )
        parser.add_argument("--json", action="store_true", help="la liste et les totaux, pour un programme")
        parser.add_argument("--fail-on", choices=RANKS, help="sortir avec 1 s’il y a au moins cette gravité")

    def handle(self, *args: Any, **options: Any) -> None:
        hoster = Hoster.objects.filter(slug=options["hoster"]).first()
        if hoster is None:
            raise CommandError(f"Aucun hébergeur « {options['hoster']} ».")
        with scope(hoster=hoster):
            names = dict(Offer.objects.values_list("slug", "name"))
            found = lint_offer(_offer(hoster, options["offer"])) if options["offer"] else lint_hoster(hoster)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(hoster, found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines(found, names)))
        limit = options["fail_on"]
        if limit and any(RANKS.index(each.severity.value) <= RANKS.index(limit) for each in found):
            raise SystemExit(1)


def _offer(hoster: Hoster, slug: str) -> Offer:
    offer = Offer.objects.select_related("hoster").filter(slug=slug).first()
    if offer is None:
        raise CommandError(f"{hoster} n’a pas d’offre « {slug} ».")
    return offer
