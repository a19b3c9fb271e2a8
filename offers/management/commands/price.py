import json
from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from hosters.models import Hoster
from offers.models import Offer, Segment, TariffVersion
from offers.need_search import search_need, unknown_codes
from offers.price_answers import answer_cancel, answer_change, answer_need, answer_one, compared_to_annual
from offers.price_words import UnclearWords, lines_in, quantities_in, selection_from
from offers.tariffs import tariff_in_force
from pricing.engine import Breakdown, FeatureRequest, Outcome, Request, Selection, price, price_several
from pricing.typography import euros

TERMS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "annual": 12, "biennial": 24, "triennial": 36}
TOTALS = {
    "recurring_per_period": "par période",
    "first_invoice": "première facture",
    "first_year_total": "première année",
    "yearly_after": "années suivantes",
    "upgrade_invoice": "à payer au changement",
    "refund": "remboursement",
}

Answer = dict[str, Any]


class Command(BaseCommand):
    help = (
        "Donne un prix. Une offre : price artifaille marmule users=12 storage_gb=35. "
        "Plusieurs : price cours par-utilisatrice users=3 + equipe users=6. "
        "Un besoin : price marsnet --need mail_addresses=5 domains=1."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Quantities may come before or after the options, as people type them."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.parse_args = parser.parse_intermixed_args  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("hoster", help="nom court de l’hébergeur")
        add(
            "words",
            nargs="*",
            metavar="offer metric=quantity",
            help="une offre et ses quantités ; + entre deux lignes",
        )
        add("--term", choices=sorted(TERMS), help="durée payée d’avance ; sans elle, la première du tarif")
        add("--segment", default=Segment.ASSOCIATION.value)
        add("--option", action="append", default=[], metavar="code=quantity")
        add("--member", action="store_true", help="l’adhésion de l’année est déjà payée")
        add(
            "--need",
            nargs="+",
            metavar="metric=quantity",
            help="chercher l’offre la moins chère pour ce besoin",
        )
        add(
            "--feature",
            action="append",
            default=[],
            metavar="label=askers",
            help="une demande de développement",
        )
        add("--trial", type=int, default=0, metavar="MONTHS", help="mois d’essai pris")
        add(
            "--used",
            nargs="+",
            default=[],
            metavar="metric=quantity",
            help="ce qui a été consommé d’un forfait",
        )
        add(
            "--then", nargs="+", metavar="offer metric=quantity", help="ce qui remplace, après --after-months"
        )
        add("--after-months", type=int, default=6)
        add(
            "--compare-to",
            choices=["monthly", "annual"],
            default="monthly",
            help="économie par rapport à cette durée",
        )
        add("--cancel-after", type=int, metavar="DAYS", help="fin du contrat après ce nombre de jours")
        add("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = _Asked(_hoster(options["hoster"]), options)
        try:
            with scope(hoster=asked.hoster):
                answer = asked.answer()
        except UnclearWords as error:
            answer = Breakdown(Outcome.INVALID, str(error), "words").to_json()
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._tell(answer)

    def _tell(self, answer: Answer) -> None:
        for line in answer["lines"]:
            amount = "sur devis" if line["amount"] is None else euros(Decimal(line["amount"]))
            self.stdout.write(f"{amount:>12}  {line['label']} ({line['rule']})")
        for key, label in TOTALS.items():
            if answer.get(key) is not None:
                self.stdout.write(f"{euros(Decimal(answer[key])):>12}  {label}")
        if answer["reason"]:
            self.stdout.write(answer["reason"])


class _Asked:
    """One question: a hoster and the options of the command."""

    def __init__(self, hoster: Hoster, options: dict[str, Any]) -> None:
        self.hoster, self.options, self.vat = hoster, options, hoster.vat_policy

    def answer(self) -> Answer:
        lines = lines_in(self.options["words"])
        if self.options["need"]:
            return self.need([line[0] for line in lines])
        if len(lines) == 1 and not self.options["feature"]:
            return self.one(lines[0])
        return self.several(lines)

    def one(self, line: list[str]) -> Answer:
        version, selection = self.line(line)
        tariff = version.tariff
        breakdown = price(tariff, selection, vat=self.vat)
        answer = answer_one(tariff, selection, breakdown)
        if self.options["compare_to"] == "annual":
            answer |= compared_to_annual(answer)
        if self.options["then"]:
            after, changed = self.line(self.options["then"], instead_of=line[0])
            later = price(after.tariff, changed, vat=self.vat)
            answer |= answer_change(breakdown, later, after_months=self.options["after_months"])
        if self.options["cancel_after"] is not None:
            answer |= answer_cancel(tariff, breakdown, after_days=self.options["cancel_after"])
        return answer

    def several(self, lines: list[list[str]]) -> Answer:
        requests: list[Request | FeatureRequest] = []
        for line in lines:
            version, selection = self.line(line)
            requests.append(Request(version.offer.name, version.tariff, selection))
        for word in self.options["feature"]:
            label, askers = next(iter(quantities_in([word]).items()))
            requests.append(FeatureRequest(label, int(askers)))
        return price_several(requests, vat=self.vat).to_json()

    def need(self, slugs: list[str]) -> Answer:
        """Among the published offers, or among those that are named."""
        need = quantities_in(self.options["need"])
        rows = Offer.objects.filter(slug__in=slugs) if slugs else Offer.objects.published()
        offers = list(rows.for_display())
        if unknown := unknown_codes(offers, need):
            raise UnclearWords(f"Aucune offre ne compte « {unknown[0]} ».")
        term = self.options["term"]
        found = search_need(
            offers,
            need,
            vat=self.vat,
            months=TERMS[term] if term else None,
            segment=self.options["segment"],
            already_member=self.options["member"],
        )
        return answer_need(found, vat=self.vat)

    def line(self, words: list[str], *, instead_of: str = "") -> tuple[TariffVersion, Selection]:
        """The tariff and the selection of one line; `instead_of`: the offer when the line names none."""
        named = "=" not in words[0]
        if not named and not instead_of:
            raise CommandError("Nommez l’offre avant ses quantités.")
        version = _version(self.hoster, words[0] if named else instead_of)
        term = self.options["term"]
        base = Selection(
            options=quantities_in(self.options["option"]),
            term_months=TERMS[term] if term else version.tariff.terms[0].months,
            segment=self.options["segment"],
            already_member=self.options["member"],
            trial_months=self.options["trial"],
            used=quantities_in(self.options["used"]),
        )
        return version, selection_from(version.tariff, quantities_in(words[1:] if named else words), base)


def _hoster(slug: str) -> Hoster:
    hoster = Hoster.objects.filter(slug=slug).first()
    if hoster is None:
        raise CommandError(f"Aucun hébergeur « {slug} ».")
    return hoster


def _version(hoster: Hoster, name: str) -> TariffVersion:
    """The tariff in force of an offer; `other/offer` names the offer of another hoster, a partner's line."""
    owner = _hoster(name.partition("/")[0]) if "/" in name else hoster
    slug = name.rpartition("/")[2]
    with scope(hoster=owner):
        offer = Offer.objects.filter(slug=slug).first()
        version = tariff_in_force(offer) if offer else None
    if version is None:
        raise CommandError(f"{owner} n’a pas d’offre « {slug} » avec un tarif.")
    return version
