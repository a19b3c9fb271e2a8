"""No fee for leaving from 12 January 2027 (CON-08): refused in a quote, an error of the linter."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from billing.models import QuoteItem
from billing.quoting.drafts import price_draft
from hosters.models import Hoster
from offers.linter.linting import lint_hoster
from pricing.exit_fees import is_exit_fee
from tests.factories import MARMULE, make_draft, make_offer, make_quote

At = Callable[[str], None]


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("Frais de sortie", True),
        ("Forfait de réversibilité", True),
        ("Pénalités pour changement d’hébergeur", True),
        ("Indemnité de résiliation", True),
        ("Frais de mise en service", False),
        ("Formation au départ d’un bénévole", False),
        ("Coût du transfert entrant", False),
    ],
)
def test_words_of_an_exit_fee(label: str, found: bool) -> None:
    assert is_exit_fee(label) is found


@pytest.mark.parametrize(("day", "refused"), [("2027-01-11", False), ("2027-01-12", True)])
def test_line_of_a_quote_is_refused_from_the_day_of_the_law(
    artifaille: Hoster, at: At, day: str, refused: bool
) -> None:
    at(f"{day} 12:00+01:00")
    draft = make_draft(make_quote(make_offer(artifaille)).contact)
    QuoteItem.objects.create(quote=draft, position=2, label="Frais de sortie", unit_price=Decimal(90))
    assert (price_draft(draft).priced is None) is refused


def test_linter_refuses_it_in_a_tariff(artifaille: Hoster, at: At) -> None:
    charges = [*MARMULE["charges"], {"type": "flat", "label": "Frais de départ", "price": "5.00"}]
    at("2027-01-12 12:00+01:00")
    make_offer(artifaille, tariff=MARMULE | {"charges": charges})
    assert any("Frais de départ" in finding.message for finding in lint_hoster(artifaille))
