"""Kinds of field of the tariff format. Each reads, writes, and describes itself as JSON Schema.

One declaration serves the three, so the schema cannot disagree with the parser.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from pricing.engine.problems import Problem
from pricing.engine.text import _, quoted

HIGHEST = Decimal(10) ** 9
NUMBER = re.compile(r"-?[0-9]{1,10}([.,][0-9]{1,6})?")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Unreadable(Exception):
    """A value could not be read; its problem is already noted."""


def refuse(problems: list[Problem], path: str, message: str) -> Unreadable:
    problems.append(Problem(path, message))
    return Unreadable()


def field_name(path: str) -> str:
    """The last name of a path, as typed in the file."""
    return quoted(re.sub(r"\[\d+\]$", "", path).rsplit(".", 1)[-1] or "tarif")


class Kind(ABC):
    """A kind of value: `read` notes its problems and raises `Unreadable`."""

    @abstractmethod
    def read(self, raw: Any, path: str, problems: list[Problem]) -> Any:
        """The value that was typed."""

    def write(self, value: Any) -> Any:
        return value

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """What a value of this kind looks like, as JSON Schema."""


#: French typography puts these in a label; Python does not call them printable.
NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})


class Text(Kind):
    """One line of text."""

    longest = 200

    def read(self, raw: Any, path: str, problems: list[Problem]) -> str:
        name = field_name(path)
        if not isinstance(raw, str):
            raise refuse(problems, path, _("{name} doit être un texte.").format(name=name))
        text = raw.strip()
        if not text:
            raise refuse(problems, path, _("{name} est vide.").format(name=name))
        if len(text) > self.longest or not text.translate(NO_BREAK).isprintable():
            reason = _("{name} doit tenir sur une ligne de {n} caractères au plus.")
            raise refuse(problems, path, reason.format(name=name, n=self.longest))
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


class Code(Text):
    """A stable name: lower-case letters, digits, `-` and `_`."""

    def read(self, raw: Any, path: str, problems: list[Problem]) -> str:
        text = super().read(raw, path, problems)
        if not CODE.fullmatch(text):
            reason = _(
                "{name} s’écrit en minuscules sans accent, chiffres, « - » ou « _ » : {text} ne va pas."
            )
            raise refuse(problems, path, reason.format(name=field_name(path), text=quoted(text)))
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{CODE.pattern}$"}


class Flag(Kind):
    def read(self, raw: Any, path: str, problems: list[Problem]) -> bool:
        if not isinstance(raw, bool):
            reason = _("{name} doit être vrai ou faux (true ou false).")
            raise refuse(problems, path, reason.format(name=field_name(path)))
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Number(Kind):
    """A decimal number within bounds, typed as a number or a text (`0.5`, `"0,5"`)."""

    def __init__(
        self, least: int = 0, most: Decimal = HIGHEST, *, above: bool = False, decimals: int = 4
    ) -> None:
        self.least, self.most, self.above, self.decimals = Decimal(least), most, above, decimals

    def read(self, raw: Any, path: str, problems: list[Problem]) -> Decimal:
        value = self._decimal(raw, path, problems)
        name = field_name(path)
        if value < self.least or (self.above and value == self.least):
            reason = (
                _("{name} doit être plus grand que {least}.")
                if self.above
                else _("{name} ne peut pas être plus petit que {least}.")
            )
            raise refuse(problems, path, reason.format(name=name, least=self.least))
        if value > self.most:
            reason = _("{name} ne peut pas dépasser {most}.")
            raise refuse(problems, path, reason.format(name=name, most=self.most))
        if value != round(value, self.decimals):
            reason = _("{name} a trop de décimales ({n} au plus).")
            raise refuse(problems, path, reason.format(name=name, n=self.decimals))
        return value

    def _decimal(self, raw: Any, path: str, problems: list[Problem]) -> Decimal:
        text = str(raw) if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) else raw
        if isinstance(text, str) and NUMBER.fullmatch(text.strip()):
            try:
                return Decimal(text.strip().replace(",", "."))
            except InvalidOperation:
                pass
        raise refuse(
            problems, path, _("{name} doit être un nombre, par exemple 5.").format(name=field_name(path))
        )

    def write(self, value: Decimal) -> Any:
        return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")

    def schema(self) -> dict[str, Any]:
        bound = "exclusiveMinimum" if self.above else "minimum"
        return {
            "anyOf": [
                {"type": "number", bound: int(self.least), "maximum": int(self.most)},
                {"type": "string", "pattern": rf"^\d{{1,10}}([.,]\d{{1,{self.decimals}}})?$"},
            ]
        }


class Whole(Kind):
    """An integer within bounds."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def read(self, raw: Any, path: str, problems: list[Problem]) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not self.least <= raw <= self.most:
            reason = _("{name} doit être un nombre entier entre {least} et {most}.")
            name = field_name(path)
            raise refuse(problems, path, reason.format(name=name, least=self.least, most=self.most))
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Amount(Number):
    """Euros, typed as a text (`"10.00"`) or a whole number: a float has no exact cents."""

    def __init__(self) -> None:
        super().__init__(decimals=6)

    def _decimal(self, raw: Any, path: str, problems: list[Problem]) -> Decimal:
        if isinstance(raw, float):
            reason = _('{name} : écrivez le montant entre guillemets, par exemple "10.50".')
            raise refuse(problems, path, reason.format(name=field_name(path)))
        if isinstance(raw, str):
            raw = raw.replace("€", "").strip()
        return super()._decimal(raw, path, problems)

    def write(self, value: Decimal) -> str:
        exact = value.normalize()
        exponent = exact.as_tuple().exponent
        return format(exact, "f") if isinstance(exponent, int) and exponent < -2 else f"{value:.2f}"

    def schema(self) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{1,10}([.,]\d{1,6})?( ?€)?$"},
                {"type": "integer", "minimum": 0, "maximum": int(HIGHEST)},
            ]
        }


