"""Few options: each one is a question more (002-075)."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import FEW_OPTIONS
from pricing.engine import Severity
from pricing.engine.money import percentage


@check("Q-OPTIONS", FEW_OPTIONS, Severity.WARNING)
def has_few_options(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """At most five; an option that most people take belongs to the offer."""
    tariff = offer.tariff.tariff if offer.tariff else None
    if tariff is None:
        return
    most = context.thresholds.options
    if len(tariff.options) > most:
        message = _("« {name} » a {count} options : {most} au plus. Intégrez les plus utiles à l’offre.")
        yield Fault("tariff.options", message.format(name=offer.name, count=len(tariff.options), most=most))
    yield from _usual(offer, {option.code: option.label for option in tariff.options}, context)


def _usual(offer: OfferFacts, labels: dict[str, str], context: Context) -> Iterator[Fault]:
    usage, limits = offer.usage, context.thresholds
    if usage is None or usage.quotes < limits.fewest_quotes:
        return
    for index, (code, label) in enumerate(labels.items()):
        share = percentage(Decimal(usage.options.get(code, 0)), Decimal(usage.quotes))
        if share > limits.option_percent:
            message = _("« {label} » est prise dans {share} % des devis : intégrez-la à « {name} ».")
            yield Fault(f"tariff.options[{index}]", message.format(label=label, share=share, name=offer.name))
