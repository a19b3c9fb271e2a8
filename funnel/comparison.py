"""The same funnel over two periods of the same length (004-014)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from funnel.intervals import wilson
from funnel.report import Row
from pricing.typography import quantity


@dataclass(frozen=True)
class Compared:
    """A step now and before. `sure` when the intervals of the two rates do not touch: the change is no chance."""

    label: str
    now: Row
    before: Row

    @property
    def points(self) -> Decimal | None:
        """The change of the rate from the step before, in points of percent."""
        if self.now.of_previous is None or self.before.of_previous is None:
            return None
        return self.now.of_previous - self.before.of_previous

    @property
    def told(self) -> str:
        """The change in words, and whether it may be believed; "" when there is nothing to compare."""
        points = self.points
        if points is None:
            return ""
        if not points:
            return _("rien n’a changé")
        said = _("%(n)s points de plus, %(sure)s") if points > 0 else _("%(n)s points de moins, %(sure)s")
        sure = _("ce n’est pas un hasard") if self.sure else _("peut-être le hasard")
        return said % {"n": quantity(abs(points)), "sure": sure}

    @property
    def sure(self) -> bool:
        now, before = (wilson(row.count, row.base_count) for row in (self.now, self.before))
        return bool(now and before and (now[0] > before[1] or now[1] < before[0]))


def compared(now: Sequence[Row], before: Sequence[Row]) -> list[Compared]:
    """Step by step, in order."""
    return [Compared(row.label, row, former) for row, former in zip(now, before, strict=True)]
