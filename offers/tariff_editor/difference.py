"""What a new tariff changes for those who would order, in words and euros."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from offers.models import Offer
from offers.tariff_editor.reading import starting_selection
from offers.tariff_editor.simulation import drawn_metrics, outcome_words
from pricing.engine import Metric, Tariff, euros, price
from pricing.engine.text import MINUS, NBSP, number, per_period, span

MOST_METRICS = 3
SAMPLES = (1, 2, 5, 10, 12, 20, 30, 50, 100, 200)


@dataclass(frozen=True)
class PriceChange:
    """One request, before and after. `words`: « + 5,00 € pour 12 personnes »; the tone says which way it goes."""

    words: str
    before: str
    after: str
    tone: str


@dataclass(frozen=True)
class Difference:
    """`facts`: what came, went or changed besides the price of a period. `same`: requests whose price stays."""

    changes: list[PriceChange]
    same: list[str]
    facts: list[str]

    @property
    def nothing(self) -> bool:
        return not self.changes and not self.facts


def difference(offer: Offer, before: Tariff, after: Tariff) -> Difference:
    """Compare two tariffs of an offer on what a visitor may ask."""
    changes, same = [], []
    for metric, months in _asked(before, after):
        quantities = _quantities(metric, before)
        pairs = [
            tuple(_answer(offer, tariff, after, metric, each, months) for tariff in (before, after))
            for each in quantities
        ]
        for (old, new), group in groupby(range(len(pairs)), key=pairs.__getitem__):
            words = _words(metric, [quantities[index] for index in group], months)
            if old == new:
                same.append(words)
            else:
                changes.append(_change(old, new, words))
    return Difference(changes, same, _facts(before, after))


Answer = tuple[Decimal | None, str]


def _asked(before: Tariff, after: Tariff) -> list[tuple[Metric | None, int]]:
    """What both tariffs count (None: nothing), for each term of both: a term that comes or goes is a fact."""
    old, new = ({term.months for term in tariff.terms} for tariff in (before, after))
    terms = sorted(old & new or old | new)
    metrics: list[Metric | None] = [
        each for each in drawn_metrics(after) if each.code in before.metrics_by_code
    ]
    return [(metric, months) for metric in metrics[:MOST_METRICS] or [None] for months in terms]


def _answer(
    offer: Offer, tariff: Tariff, after: Tariff, metric: Metric | None, quantity: Decimal, months: int
) -> Answer:
    """The same request to either tariff: the quantities proposed by the new one, where the tariff knows them."""
    asked = starting_selection(offer, after)
    known = {code: each for code, each in asked.quantities.items() if code in tariff.metrics_by_code}
    if metric is not None:
        known[metric.code] = quantity
    answer = price(tariff, replace(asked, quantities=known, term_months=months), vat=offer.hoster.vat_policy)
    return answer.recurring_per_period, outcome_words(answer.outcome)


def _words(metric: Metric | None, quantities: list[Decimal], months: int) -> str:
    """`1, 2 ou 5 personnes, par mois`."""
    if metric is None:
        return per_period(months)
    *others, last = quantities
    start = f"{', '.join(number(each) for each in others)} {_('ou')} " if others else ""
    return f"{start}{metric.words(last)}, {per_period(months)}"


def _quantities(metric: Metric | None, before: Tariff) -> list[Decimal]:
    """Of the usual quantities, those around what is proposed, on a step of the metric."""
    if metric is None:
        return [Decimal(1)]
    former = before.metrics_by_code[metric.code]
    wanted = {Decimal(each) * max(metric.step, Decimal(1)) for each in SAMPLES} | {
        metric.starting,
        former.starting,
    }
    usable = [each for each in sorted(wanted) if each and each >= metric.minimum and metric.accepts(each)]
    return [each for each in usable if each <= max(metric.starting * 5, Decimal(50))]


def _change(old: Answer, new: Answer, words: str) -> PriceChange:
    before, after = (euros(amount) if amount is not None else told for amount, told in (old, new))
    if old[0] is None or new[0] is None:
        return PriceChange(
            _("%(before)s, puis %(after)s, pour %(words)s")
            % {"before": before, "after": after, "words": words},
            before,
            after,
            "info",
        )
    gap = new[0] - old[0]
    signed = f"{'+' if gap > 0 else MINUS}{NBSP}{euros(abs(gap))}"
    sentence = _("%(gap)s pour %(words)s") % {"gap": signed, "words": words}
    return PriceChange(sentence, before, after, "warning" if gap > 0 else "success")


def _facts(before: Tariff, after: Tariff) -> list[str]:
    return [*_terms(before, after), *_fees(before, after), *_names(before, after)]


def _terms(before: Tariff, after: Tariff) -> list[str]:
    old, new = ({term.months for term in tariff.terms} for tariff in (before, after))
    gained = [_("Nouvelle durée : %(span)s.") % {"span": span(each)} for each in sorted(new - old)]
    return gained + [_("Durée retirée : %(span)s.") % {"span": span(each)} for each in sorted(old - new)]


def _fees(before: Tariff, after: Tariff) -> list[str]:
    found = []
    if before.setup_fee != after.setup_fee:
        found.append(_("Les frais de mise en place changent."))
    if before.membership != after.membership:
        found.append(_("L’adhésion change."))
    if before.trial != after.trial or before.introductory != after.introductory:
        found.append(_("L’essai ou le prix de bienvenue change."))
    if before.tax_included != after.tax_included:
        found.append(
            _("Les prix sont maintenant TTC.") if after.tax_included else _("Les prix sont maintenant HT.")
        )
    return found


def _names(before: Tariff, after: Tariff) -> list[str]:
    """Lines, options and quantities that came or went."""
    found = []
    for old, new in (
        (
            {each.code: each.label for each in before.options},
            {each.code: each.label for each in after.options},
        ),
        (
            {each.code: each.label for each in before.metrics},
            {each.code: each.label for each in after.metrics},
        ),
    ):
        found += [
            _("Nouveau : %(name)s.") % {"name": label} for code, label in new.items() if code not in old
        ]
        found += [_("Retiré : %(name)s.") % {"name": label} for code, label in old.items() if code not in new]
    return found
