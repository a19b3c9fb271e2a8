"""What has one price for all of its quantity is sold as one, never divided (INV-10, 8°; DEV-01)."""

from decimal import Decimal

import pytest

from billing.documents.invoice_page import invoice_page
from billing.documents.quote_page import quote_page
from hosters.models import Hoster
from offers.models import Offer
from pricing.engine import Selection
from tests.factories import make_invoice, make_offer

TIERS = {
    "metrics": [
        {"code": "users", "label": "Personnes", "unit": "personne", "units": "personnes", "minimum": "1"}
    ],
    "charges": [
        {
            "type": "volume",
            "label": "Personnes",
            "metric": "users",
            "tiers": [{"up_to": "6", "flat": "10.00"}, {"up_to": "15", "flat": "14.00"}],
        }
    ],
}


@pytest.fixture
def tiered(artifaille: Hoster) -> Offer:
    return make_offer(artifaille, tariff=TIERS)


def test_tier_is_one_lump_sum_on_the_quote_and_on_the_invoice(tiered: Offer) -> None:
    invoice = make_invoice(tiered, selection=Selection({"users": Decimal(9)}))
    row = invoice_page(invoice, list(invoice.lines.all())).sold[0]
    assert (row.quantity.split(), row.unit_price.split()) == (["1", "forfait"], ["11,67", "€"])
    assert "9" in row.rule and (row.net, row.gross) == (Decimal("11.67"), Decimal("14.00"))
    quote = invoice.subscription.quote
    [group] = quote_page(quote, list(quote.lines.all())).groups
    assert group.rows[0].quantity.split() == ["1", "forfait"]


def test_price_for_each_keeps_its_quantity(artifaille: Hoster) -> None:
    invoice = make_invoice(make_offer(artifaille))
    rows = invoice_page(invoice, list(invoice.lines.all())).sold
    assert [row.quantity.split()[0] for row in rows[:3]] == ["1", "2", "6"]
