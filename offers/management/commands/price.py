import json
from argparse import ArgumentParser
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from hosters.models import Hoster
from offers.models import Offer, Segment
from offers.tariffs import tariff_in_force
from pricing.engine import Breakdown, Selection, price
from pricing.typography import euros

TERMS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "annual": 12, "biennial": 24, "triennial": 36}


class Command(BaseCommand):
    help = "Donne le prix d’une configuration : price HOSTER OFFER users=12 storage_gb=35"

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Quantities may come before or after the options, as people type them."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.parse_args = parser.parse_intermixed_args  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("hoster")
        parser.add_argument("offer")
        parser.add_argument("quantities", nargs="*", metavar="metric=quantity")
        parser.add_argument("--term", choices=sorted(TERMS))
        parser.add_argument("--segment", default=Segment.ASSOCIATION.value)
        parser.add_argument("--option", action="append", default=[], metavar="code=quantity")
        parser.add_argument("--member", action="store_true", help="l’adhésion de l’année est déjà payée")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        breakdown = _price(options)
        if options["json"]:
            self.stdout.write(json.dumps(breakdown.to_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(breakdown)

    def _tell(self, breakdown: Breakdown) -> None:
        for line in breakdown.lines:
            amount = "sur devis" if line.amount is None else euros(line.amount)
            self.stdout.write(f"{amount:>12}  {line.label} ({line.rule})")
        for label, value in _totals(breakdown):
            self.stdout.write(f"{euros(value):>12}  {label}")
        if breakdown.reason:
            self.stdout.write(breakdown.reason)


def _totals(breakdown: Breakdown) -> list[tuple[str, Decimal]]:
    totals = [
        ("par période", breakdown.recurring_per_period),
        ("première facture", breakdown.first_invoice),
        ("première année", breakdown.first_year_total),
        ("années suivantes", breakdown.yearly_after),
    ]
    return [(label, value) for label, value in totals if value is not None]


def _price(options: dict[str, Any]) -> Breakdown:
    hoster = Hoster.objects.filter(slug=options["hoster"]).first()
    if hoster is None:
        raise CommandError(f"Aucun hébergeur « {options['hoster']} ».")
    with scope(hoster=hoster):
        offer = Offer.objects.filter(slug=options["offer"]).first()
        version = tariff_in_force(offer) if offer else None
    if version is None:
        raise CommandError(f"{hoster} n’a pas d’offre « {options['offer']} » avec un tarif.")
    term = TERMS[options["term"]] if options["term"] else version.tariff.terms[0].months
    selection = Selection(
        quantities=_pairs(options["quantities"]),
        options=_pairs(options["option"]),
        term_months=term,
        segment=options["segment"],
        already_member=options["member"],
    )
    return price(version.tariff, selection, vat=hoster.vat_policy)


def _pairs(words: list[str]) -> dict[str, Decimal]:
    pairs = [word.partition("=") for word in words]
    try:
        return {code: Decimal(value) for code, _equals, value in pairs}
    except InvalidOperation:
        raise CommandError("Écrivez les quantités ainsi : users=12 storage_gb=35") from None
