"""The struck price beside a price: shown only when the tariff really sells at it, with its condition in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pricing.engine import Breakdown, Outcome, Tariff
from pricing.engine.money import ZERO, percentage
from pricing.presentation import period_words
from pricing.typography import euros


@dataclass(frozen=True)
class ReferencePrice:
    """`amount`: the other price of the same period (EUR, as the client pays). `condition` says when it applies;
    `welcome`: it is the price to come rather than another way to pay."""

    amount: Decimal
    saving: Decimal
    percent: int
    condition: str
    welcome: bool = False

    @property
    def words(self) -> str:
        """`120,00 € d’économie (17 %)`."""
        return _("%(saving)s d’économie (%(percent)s %%)") % {
            "saving": euros(self.saving),
            "percent": self.percent,
        }


def reference_price(tariff: Tariff, answer: Breakdown) -> ReferencePrice | None:
    """What this price is compared with (002-101, 002-103, 002-108); None when there is nothing real to strike.

    A welcome price is compared with the price that follows it, a longer term with as many months paid one by one.
    """
    if answer.outcome is not Outcome.PRICED or answer.recurring_per_period is None:
        return None
    if tariff.introductory is not None and tariff.introductory.concerns(answer.months):
        return _welcome(tariff.introductory.periods, answer)
    return by_the_month(answer)


def _welcome(periods: int, answer: Breakdown) -> ReferencePrice | None:
    now, after = answer.recurring_per_period or ZERO, answer.recurring_after or ZERO
    if after <= now:
        return None
    lasts = ngettext("la première période", "les %(n)s premières périodes", periods) % {"n": periods}
    told = {"lasts": lasts, "after": euros(after), "rhythm": period_words(answer.months)}
    condition = _("Prix de bienvenue pour %(lasts)s, puis %(after)s %(rhythm)s.") % told
    return ReferencePrice(after, after - now, percentage(after - now, after), condition, welcome=True)


def by_the_month(answer: Breakdown) -> ReferencePrice | None:
    """A longer term compared with as many months paid one by one; None when it saves nothing."""
    if not answer.saving or answer.saving <= ZERO or answer.recurring_per_period is None:
        return None
    whole = answer.recurring_per_period + answer.saving
    told = {"n": answer.months, "whole": euros(whole)}
    condition = _("%(n)s mois payés un par un coûtent %(whole)s.") % told
    return ReferencePrice(whole, answer.saving, answer.saving_percent or 0, condition)
