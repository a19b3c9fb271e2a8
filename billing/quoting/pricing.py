"""The items of a quote priced together: offers by the engine, lines by hand, the solidarity discount, options apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.due import YEAR
from billing.models import Quote, QuoteItem, Subscription
from billing.selections import selection_from_json
from billing.solidarity import Discount, discounted
from billing.subscriptions.periods import memberships_paid
from billing.totals import TimedLine, main_term, payable, totals_of
from hosters.models import Hoster
from pricing.engine import Cadence, Line, Outcome, VatCategory, VatPolicy, price
from pricing.engine.money import ZERO, cents
from pricing.engine.vat import VatTreatment
from pricing.exit_fees import is_refused
from pricing.typography import euros, quantity

OUT_OF_SCOPE = VatCategory.OUT_OF_SCOPE.value


class NotPriced(Exception):
    """The items do not make a firm price; the message says which one and why, in French."""


@dataclass(frozen=True)
class Priced:
    """Every line in order, and the four bills of those that count (EUR)."""

    lines: list[TimedLine]
    totals: dict[str, Any]
    term_months: int

    @property
    def period_gross(self) -> Decimal:
        return Decimal(self.totals["period"]["gross"])

    @property
    def first_year_gross(self) -> Decimal:
        return Decimal(self.totals["first_year"]["gross"])


def price_items(
    *,
    hoster: Hoster,
    items: Sequence[QuoteItem],
    discount: Discount | None = None,
    takes_over: Subscription | None = None,
) -> Priced:
    """Price the items of a quote, in their order (`item` of a line is the position of its item).

    `takes_over`: the contract that would begin in the place of another; what its first invoice will not ask, set-up fee
    and membership already paid, is not in its price (001-014).

    Raises:
        NotPriced: nothing to price, no firm price for an item, a discount larger than the price, or too much for
            the columns of a document.
    """
    if not any(item.kept for item in items):
        raise NotPriced(_("Ajoutez une offre ou une ligne : un devis vide ne se chiffre pas."))
    policy = hoster.vat_policy
    lines: list[TimedLine] = []
    paid = memberships_paid(takes_over, takes_over.started_on) if takes_over else None
    for item in items:
        member = any(
            each.kept and each.cadence == Cadence.YEARLY for each in lines if _from_offer(each, items)
        )
        found = _lines_of(item, policy, member)
        lines += found if paid is None or not item.offer_id else _going_on(found, paid)
    if discount:
        lines += discounted([each for each in lines if each.kept], discount, item=len(items) + 1)
    lines = payable(lines)
    if not _fits_a_document(lines):
        raise NotPriced(_("Ce montant est trop grand pour un devis. Vérifiez les quantités."))
    kept = [each for each in lines if each.kept]
    return Priced(lines, totals_of(lines), main_term(kept))


def _going_on(lines: Iterable[TimedLine], paid: set[str]) -> list[TimedLine]:
    """The lines of an offer for who has a contract already: nothing to set up, the membership of the year as paid."""
    return [
        replace(each, line=each.line._replace(from_year=2))
        if each.cadence == Cadence.YEARLY and each.line.label in paid
        else each
        for each in lines
        if each.cadence != Cadence.ONE_OFF
    ]


def _from_offer(timed: TimedLine, items: Iterable[QuoteItem]) -> bool:
    return any(item.position == timed.item and item.offer_id for item in items)


def _lines_of(item: QuoteItem, policy: VatPolicy, member: bool) -> list[TimedLine]:
    if item.tariff_version is None and is_refused(item.label, on=timezone.localdate()):
        raise NotPriced(exit_fee_words(item.label))
    if item.tariff_version is None:
        found, term = [line_by_hand(item, policy)], item.term_months
    else:
        selection = selection_from_json(item.selection, membership_elsewhere=member)
        breakdown = price(item.tariff_version.tariff, selection, vat=policy)
        if breakdown.outcome != Outcome.PRICED:
            raise NotPriced(f"{item.name} – {breakdown.reason}")
        found, term = list(breakdown.lines), selection.term_months
    return [TimedLine(line, term, item.position, item.optional, item.kept) for line in found]


def exit_fee_words(label: str) -> str:
    """Why a line that makes leaving cost money is refused (CON-08)."""
    sentence = _("« %(label)s » : depuis le 12 janvier 2027, partir ne coûte rien. Retirez cette ligne.")
    return sentence % {"label": label}


def line_by_hand(item: QuoteItem, policy: VatPolicy) -> Line:
    """The priced line of an item written by hand."""
    key = policy.key(_treatment(item.vat))
    amount = cents(item.quantity * item.unit_price)
    words = {"count": quantity(item.quantity), "unit": item.unit, "price": euros(item.unit_price)}
    counted = _("%(count)s %(unit)s × %(price)s") if item.unit else _("%(count)s × %(price)s")
    return Line(
        code="",
        label=item.label,
        rule=" – ".join(filter(None, [item.explanation, counted % words])),
        quantity=item.quantity,
        unit=item.unit,
        unit_price=item.unit_price,
        amount=amount,
        cadence=Cadence(item.cadence),
        vat_rate=key.rate,
        vat_category=key.category,
        typed_amount=amount,
        tax_included=item.tax_included or not policy.charges_vat,
    )


def _treatment(vat: str) -> VatTreatment:
    if vat == OUT_OF_SCOPE:
        return VatTreatment(VatCategory.OUT_OF_SCOPE)
    return VatTreatment(rate=Decimal(vat) if vat else None)


def _fits_a_document(lines: Sequence[TimedLine]) -> bool:
    """Whether the columns of a quote can hold the amounts; a billion people is a mistake to look at together."""
    column = Quote._meta.get_field("first_year_gross")
    limit = Decimal(10) ** (column.max_digits - column.decimal_places) / (10 * YEAR)
    return all(abs(each.line.amount or ZERO) < limit for each in lines)
