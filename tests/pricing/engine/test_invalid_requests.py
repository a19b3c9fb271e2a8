"""A request that makes no sense is `invalid` with a French reason; `price` never raises."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pricing.engine import Breakdown, Outcome, Selection, price
from tests.pricing.engine.tariffs import FRANCHISE, LIABLE, course, course_slugs

MARMULE = course("marmule")


@pytest.mark.parametrize(
    "selection",
    [
        {"quantities": {"users": -1}},
        {"quantities": {"users": 0}},
        {"quantities": {"users": Decimal("NaN")}},
        {"quantities": {"users": Decimal("Infinity")}},
        {"quantities": {"users": 10**40}},
        {"quantities": {"users": Decimal("1.5")}},
        {"quantities": {"users": 1.0}},
        {"quantities": {"users": "3"}},
        {"quantities": {"users": True}},
        {"quantities": {"unicorns": 3}},
        {"quantities": [3]},
        {"options": {"unicorns": 1}},
        {"options": None},
        {"term_months": "12"},
        {"term_months": -1},
        {"segment": None},
        {"free_amount": Decimal(5)},
        {"membership_amount": Decimal(5)},
        {"trial_months": 1},
        {"used": {"support_minutes": 10}},
    ],
)
def test_senseless_request_is_invalid(selection: dict[str, Any]) -> None:
    answer = price(MARMULE, Selection(**selection), vat=FRANCHISE)
    assert answer.outcome is Outcome.INVALID
    assert answer.reason[-1] in ".»"
    assert answer.recurring_per_period is None
    assert answer.to_json()["first_invoice"] is None


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.floats(),
    st.sampled_from(["", "12", "é", "association"]),
    st.dictionaries(st.sampled_from(["users", "storage_gb", "domains", "x"]), st.decimals() | st.none()),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    slug=st.sampled_from(course_slugs()),
    fields=st.dictionaries(st.sampled_from(sorted(Selection.__dataclass_fields__)), anything),
)
def test_price_never_raises(slug: str, fields: dict[str, Any]) -> None:
    answer = price(course(slug), Selection(**fields), vat=LIABLE)
    assert isinstance(answer, Breakdown)
    assert answer.is_firm or answer.reason
