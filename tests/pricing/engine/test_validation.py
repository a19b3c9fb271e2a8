"""A tariff that does not hold together is refused, and each error names the field."""

from typing import Any

import pytest

from pricing.engine import TariffError, parse_tariff
from tests.pricing.engine.tariffs import STORAGE, USERS, tariff

FLAT = {"type": "flat", "label": "Base", "price": "1.00"}
MONTHS = [{"months": 1}, {"months": 12}]


def tiers(*tiers: dict[str, Any]) -> dict[str, Any]:
    return {"charges": [{"type": "volume", "metric": "users", "tiers": list(tiers)}]}


def metric(**changes: Any) -> dict[str, Any]:
    return {
        "metrics": [{"code": "users", "label": "Comptes", "unit": "personne", **changes}],
        "charges": [FLAT],
    }


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        (tiers({"up_to": 6, "flat": "3"}, {"up_to": 6, "flat": "4"}), "charges[0].tiers[1].up_to"),
        (tiers({"up_to": 6, "flat": "3"}, {"up_to": 5, "flat": "4"}), "charges[0].tiers[1].up_to"),
        (tiers({"flat": "3"}, {"up_to": 5, "flat": "4"}), "charges[0].tiers[0].up_to"),
        (tiers({"up_to": "0.5", "flat": "3"}, {"flat": "4"}), "charges[0].tiers[0].up_to"),
        (tiers({"up_to": 6, "flat": "3"}, {"up_to": "6.5", "flat": "4"}), "charges[0].tiers[1].up_to"),
        ({"charges": [{**FLAT, "code": "base"}, {**FLAT, "code": "base"}]}, "charges[1].code"),
        ({"charges": [FLAT], "terms": [{"months": 1}, {"months": 1}]}, "terms[1].months"),
        ({"charges": [FLAT], "period_months": 12, "terms": [{"months": 5}]}, "terms[0].months"),
        ({"charges": [FLAT], "terms": [{"months": 3, "charged_months": 4}]}, "terms[0].charged_months"),
        (
            {"charges": [FLAT], "terms": [{"months": 3, "charged_months": 2, "discount": 5}]},
            "terms[0].charged_months",
        ),
        ({"charges": [{**FLAT, "price": {"12": "1"}}], "terms": MONTHS}, "charges[0].price"),
        ({"charges": [{**FLAT, "price": {"1": "1", "24": "1"}}], "terms": MONTHS}, "charges[0].price"),
        ({"charges": [{**FLAT, "price": {"vip": "1"}}]}, "charges[0].price"),
        ({"charges": [{**FLAT, "segments": ["vip"]}]}, "charges[0].segments"),
        ({"charges": [{**FLAT, "audience": "members"}]}, "charges[0].audience"),
        ({"charges": [{"type": "per_unit", "metric": "boxes", "price": "1"}]}, "charges[0].metric"),
        (
            {"charges": [{"type": "allowance", "label": "x", "metric": "boxes", "included": 1}]},
            "charges[0].metric",
        ),
        ({"charges": [FLAT], "limits": [{"metric": "boxes", "maximum": 3}]}, "limits[0].metric"),
        ({"charges": [FLAT], "limits": [{"metric": "users", "maximum": 0}]}, "limits[0].maximum"),
        (
            {"charges": [FLAT], "limits": [{"metric": "users", "maximum": 9, "terms": [24]}]},
            "limits[0].terms",
        ),
        ({"charges": [FLAT], "includes": [{"metric": "boxes", "quantity": 1}]}, "includes[0].metric"),
        ({"charges": [FLAT], "introductory": {"periods": 1}}, "introductory"),
        (
            {"charges": [FLAT], "introductory": {"periods": 1, "discount": 5, "terms": [36]}},
            "introductory.terms",
        ),
        ({"charges": [FLAT], "trial": {"months": 1, "plan": True}}, "trial.plan"),
        ({"charges": [FLAT], "trial": {"months": 13}}, "trial.months"),
        ({"charges": [FLAT], "introductory": {"periods": 13, "discount": 100}}, "introductory.periods"),
        ({"charges": [FLAT], "introductory": {"periods": 13, "price": 0}}, "introductory.periods"),
        (
            {
                "charges": [FLAT],
                "terms": [{"months": 1}, {"months": 12}],
                "introductory": {"periods": 2, "discount": 100},
            },
            "introductory.periods",
        ),
        (
            {"charges": [FLAT], "trial": {"months": 6}, "introductory": {"periods": 7, "discount": 100}},
            "introductory.periods",
        ),
        ({"charges": [FLAT], "trial": {"months": 1, "auto_renew": True}}, "trial.auto_renew"),
        (
            {
                "charges": [FLAT],
                "options": [{"code": "x", "label": "X", "price": "1", "minimum": 3, "maximum": 2}],
            },
            "options[0].maximum",
        ),
        (
            {"charges": [FLAT], "options": [{"code": "x", "label": "X", "price": "1", "adds": {"boxes": 1}}]},
            "options[0].adds",
        ),
        ({"charges": [{"type": "free_price", "suggested": "1", "floor": "2"}]}, "charges[0].suggested"),
        (metric(minimum=5, maximum=3), "metrics[0].maximum"),
        (metric(minimum=5, default=3), "metrics[0].default"),
        (metric(step=5, default=3), "metrics[0].default"),
    ],
)
def test_incoherent_tariff_is_refused_at_its_field(parts: dict[str, Any], path: str) -> None:
    with pytest.raises(TariffError) as caught:
        parse_tariff({"metrics": [USERS, STORAGE], **parts})
    assert path in [problem.path for problem in caught.value.problems]


def test_two_free_prices_cannot_share_one_amount() -> None:
    free = {"type": "free_price", "suggested": "1"}
    with pytest.raises(TariffError, match="Un seul prix libre"):
        tariff(free, {**free, "code": "second"})


def test_pack_that_an_earlier_one_already_holds_is_unreachable() -> None:
    packs = [
        {"label": "M", "price": "9", "holds": {"users": 9}},
        {"label": "S", "price": "5", "holds": {"users": 5}},
    ]
    with pytest.raises(TariffError, match="inaccessible"):
        tariff({"type": "packs", "packs": packs})
