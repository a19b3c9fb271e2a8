"""A charge of a tariff: a way to charge, with its label, its rhythm and who pays it."""

from dataclasses import dataclass
from enum import StrEnum

from pricing.engine.charges import Shape
from pricing.engine.outcomes import Cadence
from pricing.engine.vat import STANDARD, VatTreatment


class Audience(StrEnum):
    """Who pays a charge: everybody, or a supplement for those who are not members."""

    EVERYONE = "everyone"
    MEMBERS = "members"
    NON_MEMBERS = "non_members"

    def includes(self, member: bool) -> bool:
        return self is Audience.EVERYONE or (self is Audience.MEMBERS) is member


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a tariff. `segments` empty: every public pays it."""

    code: str
    label: str
    shape: Shape
    cadence: Cadence = Cadence.PERIOD
    segments: tuple[str, ...] = ()
    audience: Audience = Audience.EVERYONE
    vat: VatTreatment = STANDARD

    def concerns(self, segment: str, member: bool) -> bool:
        if self.segments and segment not in self.segments:
            return False
        return self.audience is Audience.EVERYONE or self.audience.includes(member)
