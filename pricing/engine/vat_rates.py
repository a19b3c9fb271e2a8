"""French VAT rates by territory, as dated rows (INV-19: CGI 278, 294, 296).

The engine has no clock: the caller gives the day. A case that is not in the table raises, so that
no rate is ever guessed.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Territory(StrEnum):
    METROPOLE = "metropole"
    ANTILLES_REUNION = "antilles_reunion"
    GUYANE_MAYOTTE = "guyane_mayotte"


@dataclass(frozen=True, slots=True)
class VatRates:
    """Rates in force in a territory from a day on; no rate at all where VAT does not apply."""

    territory: Territory
    valid_from: date
    standard: Decimal | None
    reduced: tuple[Decimal, ...]
    source: str

    @property
    def allowed(self) -> tuple[Decimal, ...]:
        """Every rate an invoice may carry."""
        return () if self.standard is None else (self.standard, *self.reduced)


TABLE = (
    VatRates(
        Territory.METROPOLE,
        date(2014, 1, 1),
        Decimal("20"),
        (Decimal("10"), Decimal("5.5"), Decimal("2.1")),
        "CGI 278, 278-0 bis, 279, 281 quater",
    ),
    VatRates(Territory.ANTILLES_REUNION, date(2014, 1, 1), Decimal("8.5"), (Decimal("2.1"),), "CGI 296"),
    VatRates(Territory.GUYANE_MAYOTTE, date(2014, 1, 1), None, (), "CGI 294"),
)

# First three digits of a postcode. Saint-Martin and the Pacific are outside French VAT: not here.
OVERSEAS = {
    "971": Territory.ANTILLES_REUNION,
    "972": Territory.ANTILLES_REUNION,
    "974": Territory.ANTILLES_REUNION,
    "973": Territory.GUYANE_MAYOTTE,
    "976": Territory.GUYANE_MAYOTTE,
}


class UnknownRate(LookupError):
    """No row of the table covers this territory or this day."""


def territory_of(postcode: str) -> Territory:
    """The territory of a French postcode. Raises `UnknownRate` outside French VAT."""
    code = postcode.replace(" ", "")
    if len(code) != 5 or not code.isdecimal():
        raise UnknownRate(f"not a French postcode: {postcode!r}")
    if code.startswith(("97", "98")):
        if code[:3] not in OVERSEAS:
            raise UnknownRate(f"outside French VAT: {postcode!r}")
        return OVERSEAS[code[:3]]
    return Territory.METROPOLE


def rates(territory: Territory, on: date) -> VatRates:
    """The rates in force on a day. Raises `UnknownRate` before the first row."""
    rows = [row for row in TABLE if row.territory is territory and row.valid_from <= on]
    if not rows:
        raise UnknownRate(f"no VAT rate known for {territory} on {on}")
    return max(rows, key=lambda row: row.valid_from)