class Percent(Number):
    """A percentage above 0 and up to 100 (`10`, `"12.5"`, `"10 %"`)."""

    def __init__(self) -> None:
        super().__init__(most=Decimal(100), above=True, decimals=2)

    def _decimal(self, raw: Any, path: str, problems: list[Problem]) -> Decimal:
        if isinstance(raw, str):
            raw = raw.replace("%", "").strip()
        return super()._decimal(raw, path, problems)

    def schema(self) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0, "maximum": 100},
                {"type": "string", "pattern": r"^\d{1,3}([.,]\d{1,2})?( ?%)?$"},
            ]
        }


class Choice(Kind):
    """One of the values of an enumeration."""

    def __init__(self, values: type[StrEnum] | Sequence[StrEnum]) -> None:
        self.values = list(values)

    def read(self, raw: Any, path: str, problems: list[Problem]) -> StrEnum:
        for value in self.values:
            if raw == value.value:
                return value
        allowed = ", ".join(value.value for value in self.values)
        reason = _("{name} doit être l’un de : {allowed}.")
        raise refuse(problems, path, reason.format(name=field_name(path), allowed=allowed))

    def write(self, value: StrEnum) -> str:
        return value.value

    def schema(self) -> dict[str, Any]:
        return {"enum": [value.value for value in self.values]}


class Many(Kind):
    """A list; each item is read even when another one is wrong."""

    most = 200

    def __init__(self, kind: Kind, least: int = 0) -> None:
        self.kind, self.least = kind, least

    def read(self, raw: Any, path: str, problems: list[Problem]) -> tuple[Any, ...]:
        name = field_name(path)
        if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
            raise refuse(problems, path, _("{name} doit être une liste.").format(name=name))
        if not self.least <= len(raw) <= self.most:
            reason = _("{name} doit avoir entre {least} et {most} éléments.")
            raise refuse(problems, path, reason.format(name=name, least=self.least, most=self.most))
        items, failed = [], False
        for index, item in enumerate(raw):
            try:
                items.append(self.kind.read(item, f"{path}[{index}]", problems))
            except Unreadable:
                failed = True
        if failed:
            raise Unreadable
        return tuple(items)

    def write(self, value: tuple[Any, ...]) -> list[Any]:
        return [self.kind.write(item) for item in value]

    def schema(self) -> dict[str, Any]:
        return {
            "type": "array",
            "items": self.kind.schema(),
            "minItems": self.least,
            "maxItems": self.most,
        }


class Table(Kind):
    """A mapping of codes to quantities (`{"users": 5}`), in the order of the codes: a database may forget another."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, raw: Any, path: str, problems: list[Problem]) -> tuple[tuple[str, Any], ...]:
        if not isinstance(raw, Mapping) or not raw:
            reason = _("{name} doit associer des codes à des quantités.")
            raise refuse(problems, path, reason.format(name=field_name(path)))
        return tuple(
            (Code().read(key, path, problems), self.kind.read(value, f"{path}.{key}", problems))
            for key, value in sorted(raw.items(), key=lambda item: str(item[0]))
        )

    def write(self, value: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
        return {key: self.kind.write(item) for key, item in value}

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.kind.schema(), "minProperties": 1}
