"""Deposit invoices: an amount asked on a quote, deducted from the invoices that follow until it is used up (INV-03)."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.documents.wording import day
from billing.invoicing.gaps import gaps_of
from billing.invoicing.issuing import Piece, issue_piece
from billing.invoicing.remaining import remaining
from billing.models import Invoice, InvoiceKind, InvoiceLine, Quote, Subscription
from billing.parties import completed
from billing.quoting.family import family
from hosters.models import User
from pricing.engine import Cadence, VatCategory
from pricing.engine.money import HUNDRED, ZERO, Taxed, share
from pricing.typography import euros

OPEN = (Quote.State.SENT, Quote.State.SEEN, Quote.State.IN_REVIEW, Quote.State.ACCEPTED)


class DepositRefused(Exception):
    """The deposit cannot be asked; the message says why in French."""


def most(quote: Quote) -> Decimal:
    """The largest deposit that this quote still allows (EUR to pay): its first year, less the deposits asked."""
    asked = (rest.gross for each in _deposits(quote) for rest in remaining(each).values())
    return max(ZERO, sum((Decimal(row["gross"]) for row in _rows(quote)), ZERO) - sum(asked, ZERO))


def _rows(quote: Quote) -> list[dict[str, str]]:
    """What is sold in the first year, by rate. A membership is no sale, and is not paid in advance (INV-21)."""
    rows = [row for row in quote.totals["first_year"]["vat_rows"] if Decimal(row["gross"]) > 0]
    return [row for row in rows if row["category"] != VatCategory.OUT_OF_SCOPE] or rows


def refusal(quote: Quote, gross: Decimal) -> str:
    """Why this deposit cannot be asked, or ""."""
    if quote.state not in OPEN:
        return _("Un acompte se demande sur un devis envoyé ou accepté.")
    if not 0 < gross <= most(quote):
        return _("L’acompte va de 0,01 € à %(most)s sur ce devis.") % {"most": euros(most(quote))}
    if blocking := [gap.text for gap in gaps_of(quote.hoster, quote.organization) if gap.blocking]:
        return _("Il manque encore : %(gaps)s.") % {"gaps": ", ".join(blocking)}
    return ""


@transaction.atomic
def issue_deposit(*, quote: Quote, gross: Decimal, by: User, key: UUID) -> Invoice:
    """Ask an amount (EUR to pay) before the work: an invoice of its own, VAT of each rate in the proportion of the
    quote's first year. The same form sent twice asks once.

    Raises:
        DepositRefused: the quote is no longer open, or the amount is more than it allows.
    """
    if already := Invoice.objects.filter(hoster=quote.hoster, key=key).first():
        return already
    locked = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    if reason := refusal(locked, gross):
        raise DepositRefused(reason)
    piece = Piece(
        hoster=locked.hoster,
        organization=locked.organization,
        contact=locked.contact,
        seller=locked.seller,
        buyer=completed(locked.buyer, locked.organization),
        subject=_("Acompte sur le devis %(number)s") % {"number": locked.number},
        mention=locked.mention,
        kind=InvoiceKind.DEPOSIT,
        quote=locked,
        order_number=_order_number(locked),
        by=by,
        key=key,
    )
    return issue_piece(piece, deposit_lines(locked, gross))


def _order_number(quote: Quote) -> str:
    """What the client gave when it accepted, if it has."""
    rows = Subscription.objects.filter(quote=quote).values_list("order_number", flat=True)
    return rows.first() or ""


def deposit_lines(quote: Quote, gross: Decimal) -> list[InvoiceLine]:
    """One line for each rate of the quote."""
    rows = _rows(quote)
    parts = share(gross, [Decimal(row["gross"]) for row in rows])
    label = _("Acompte sur le devis %(number)s") % {"number": quote.number}
    goods = _rates_of_goods(quote)
    return [
        _line(label, row["category"], Decimal(row["rate"]), part, goods=goods)
        for row, part in zip(rows, parts, strict=True)
        if part
    ]


def _rates_of_goods(quote: Quote) -> set[tuple[str, Decimal]]:
    """The rates at which a quote sells nothing but objects: a deposit on them is one on goods (INV-15)."""
    natures: dict[tuple[str, Decimal], set[str]] = defaultdict(set)
    for line in quote.lines.filter(kept=True, amount__gt=0):
        natures[line.category, line.rate].add(line.nature)
    return {rate for rate, found in natures.items() if found == {InvoiceLine.Nature.GOODS}}


def _line(
    label: str, category: str, rate: Decimal, gross: Decimal, *, goods: set[tuple[str, Decimal]]
) -> InvoiceLine:
    taxed = Taxed.from_gross(gross, rate)
    return InvoiceLine(
        nature=InvoiceLine.Nature.GOODS if (category, rate) in goods else "",
        label=label,
        rule=_("versé avant la prestation, déduit de la facture qui suit"),
        quantity=Decimal(1),
        whole=True,
        cadence=Cadence.ONE_OFF.value,
        category=category,
        rate=rate,
        amount=taxed.gross,
        net=taxed.net,
        vat=taxed.vat,
    )


def deductions(quote: Quote, lines: list[InvoiceLine]) -> list[InvoiceLine]:
    """The lines that take the deposits of a quote off an invoice of these lines: rate by rate, never below zero.

    Called in the issuing transaction: the deposits are held until it ends.
    """
    owed: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    for line in lines:
        owed[line.category, line.rate] += line.amount
    found = []
    for deposit in _deposits(quote, lock=True):
        for line, rest in remaining(deposit).items():
            gross = min(rest.gross, owed[line.category, line.rate])
            if gross > 0:
                owed[line.category, line.rate] -= gross
                found.append(_deduction(deposit, line, _part(rest, gross, line.rate)))
    return found


def _part(rest: Taxed, gross: Decimal, rate: Decimal) -> Taxed:
    """A part of what is left, the very cents when it is all of it."""
    if gross == rest.gross:
        return rest
    net = min(max((gross * HUNDRED / (HUNDRED + rate)).quantize(Decimal("0.01")), gross - rest.vat), rest.net)
    return Taxed(net, gross - net, gross)


def _deduction(deposit: Invoice, line: InvoiceLine, part: Taxed) -> InvoiceLine:
    return InvoiceLine(
        label=_("Acompte déduit"),
        rule=_("facture d’acompte %(number)s du %(day)s")
        % {"number": deposit.number, "day": day(deposit.issued_on)},
        quantity=Decimal(1),
        whole=True,
        cadence=Cadence.ONE_OFF.value,
        nature=line.nature,
        category=line.category,
        rate=line.rate,
        amount=-part.gross,
        net=-part.net,
        vat=-part.vat,
        against=line,
    )


def _deposits(quote: Quote, *, lock: bool = False) -> list[Invoice]:
    """The deposits asked on any version of this quote, the first one first."""
    rows = Invoice.objects.filter(kind=InvoiceKind.DEPOSIT, quote__in=family(quote)).order_by("pk")
    return list(rows.select_for_update(of=("self",)) if lock else rows)
