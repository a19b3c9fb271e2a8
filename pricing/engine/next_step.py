"""What changes the price next: one more person costs 5 €; from 16 people, 20 € more."""

from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.vat import VatPolicy


def next_changes(tariff: Tariff, selection: Selection, policy: VatPolicy) -> tuple[str, ...]:
    return ()
