"""Prices and VAT treatments as typed in a tariff file."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pricing.engine.fields import Amount, Code, Kind, Number, field_name, refuse
from pricing.engine.prices import Price
from pricing.engine.problems import Problem
from pricing.engine.text import _
from pricing.engine.vat import VatCategory, VatTreatment

LONGEST_TERM = 120


class PriceField(Kind):
    """`"10.00"`; or by months `{"1": "10.00", "12": "100.00"}`; or by public
    `{"association": "10.00", "default": "15.00"}`, each of which may be by months."""

    amount = Amount()

    def read(self, raw: Any, path: str, problems: list[Problem]) -> Price:
        if not isinstance(raw, Mapping):
            return Price(base=self.amount.read(raw, path, problems))
        if not raw:
            raise refuse(problems, path, _("{name} est vide.").format(name=field_name(path)))
        if all(str(key).isdecimal() for key in raw):
            return self._by_months(raw, path, problems)
        if any(str(key).isdecimal() for key in raw):
            raise refuse(
                problems, path, _("{name} mélange des durées et des publics.").format(name=field_name(path))
            )
        return Price(
            by_segment=tuple(
                (Code().read(key, path, problems), self._of_segment(value, f"{path}.{key}", problems))
                for key, value in raw.items()
            )
        )

    def _of_segment(self, raw: Any, path: str, problems: list[Problem]) -> Price:
        price = self.read(raw, path, problems)
        if price.by_segment:
            raise refuse(problems, path, _("Un public ne se divise pas en d’autres publics."))
        return price

    def _by_months(self, raw: Mapping[Any, Any], path: str, problems: list[Problem]) -> Price:
        typed = []
        for key, value in raw.items():
            months = int(key)
            if not 1 <= months <= LONGEST_TERM:
                reason = _("{months} n’est pas une durée : de 1 à {longest} mois.")
                raise refuse(problems, f"{path}.{key}", reason.format(months=key, longest=LONGEST_TERM))
            typed.append((months, self.amount.read(value, f"{path}.{key}", problems)))
        if len({months for months, _amount in typed}) < len(typed):
            raise refuse(problems, path, _("La même durée est donnée deux fois."))
        return Price(by_months=tuple(sorted(typed)))

    def write(self, value: Price) -> Any:
        if value.base is not None:
            return self.amount.write(value.base)
        if value.by_months:
            return {str(months): self.amount.write(amount) for months, amount in value.by_months}
        return {code: self.write(price) for code, price in value.by_segment}

    def schema(self) -> dict[str, Any]:
        amount = self.amount.schema()
        by_months = {
            "type": "object",
            "patternProperties": {r"^\d{1,3}$": amount},
            "additionalProperties": False,
            "minProperties": 1,
        }
        by_segment = {
            "type": "object",
            "patternProperties": {"^[a-z][a-z0-9_-]*$": {"anyOf": [*amount["anyOf"], by_months]}},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [*amount["anyOf"], by_months, by_segment]}


class VatField(Kind):
    """`standard`, `exempt`, `out_of_scope`, or a rate in percent (`5.5`)."""

    rate = Number(most=Decimal(100), decimals=2)
    names = {
        "standard": VatTreatment(),
        "exempt": VatTreatment(VatCategory.EXEMPT),
        "out_of_scope": VatTreatment(VatCategory.OUT_OF_SCOPE),
    }

    def read(self, raw: Any, path: str, problems: list[Problem]) -> VatTreatment:
        if isinstance(raw, str) and raw in self.names:
            return self.names[raw]
        if isinstance(raw, str) and not raw[:1].isdigit():
            reason = _("{name} doit être un taux ou l’un de : {allowed}.")
            allowed = ", ".join(self.names)
            raise refuse(problems, path, reason.format(name=field_name(path), allowed=allowed))
        return VatTreatment(VatCategory.STANDARD, self.rate.read(raw, path, problems))

    def write(self, value: VatTreatment) -> Any:
        if value.rate is not None:
            return self.rate.write(value.rate)
        return next(name for name, treatment in self.names.items() if treatment == value)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(self.names)}, *self.rate.schema()["anyOf"]]}
