"""What paying at a rhythm means, in words: how many invoices, of how much, until when, refunded or not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offers.reference_price import by_the_month
from pricing.dates import date_format
from pricing.engine import Breakdown, Outcome, Selection, Tariff, VatPolicy, price
from pricing.engine.money import ZERO
from pricing.forms import term_label
from pricing.periods import months_after
from pricing.presentation import period_words
from pricing.typography import euros

YEAR = 12


def commitments(tariff: Tariff, answer: Breakdown, *, today: date) -> list[str]:
    """One sentence each. Only of a firm price that comes back."""
    amount = answer.recurring_per_period
    return list(_told(tariff, answer.months, amount, today)) if amount else []


def _told(tariff: Tariff, months: int, amount: Decimal, today: date) -> Iterator[str]:
    told = {"amount": euros(amount), "rhythm": period_words(months)}
    yield _("Facturé %(amount)s %(rhythm)s%(count)s.") % {**told, "count": _count(months)}
    if months > 1:
        last = months_after(today, months) - timedelta(days=1)
        yield _("Commencée aujourd’hui, cette période va jusqu’au %(last)s.") % {
            "last": date_format(last, "j F Y")
        }
    if tariff.guarantee_days:
        yield _("Satisfait ou remboursé pendant %(days)s jours.") % {"days": tariff.guarantee_days}


def longer_terms(tariff: Tariff, asked: Selection, answer: Breakdown, vat: VatPolicy) -> list[str]:
    """What paying less often would save, for the same quantities: computed, so that nobody has to try (002-038)."""
    if answer.outcome is not Outcome.PRICED or asked.free_amount is not None:
        return []  # a price chosen freely is chosen for one term
    lengths = [term.months for term in tariff.terms if term.months > answer.months]
    others = [price(tariff, replace(asked, term_months=months), vat=vat) for months in lengths]
    return [_saved(other, found.words) for other in others if (found := by_the_month(other))]


def _saved(answer: Breakdown, words: str) -> str:
    told = {
        "rhythm": term_label(answer.months),
        "amount": euros(answer.recurring_per_period or ZERO),
        "saving": words,
    }
    return _("En payant %(rhythm)s : %(amount)s, %(saving)s.") % told


def _count(months: int) -> str:
    """`, soit 12 factures par an`; nothing for a period longer than a year, whose rhythm says it."""
    if months > YEAR or YEAR % months:
        return ""
    number = YEAR // months
    return ngettext(", soit une facture par an", ", soit %(n)s factures par an", number) % {"n": number}
