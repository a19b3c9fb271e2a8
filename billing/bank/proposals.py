"""What a line of the bank probably pays: the number of an invoice first, then the name and the amount."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from django.utils.translation import gettext as _

from billing.models import BankEntry, DebitBatch, DebitOrder, Invoice
from billing.payments.overview import unpaid
from crm.folding import name_key
from hosters.models import Hoster

#: Which part of the words of a name a label must hold: banks cut long names.
ENOUGH = Decimal("0.6")


@dataclass(frozen=True)
class Proposal:
    """What to do with a line: `parts` pays invoices (EUR), `batch` collects debits, `order` was sent back.

    `sure` when nothing else fits: the number is there, and the amount is exactly what is due.
    """

    why: str
    sure: bool = False
    parts: tuple[tuple[Invoice, Decimal], ...] = ()
    batch: DebitBatch | None = None
    order: DebitOrder | None = None


@dataclass(frozen=True)
class Known:
    """What lines are compared with, read once for a page of them."""

    invoices: Sequence[Invoice]
    batches: Sequence[DebitBatch]
    orders: Sequence[DebitOrder]


def known_of(hoster: Hoster) -> Known:
    """The unpaid invoices, the batches that wait for their money, the debits that may come back."""
    batches = DebitBatch.objects.filter(hoster=hoster, collected_on=None).with_awaited().order_by("pk")
    may_return = DebitOrder.objects.filter(
        hoster=hoster, state__in=[DebitOrder.State.SENT, DebitOrder.State.COLLECTED]
    )
    return Known(list(unpaid(hoster)), list(batches), list(may_return.select_related("invoice")))


def propose(entry: BankEntry, known: Known) -> Proposal | None:
    """The best guess for a line that waits; None when nothing fits."""
    said = squeezed(f"{entry.label} {entry.reference} {entry.party}")
    if entry.amount < 0:
        return _returned(said, known.orders)
    return _batch(said, entry, known.batches) or _named(said, entry, known.invoices) or _alike(entry, known)


def squeezed(text: str) -> str:
    """Letters and figures only, so that `F-2026-0042`, `F 2026 0042` and `f20260042` are one."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _holds(said: str, number: str) -> bool:
    """The number, not followed by another figure: 42 is not 421."""
    return re.search(re.escape(squeezed(number)) + r"(?!\d)", said) is not None


def _returned(said: str, orders: Iterable[DebitOrder]) -> Proposal | None:
    found = next((each for each in orders if _holds(said, each.end_to_end)), None)
    if found is None:
        return None
    told = _("Le prélèvement de la facture %(number)s est revenu.") % {"number": found.invoice.number}
    return Proposal(told, sure=True, order=found)


def _batch(said: str, entry: BankEntry, batches: Iterable[DebitBatch]) -> Proposal | None:
    fitting = [each for each in batches if each.awaited == entry.amount]  # type: ignore[attr-defined]  # an annotation
    named = [each for each in fitting if _holds(said, each.number) or _holds(said, each.message_id)]
    if not (named or len(fitting) == 1):
        return None
    batch = (named or fitting)[0]
    told = _("C’est le montant attendu de la remise de prélèvements %(number)s.") % {"number": batch.number}
    return Proposal(told, sure=bool(named), batch=batch)


def _named(said: str, entry: BankEntry, invoices: Iterable[Invoice]) -> Proposal | None:
    """Invoices whose number is written: paid in the order of their due days, the rest on the last one."""
    found = [each for each in invoices if _holds(said, each.number)]
    if not found:
        return None
    exact = entry.amount == _owed(found)
    if exact:
        why = _("Le numéro de la facture et le montant y sont.")
    elif with_them := _together(entry.amount, invoices, among=found):
        return _paying(with_them, _("Un numéro y est, et le montant est celui de ces factures ensemble."))
    elif entry.amount > _owed(found):
        why = _("Le numéro y est, mais le montant est plus grand que ce qui est dû.")
    else:
        why = _("Le numéro y est, le montant paie une partie.")
    return Proposal(why, sure=exact, parts=shared(entry.amount, found))


def shared(amount: Decimal, invoices: Sequence[Invoice]) -> tuple[tuple[Invoice, Decimal], ...]:
    """The amount of a line on invoices, one after the other; the last one takes what remains."""
    parts, left = [], amount
    for index, invoice in enumerate(invoices):
        part = left if index == len(invoices) - 1 else min(left, invoice.balance())
        if part > 0:
            parts.append((invoice, part))
        left -= part
    return tuple(parts)


def _alike(entry: BankEntry, known: Known) -> Proposal | None:
    """No number: the same amount and nearly the same name, in one invoice or in several of one association; else one of
    the two if it names a single invoice."""
    same_amount = [each for each in known.invoices if each.balance() == entry.amount]
    words = set(name_key(f"{entry.party} {entry.label}").split())
    same_name = [each for each in known.invoices if _named_alike(words, each.organization.name)]
    both = [each for each in same_amount if each in same_name]
    if both:
        return Proposal(_("Le nom et le montant se ressemblent."), parts=((both[0], entry.amount),))
    if several := _together(entry.amount, same_name):
        return _paying(several, _("Le nom se ressemble, et ces factures font ensemble ce montant."))
    if len(same_name) == 1 and entry.amount <= same_name[0].balance():
        return Proposal(_("Le nom se ressemble, pas le montant."), parts=((same_name[0], entry.amount),))
    if len(same_amount) == 1:
        return Proposal(_("Seul le montant est le même."), parts=((same_amount[0], entry.amount),))
    return None


def _together(
    amount: Decimal, invoices: Iterable[Invoice], *, among: Sequence[Invoice] = ()
) -> Sequence[Invoice]:
    """Invoices of one association that make an amount: all that it owes, else the only two; with those of `among`."""
    owed: dict[int, list[Invoice]] = {}
    for each in invoices:
        owed.setdefault(each.organization_id, []).append(each)
    for theirs in owed.values():
        sets = [theirs, *combinations(theirs, 2)] if len(theirs) > 2 else [theirs]
        making = [
            each for each in sets if len(each) > 1 and _owed(each) == amount and set(among) <= set(each)
        ]
        if len(making) == 1 or (making and len(making[0]) == len(theirs)):
            return making[0]
    return ()


def _owed(invoices: Iterable[Invoice]) -> Decimal:
    return sum((each.balance() for each in invoices), Decimal(0))


def _paying(invoices: Iterable[Invoice], why: str) -> Proposal:
    """Each of them, whole."""
    return Proposal(why, parts=tuple((each, each.balance()) for each in invoices))


def _named_alike(words: set[str], name: str) -> bool:
    told = set(name_key(name).split())
    return bool(told) and Decimal(len(told & words)) / len(told) >= ENOUGH
