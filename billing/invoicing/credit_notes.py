"""Credit notes: an issued invoice never changes, what must be undone is said by another document (NUM-04, 001-021)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.invoicing.issuing import Piece, issue_piece
from billing.invoicing.purchases import note_credit
from billing.invoicing.remaining import remaining
from billing.models import Invoice, InvoiceLine
from hosters.models import User
from pricing.engine.money import CENT, HUNDRED, ZERO, Taxed, cents, share
from pricing.typography import euros, quantity

Left = dict[InvoiceLine, Taxed]
#: Cents between the net that a gross gives and the nearest one whose VAT is fair: two at 20 %, twelve at 2,1 %.
FARTHEST = 12


class CreditRefused(Exception):
    """The credit note cannot be issued; the message says why in French."""


@dataclass(frozen=True)
class Credited:
    """What is taken back of one line: EUR to pay (TTC when the hoster charges VAT), with the sign of the line."""

    line: InvoiceLine
    gross: Decimal


@transaction.atomic
def issue_credit_note(
    *,
    invoice: Invoice,
    lines: Sequence[Credited] | None = None,
    reason: str,
    by: User | None,
    key: UUID | None = None,
) -> Invoice:
    """Credit an invoice: some amounts of its lines, or everything that is left of it.

    The credited invoice does not change; the credit note names it with its date. VAT is worked out once per rate on
    what is credited, and a last credit note takes the very cents that were left.

    Args:
        by: who decided it, None for the daily task.
        key: of the form; sent twice, it gives the same credit note.

    Raises:
        CreditRefused: no reason, nothing left, more than what is left of a line or of a rate, or a credit note.
    """
    if key and (already := Invoice.objects.filter(key=key, corrects=invoice).first()):
        return already
    locked = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if locked.is_credit:
        raise CreditRefused(_("Un avoir ne se crédite pas : il faut une nouvelle facture."))
    if not reason.strip():
        raise CreditRefused(_("Écrivez le motif : il s’imprime sur l’avoir."))
    note = issue_piece(_piece(locked, reason.strip(), by, key), preview(invoice=locked, lines=lines))
    note_credit(invoice=locked, note=note)
    return note


def preview(*, invoice: Invoice, lines: Sequence[Credited] | None) -> list[InvoiceLine]:
    """The lines that a credit note would have now.

    Raises:
        CreditRefused: nothing left, or more than what is left of a line or of a rate.
    """
    left = remaining(invoice)
    taken = _taxed(left, _wanted(left, lines))
    whole = all(taken.get(line) == rest for line, rest in left.items())
    return [_credit_line(line, amount, whole=whole) for line, amount in taken.items()]


def spread(*, invoice: Invoice, gross: Decimal) -> list[Credited]:
    """An amount to credit (EUR), shared between the lines in proportion to what is left of each: for a pro-rata."""
    left = {line: rest for line, rest in remaining(invoice).items() if rest.gross}
    shares = share(gross, [rest.gross for rest in left.values()])
    return [Credited(line, part) for line, part in zip(left, shares, strict=True) if part]


def _wanted(left: Left, lines: Sequence[Credited] | None) -> dict[InvoiceLine, Decimal]:
    if lines is None:
        wanted = {line: rest.gross for line, rest in left.items() if rest.gross}
    else:
        by_key, asked = {line.pk: line for line in left}, defaultdict[int, Decimal](Decimal)
        for each in lines:
            if each.line.pk not in by_key:
                raise CreditRefused(_("Cette ligne n’est pas de cette facture."))
            asked[each.line.pk] += each.gross
        wanted = {line: asked[line.pk] for line in left if asked[line.pk]}
    if sum(wanted.values(), ZERO) <= 0:
        raise CreditRefused(_("Il ne reste rien à créditer, ou le montant demandé est nul."))
    _check(left, wanted)
    return wanted


def _check(left: Left, wanted: dict[InvoiceLine, Decimal]) -> None:
    """Never more than what is left: of each line, nor of each rate (a discount line lowers its rate)."""
    for line, gross in wanted.items():
        rest = left[line].gross
        if gross * rest < 0 or abs(gross) > abs(rest):
            told = {"label": line.label, "left": euros(rest), "asked": euros(gross)}
            raise CreditRefused(_("« %(label)s » : il reste %(left)s à créditer, pas %(asked)s.") % told)
    for key, group in _by_rate(left).items():
        asked = sum((wanted.get(line, ZERO) for line in group), ZERO)
        rest = sum((left[line].gross for line in group), ZERO)
        if asked > max(rest, ZERO):
            told = {"rate": quantity(key[1]), "left": euros(rest), "asked": euros(asked)}
            raise CreditRefused(
                _("Au taux de %(rate)s %%, il reste %(left)s à créditer, pas %(asked)s.") % told
            )


def _by_rate(lines: Iterable[InvoiceLine]) -> dict[tuple[str, Decimal], list[InvoiceLine]]:
    groups: dict[tuple[str, Decimal], list[InvoiceLine]] = {}
    for line in lines:
        groups.setdefault((line.category, line.rate), []).append(line)
    return groups


def _taxed(left: Left, wanted: dict[InvoiceLine, Decimal]) -> Left:
    """Net and VAT of what is wanted, in the order of the lines: once per rate, within what is left of each line."""
    nets: dict[InvoiceLine, Decimal] = {}
    for (category, rate), group in _by_rate(wanted).items():
        bounds = {line: _bounds(wanted[line], left[line]) for line in group}
        at_rate = [rest.net for line, rest in left.items() if (line.category, line.rate) == (category, rate)]
        low, high = (sum(ends, ZERO) for ends in zip(*bounds.values(), strict=True))
        exact_net = Taxed.from_gross(sum((wanted[line] for line in group), ZERO), rate).net
        total = fair_net(exact_net, rate, left=sum(at_rate, ZERO), low=low, high=high)
        exact = {line: wanted[line] * HUNDRED / (HUNDRED + rate) for line in group}
        nets.update(_settled(exact, total, bounds))
    return {line: Taxed(nets[line], gross - nets[line], gross) for line, gross in wanted.items()}


def fair_net(net: Decimal, rate: Decimal, *, left: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """The net to credit at a rate (EUR), nearest to `net` and within its bounds, so that the VAT of this credit note
    and of those to come, each its net times the rate (BR-CO-17), is never more than that of `left`."""
    steps = sorted(range(-FARTHEST, FARTHEST + 1), key=abs)
    near = [net + step * CENT for step in steps]
    fitting = (each for each in near if low <= each <= high and _fits(each, left, rate))
    return next(fitting, net)


def _fits(net: Decimal, left: Decimal, rate: Decimal) -> bool:
    now, later, whole = (cents(part * rate / HUNDRED) for part in (net, left - net, left))
    return now + later <= whole


def _bounds(gross: Decimal, rest: Taxed) -> tuple[Decimal, Decimal]:
    """Between which nets a part of a line is, so that neither its net nor its VAT goes beyond what is left."""
    first, last = sorted((gross - rest.vat, rest.net))
    if gross > 0:
        return max(ZERO, first), min(gross, last)
    return max(gross, first), min(ZERO, last)


def _settled(
    exact: dict[InvoiceLine, Decimal], total: Decimal, bounds: dict[InvoiceLine, tuple[Decimal, Decimal]]
) -> dict[InvoiceLine, Decimal]:
    """Round each amount to a cent so that they add up to `total`, or to the nearest sum that the bounds allow."""
    nets = {}
    for line, amount in exact.items():
        low, high = bounds[line]
        nets[line] = min(max(amount.quantize(CENT, ROUND_FLOOR), low), high)
    missing = total - sum(nets.values(), ZERO)
    step = CENT if missing > 0 else -CENT
    movable = True
    while missing and movable:
        movable = False
        for line in sorted(exact, key=lambda each: (nets[each] - exact[each]) * step):
            low, high = bounds[line]
            if missing and low <= nets[line] + step <= high:
                nets[line] += step
                missing -= step
                movable = True
    return nets


def _piece(invoice: Invoice, reason: str, by: User | None, key: UUID | None) -> Piece:
    return Piece(
        hoster=invoice.hoster,
        organization=invoice.organization,
        contact=invoice.contact,
        seller=invoice.seller,
        buyer=invoice.buyer,
        subject=invoice.subject,
        mention=invoice.mention,
        kind=Invoice.Kind.CREDIT_NOTE,
        subscription=invoice.subscription,
        quote=invoice.quote,
        corrects=invoice,
        reason=reason,
        fees=invoice.fees,
        order_number=invoice.order_number,
        period=(invoice.period_start, invoice.period_end),
        by=by,
        key=key,
    )


def _credit_line(line: InvoiceLine, amount: Taxed, *, whole: bool) -> InvoiceLine:
    """The line as it was, or what is taken back of it."""
    entire = whole and amount.gross == line.amount
    rule = line.rule if entire else _("sur %(amount)s facturés") % {"amount": euros(line.amount)}
    return InvoiceLine(
        label=line.label,
        rule=rule,
        quantity=line.quantity if entire else Decimal(1),
        unit=line.unit if entire else "",
        whole=line.whole,
        cadence=line.cadence,
        nature=line.nature,
        term_months=line.term_months,
        category=line.category,
        rate=line.rate,
        amount=amount.gross,
        net=amount.net,
        vat=amount.vat,
        against=line,
    )
