"""How many prices per second: `python -m pricing.engine.bench`.

A tariff of ten charges, every line with its sentence, against a bare loop of Decimal sums that
only adds up the same ten amounts: the ratio does not depend on the machine.
"""

import sys
import time
from collections.abc import Callable
from decimal import Decimal

from pricing.engine import Selection, VatPolicy, VatRegime, parse_tariff, price
from pricing.engine.money import cents

SECONDS = 2.0

TEN_CHARGES = {
    "metrics": [
        {"code": "users", "label": "Comptes", "unit": "personne", "units": "personnes", "minimum": 1},
        {"code": "storage_gb", "label": "Stockage", "unit": "Go"},
        {"code": "domains", "label": "Domaines", "unit": "domaine", "units": "domaines"},
        {"code": "mailboxes", "label": "Boîtes", "unit": "boîte", "units": "boîtes"},
    ],
    "charges": [
        {"type": "flat", "label": "Pack de base", "price": "10.00"},
        {"type": "blocks", "metric": "users", "included": 5, "size": 5, "price": "5.00"},
        {"type": "blocks", "metric": "storage_gb", "included": 20, "size": 10, "price": "5.00"},
        {"type": "per_unit", "metric": "mailboxes", "price": "1.20", "free": 2},
        {"type": "per_extra_unit", "metric": "domains", "included": 1, "price": "1.50"},
        {
            "type": "volume",
            "label": "Visioconférence",
            "metric": "users",
            "tiers": [{"up_to": 6, "flat": "3.00"}, {"up_to": 50, "flat": "9.00"}],
        },
        {
            "type": "graduated",
            "label": "Sauvegarde",
            "metric": "storage_gb",
            "tiers": [{"up_to": 10, "unit": "0.50"}, {"up_to": 100, "unit": "0.30"}, {"unit": "0.10"}],
        },
        {"type": "flat", "label": "Supervision", "price": "4.00"},
        {
            "type": "product",
            "label": "Archivage",
            "price": "0.10",
            "of": [{"metric": "users"}, {"metric": "storage_gb", "size": 10}],
        },
        {"type": "per_unit", "label": "Antispam", "metric": "mailboxes", "price": "0.30"},
    ],
}


def rate(action: Callable[[int], object], seconds: float = SECONDS) -> float:
    """Calls per second of processor time, over about `seconds`."""
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        for _call in range(200):
            action(done)
            done += 1
    return done / spent


def main() -> None:
    """Print the two rates and their ratio."""
    tariff = parse_tariff(TEN_CHARGES)
    policy = VatPolicy(VatRegime.LIABLE, Decimal(20))

    def explained(index: int) -> object:
        users, gigabytes, mailboxes = 1 + index % 40, index % 200, index % 30
        quantities = {"users": users, "storage_gb": gigabytes, "domains": 3, "mailboxes": mailboxes}
        return price(tariff, Selection(quantities), vat=policy)

    unit_prices = [Decimal(each) for each in ("10", "5", "5", "1.2", "1.5", "9", "0.3", "4", "0.1", "0.3")]

    def bare(index: int) -> object:
        quantity = Decimal(1 + index % 40)
        return sum((cents(quantity * each) for each in unit_prices), Decimal(0))

    lines = len(price(tariff, Selection(), vat=policy).lines)
    engine, loop = rate(explained), rate(bare)
    sys.stdout.write(f"{engine:,.0f} prices per second, {lines} lines with their sentences\n")
    sys.stdout.write(f"{loop:,.0f} bare Decimal loops per second; ratio {loop / engine:.1f}\n")


if __name__ == "__main__":
    main()
