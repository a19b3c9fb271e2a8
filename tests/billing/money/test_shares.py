"""The part of each VAT rate in what an invoice receives (INV-04, EIN-06)."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.models import Invoice, PaymentShare
from billing.payments.shares import Part, parts_of, shares
from hosters.models import User
from offers.models import Offer
from tests.factories import make_invoice
from tests.money import make_payment

ROWS = [
    {"category": "S", "rate": "20", "net": "66.67", "vat": "13.33", "gross": "80.00"},
    {"category": "O", "rate": "0", "net": "20.00", "vat": "0.00", "gross": "20.00"},
]
INVOICED = parts_of(ROWS)
S, O = ("S", Decimal(20)), ("O", Decimal(0))  # noqa: E741 - the codes of the norm


def given_to(received: str, *, credited: object = None, already: object = None) -> dict[object, Part]:
    return shares(
        invoiced=INVOICED,
        credited=credited or {},  # type: ignore[arg-type]
        received=Decimal(received),
        already=already or {},  # type: ignore[arg-type]
    )


def test_half_of_the_invoice_is_half_of_each_rate() -> None:
    assert given_to("50.00") == {
        S: Part(Decimal("40.00"), Decimal("6.67")),
        O: Part(Decimal("10.00"), Decimal("0.00")),
    }


def test_excess_belongs_to_no_rate() -> None:
    assert sum(part.gross for part in given_to("130.00").values()) == Decimal(100)


def test_money_pays_what_a_credit_note_left() -> None:
    """The membership was credited: what comes in is for the service alone."""
    assert given_to("80.00", credited=parts_of([ROWS[1]])) == {S: INVOICED[S]}


def test_refund_of_what_was_credited_takes_its_own_rate_back() -> None:
    moved = given_to("80.00", credited=parts_of([ROWS[1]]), already=INVOICED)
    assert moved == {O: Part(Decimal("-20.00"), Decimal("0.00"))}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 4000), min_size=1, max_size=8))
def test_paid_in_any_number_of_times_gives_exactly_the_vat_of_the_invoice(steps: list[int]) -> None:
    received, already = Decimal(0), {}
    for step in [*steps, 10_000]:
        received += Decimal(step) / 100
        moved = shares(invoiced=INVOICED, credited={}, received=received, already=already)
        for rate, part in moved.items():
            already[rate] = already.get(rate, Part()) + part
        assert sum(part.gross for part in already.values()) == min(received, Decimal(100))
    assert already == INVOICED


@pytest.mark.django_db
def test_shares_are_written_with_the_payment(marmule: Offer, alix: User) -> None:
    invoice = make_invoice(marmule)
    make_payment(invoice, "33.33", alix)
    make_payment(invoice, "66.67", alix)
    rows = Invoice.objects.get().vat_rows
    for rate, part in parts_of(rows).items():
        found = PaymentShare.objects.filter(category=rate[0], rate=rate[1])
        assert sum(row.gross for row in found) == part.gross
        assert sum(row.vat for row in found) == part.vat
