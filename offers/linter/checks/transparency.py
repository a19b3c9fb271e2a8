"""Transparent and without surprise: no star without its note, no amount typed by hand, the whole first year shown."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.linter.amounts import TypedAmount, at_any_quantity, computed, typed_amounts
from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import OfferFacts, TextFacts
from offers.linter.finding import Fault
from offers.linter.qualities import NO_SURPRISE, TRANSPARENT
from offers.linter.sold import Sold
from pricing.engine import Outcome, Severity
from pricing.engine.text import per_period
from pricing.typography import euros

_EMPHASIS = re.compile(r"\*\*[^*\n]+\*\*|(?<!\w)\*[^*\s][^*\n]*\*(?!\w)")
_MARK = re.compile(r"(?<=[\w€%)»])[ \u00a0\u202f]?(\*{1,3}|†|‡)(?![\w*])")
_NOTE = re.compile(r"^[ \t]*(\*{1,3}|†|‡)[ \u00a0\u202f]*\w", re.MULTILINE)
_CONDITION = re.compile(r"(?:sous|selon|voir)(?: nos| les)? conditions?\b(?! d[e’'u])", re.IGNORECASE)
#: What is not sold here has prices of its own: « le nom de domaine (15 € par an) reste à votre charge ».
_PRICES_OF_OTHERS = "not_included"


@check("Q-FOOTNOTE", TRANSPARENT, Severity.ERROR)
def has_its_notes(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A star or a condition has its text (002-103: kSuite 3,29*; Sleto, support*)."""
    notes = {mark for mark, text in offer.footnotes.items() if text.strip()}
    notes |= {found[1] for each in offer.texts for found in _NOTE.finditer(each.text)}
    for each in offer.texts:
        text = _EMPHASIS.sub("", each.text)
        for found in _MARK.finditer(text):
            if found[1] not in notes:
                message = _(
                    "« {words} » renvoie à une note qui n’existe pas : écrivez-la, ou retirez le signe."
                )
                yield Fault(each.path, message.format(words=_around(text, found.start(), found.end())))
        if not notes and (condition := _CONDITION.search(text)):
            message = _("« {words} » sans dire lesquelles : écrivez la condition en toutes lettres.")
            yield Fault(each.path, message.format(words=condition[0]))


def _around(text: str, start: int, end: int) -> str:
    """The few words before a mark, with it."""
    return " ".join(text[:end].split()[-4:]) if start else text[:end]


@check("Q-DISPLAY", TRANSPARENT, Severity.ERROR)
def shows_computed_amounts(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """An amount typed in a text is one that the engine computes (002-113: Proton, 299,99 for 29,99)."""
    plan = context.sold(offer)
    typed = [(text, amount) for text in offer.texts for amount in typed_amounts(text.text)]
    if plan is None or not typed:
        return
    known = computed(plan)
    wrong = [(text, amount) for text, amount in typed if _is_ours(text) and not known.holds(amount)]
    if wrong:
        wider = computed(plan, at_any_quantity(plan, context.vat, context.thresholds.cliff_upto))
        wrong = [(text, amount) for text, amount in wrong if not wider.holds(amount)]
    for text, amount in wrong:
        message = _(
            "« {words} » n’est pas ce que dit le tarif{right} : retirez ce montant, la page l’écrit elle-même."
        )
        yield Fault(text.path, message.format(words=amount.words, right=_right_amount(plan, amount)))


def _is_ours(text: TextFacts) -> bool:
    return text.path != _PRICES_OF_OTHERS


def _right_amount(plan: Sold, typed: TypedAmount) -> str:
    """The price for the rhythm that the words name, else the first one sold."""
    same = [answer for answer in plan.answers if answer.months == typed.months]
    answer = (same or list(plan.answers))[0]
    if answer.recurring_per_period is None:
        return _(" (sans prix public)")
    told = _(" ({amount} {per})")
    return told.format(amount=euros(answer.recurring_per_period), per=per_period(answer.months))


@check("Q-SETUPSHOWN", NO_SURPRISE, Severity.ERROR)
def shows_the_whole_first_year(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Set-up and membership are in the total announced (002-114, 002-117: Marmule, 190,00). Ours computes it."""
    plan = context.sold(offer)
    if plan is None or offer.display is None or not (plan.tariff.setup_fee or _must_join(plan)):
        return
    totals = [each.first_year_total for each in plan.answers if each.outcome is Outcome.PRICED]
    least: Decimal | None = min((total for total in totals if total is not None), default=None)
    shown = offer.display.first_year
    if least is None or (shown is not None and shown >= least):
        return
    announced = (
        _("annonce {shown}").format(shown=euros(shown)) if shown is not None else _("n’annonce aucun total")
    )
    message = _(
        "« {name} » {announced} pour la première année : avec la mise en place et l’adhésion, c’est {total}. "
        "Montrez ce total."
    )
    told = message.format(name=offer.name, announced=announced, total=euros(least))
    yield Fault("display.first_year", told)


def _must_join(plan: Sold) -> bool:
    return plan.tariff.membership is not None and plan.tariff.membership.required
