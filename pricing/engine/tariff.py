"""A whole tariff: data only, never edited once in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pricing.engine.charge import Charge
from pricing.engine.eligibility import Entitlement, Limit, Segment
from pricing.engine.membership import Membership
from pricing.engine.metrics import Metric
from pricing.engine.options import Option
from pricing.engine.prices import Price
from pricing.engine.terms import Introductory, Term, Trial

MONTHLY = (Term(1),)


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a public price page says.

    Prices are per `period_months` months unless typed for a term; typed TTC when `tax_included`,
    HT otherwise. `guarantee_days`: days during which the client is refunded in full.
    """

    metrics: tuple[Metric, ...] = ()
    charges: tuple[Charge, ...] = ()
    options: tuple[Option, ...] = ()
    terms: tuple[Term, ...] = MONTHLY
    segments: tuple[Segment, ...] = ()
    limits: tuple[Limit, ...] = ()
    includes: tuple[Entitlement, ...] = ()
    setup_fee: Price | None = None
    membership: Membership | None = None
    trial: Trial | None = None
    introductory: Introductory | None = None
    period_months: int = 1
    tax_included: bool = True
    guarantee_days: int = 0
    _metrics: dict[str, Metric] = field(init=False, repr=False, compare=False)
    _options: dict[str, Option] = field(init=False, repr=False, compare=False)
    _charged: frozenset[str] = field(init=False, repr=False, compare=False)
    _compares_terms: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What every computation asks for is worked out once: a tariff never changes."""
        charged = frozenset(code for charge in self.charges for code in charge.shape.metric_codes())
        object.__setattr__(self, "_metrics", {metric.code: metric for metric in self.metrics})
        object.__setattr__(self, "_options", {option.code: option for option in self.options})
        object.__setattr__(self, "_charged", charged)
        object.__setattr__(self, "_compares_terms", self._has_terms_of_their_own())

    @property
    def metrics_by_code(self) -> Mapping[str, Metric]:
        return self._metrics

    @property
    def options_by_code(self) -> Mapping[str, Option]:
        return self._options

    def term(self, months: int) -> Term | None:
        for term in self.terms:
            if term.months == months:
                return term
        return None

    def segment(self, code: str) -> Segment | None:
        return next((segment for segment in self.segments if segment.code == code), None)

    @property
    def monthly(self) -> Term | None:
        return self.term(1)

    def shorter_term(self, months: int) -> Term | None:
        """The longest term sold that is shorter than `months`."""
        shorter = [term for term in self.terms if term.months < months]
        return max(shorter, key=lambda term: term.months, default=None)

    def _has_terms_of_their_own(self) -> bool:
        shapes = [charge.shape for charge in self.charges] + [option.shape for option in self.options]
        typed = {months for shape in shapes for price in shape.prices() for months in price.typed_terms()}
        return len(typed) > 1 or any(term.has_own_price for term in self.terms)

    @property
    def compares_terms(self) -> bool:
        """Whether one term is sold at another price than the mere sum of its months."""
        return self._compares_terms

    @property
    def charged_metrics(self) -> frozenset[str]:
        """Codes of the metrics some charge counts."""
        return self._charged

    def priced_metrics(self) -> tuple[Metric, ...]:
        """Metrics on which the price or a limit depends, in the order typed."""
        used = self.charged_metrics | {limit.metric for limit in self.limits}
        return tuple(metric for metric in self.metrics if metric.code in used or metric.maximum is not None)

    def has_free_price(self) -> bool:
        return any(charge.shape.kind == "free_price" for charge in self.charges)

    def story(self, segment: str = "") -> str:
        """« Comment ce prix est fait » : a French paragraph made from the tariff itself."""
        return " ".join(self.sentences(segment))

    def sentences(self, segment: str = "") -> list[str]:
        """The same, one sentence for each part."""
        from pricing.engine.story import tell  # noqa: PLC0415 - the story reads tariffs

        return tell(self, segment)


def quantity_included(
    includes: tuple[Entitlement, ...], metric: str, quantities: Mapping[str, Decimal]
) -> Decimal:
    """How much of `metric` comes with these quantities."""
    total = Decimal(0)
    for entitlement in includes:
        if entitlement.metric == metric:
            units = quantities.get(entitlement.per, Decimal(0)) if entitlement.per else 1
            total += entitlement.quantity * units
    return total
