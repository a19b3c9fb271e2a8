"""A check: a rule with its code, the quality it serves and its severity."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from offers.linter.context import Context
from offers.linter.facts import OfferFacts
from offers.linter.finding import Fault, Finding
from pricing.engine import Severity
from pricing.typography import french

Rule = Callable[[OfferFacts, Context], Iterable[Fault]]


@dataclass(frozen=True)
class Check:
    """Called with an offer and its context, it gives findings; pure, so twice gives the same."""

    code: str
    quality: str
    severity: Severity
    rule: Rule

    def __call__(self, offer: OfferFacts, context: Context) -> Iterator[Finding]:
        for fault in self.rule(offer, context):
            yield Finding(
                check=self.code,
                severity=fault.severity or self.severity,
                message=french(fault.message),
                quality=gettext(self.quality),
                field=fault.field,
                offer="" if fault.shared else offer.slug,
            )


def check(code: str, quality: str, severity: Severity) -> Callable[[Rule], Check]:
    """Turn a rule into a check. `quality` is one of `offers.linter.qualities`."""

    def named(rule: Rule) -> Check:
        return Check(code, quality, severity, rule)

    return named
