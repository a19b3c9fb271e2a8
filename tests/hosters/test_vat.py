"""The rate a hoster charges comes from the dated table of its territory, never from a field (INV-19, INV-20)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from hosters.models import Hoster


@pytest.mark.parametrize(
    ("postcode", "rate"), [("69001", "20"), ("97400", "8.5"), ("97110", "8.5"), ("20000", "20")]
)
def test_rate_is_the_one_of_the_territory(postcode: str, rate: str) -> None:
    hoster = Hoster(vat_regime="redevable", postcode=postcode)
    hoster.clean()
    assert hoster.vat_policy.rate == Decimal(rate)


@pytest.mark.parametrize(
    "where",
    [{"postcode": "97300"}, {"postcode": "98800"}, {"postcode": "1000", "country": "BE"}, {"postcode": "x"}],
)
def test_place_without_a_known_rate_charges_no_vat(where: dict[str, str]) -> None:
    """French Guiana has no VAT; elsewhere the table says nothing: the regime is refused with a clear message."""
    hoster = Hoster(vat_regime="redevable", **where)
    with pytest.raises(ValidationError) as refused:
        hoster.clean()
    assert "vat_regime" in refused.value.message_dict


@pytest.mark.parametrize("regime", ["franchise_293b", "exonere_261_7", "non_assujetti"])
def test_other_regimes_charge_nothing_anywhere(regime: str) -> None:
    hoster = Hoster(vat_regime=regime, postcode="1000", country="BE")
    hoster.clean()
    assert hoster.vat_policy.rate == 0
