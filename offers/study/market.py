"""The competitors side by side with our own offers: the table of the course (002-024, 002-028)."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.models import Competitor, Observation, Offer, OfferStudy
from offers.study.reading import latest, monthly_price, prices_seen, study_of
from pricing.market_position import Position, position
from pricing.typography import euros, number

#: After this a price must be looked at again (002-025).
STALE = timedelta(days=183)
NOTHING = "–"
#: A spreadsheet runs a cell that begins with one of these.
RUN = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class PriceRow:
    """One of our offers among the others for the same need. `own`: EUR a month as clients pay."""

    offer: Offer
    study: OfferStudy
    own: Decimal | None
    seen: dict[str, Observation]
    today: date

    @property
    def position(self) -> Position | None:
        return position(self.own, [each.amount for each in self.seen.values() if each.amount is not None])

    @property
    def need(self) -> str:
        """`17 personnes, 20 Go`; the smallest quantities while nothing is written."""
        people, space = self.study.reference_people, self.study.reference_gb
        told = [
            _("%(n)s personnes") % {"n": people} if people else "",
            _("%(n)s Go") % {"n": space} if space else "",
        ]
        return ", ".join(filter(None, told)) or _("au départ")

    @property
    def stale(self) -> list[str]:
        """Whose price was seen too long ago."""
        return [name for name, each in self.seen.items() if self.today - each.seen_on > STALE]


@dataclass(frozen=True)
class TableRow:
    """One criterion, with ours then each competitor's."""

    label: str
    cells: list[str]


@dataclass(frozen=True)
class Market:
    """`prices`: our offers, in the order of the storefront."""

    hoster: Hoster
    competitors: Sequence[Competitor]
    prices: list[PriceRow]

    @property
    def heads(self) -> list[str]:
        return [self.hoster.name, *(each.name for each in self.competitors)]

    @property
    def rows(self) -> list[TableRow]:
        """What was noted of each, then the prices."""
        return [*self._facts(), *self._prices()]

    def _facts(self) -> Iterable[TableRow]:
        told = {
            _("Relation"): (_("nous"), [each.get_relation_display() for each in self.competitors]),
            _("Site"): (NOTHING, [each.website for each in self.competitors]),
            _("Création"): (NOTHING, [str(each.founded or "") for each in self.competitors]),
            _("Salarié·es"): (NOTHING, [_number(each.employees) for each in self.competitors]),
            _("Clients"): (NOTHING, [_number(each.clients) for each in self.competitors]),
            _("Chiffre d’affaires"): (NOTHING, [_amount(each.turnover) for each in self.competitors]),
            _("À retenir"): (NOTHING, [each.remark for each in self.competitors]),
        }
        for label, (own, others) in told.items():
            yield TableRow(label, [own, *(each or NOTHING for each in others)])

    def _prices(self) -> Iterable[TableRow]:
        for row in self.prices:
            told = {"offer": row.offer.name, "need": row.need}
            label = _("%(offer)s, par mois (%(need)s)") % told
            yield TableRow(
                label, [_amount(row.own), *(_seen(row.seen.get(each.name)) for each in self.competitors)]
            )

    @property
    def labelled(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The same rows, each cell with whose it is: on a phone the heads are not seen."""
        return [(row.label, list(zip(self.heads, row.cells, strict=True))) for row in self.rows]

    def as_csv(self) -> str:
        """The table for a spreadsheet: separated by semicolons, no cell that would run as a formula."""
        written = io.StringIO()
        writer = csv.writer(written, delimiter=";")
        writer.writerow([_("Critère"), *map(harmless, self.heads)])
        writer.writerows([harmless(row.label), *map(harmless, row.cells)] for row in self.rows)
        return "\ufeff" + written.getvalue()


def read_market(hoster: Hoster, *, today: date) -> Market:
    """Everything noted by a hoster: a number of queries that does not grow."""
    offers = Offer.objects.filter(hoster=hoster).order_by("position", "pk")
    prices = latest(prices_seen(hoster))
    rows = [
        PriceRow(offer, study_of(offer), monthly_price(offer), prices.get(offer.pk, {}), today)
        for offer in offers.select_related("study", "hoster").prefetch_related("tariff_versions")
    ]
    return Market(hoster, list(Competitor.objects.filter(hoster=hoster)), rows)


def harmless(cell: str) -> str:
    """A cell that a spreadsheet only shows."""
    return f"'{cell}" if cell.startswith(RUN) else cell


def _number(value: int | None) -> str:
    return "" if value is None else number(value)


def _amount(value: Decimal | None) -> str:
    return NOTHING if value is None else euros(value)


def _seen(observation: Observation | None) -> str:
    if observation is None:
        return NOTHING
    told = {"amount": _amount(observation.amount), "day": observation.seen_on.strftime("%d/%m/%Y")}
    return _("%(amount)s (vu le %(day)s)") % told
