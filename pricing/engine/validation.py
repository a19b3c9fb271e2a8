"""Whether a tariff holds together: without this no price can be trusted."""

from pricing.engine.problems import Problem
from pricing.engine.tariff import Tariff


def integrity(tariff: Tariff) -> list[Problem]:
    return []
