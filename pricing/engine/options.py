"""What a client may add: a supplement per resource, a premium service (002-054, 002-130)."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.engine.charge import Charge
from pricing.engine.charges import Shape
from pricing.engine.metrics import Metric
from pricing.engine.outcomes import Cadence
from pricing.engine.text import _
from pricing.engine.vat import STANDARD, VatTreatment


@dataclass(frozen=True, slots=True)
class Option:
    """A supplement counted in its own unit; each unit brings what `adds` says (metric, quantity).

    Its shape charges the metric named like the option itself, so any way to charge will do.
    """

    code: str
    label: str
    shape: Shape
    unit: str = ""
    units: str = ""
    minimum: Decimal = Decimal(0)
    maximum: Decimal | None = None
    step: Decimal = Decimal(1)
    cadence: Cadence = Cadence.PERIOD
    segments: tuple[str, ...] = ()
    adds: tuple[tuple[str, Decimal], ...] = ()
    vat: VatTreatment = STANDARD

    @property
    def metric(self) -> Metric:
        """The option seen as something to count."""
        return Metric(
            self.code,
            self.label,
            self.unit or _("unité"),
            self.units if self.unit else _("unités"),
            minimum=self.minimum,
            maximum=self.maximum,
            step=self.step,
        )

    @property
    def charge(self) -> Charge:
        return Charge(self.code, self.label, self.shape, self.cadence, self.segments, vat=self.vat)
