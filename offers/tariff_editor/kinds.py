"""What can be typed in a field, and how it stands in the tariff file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_FIGURE = re.compile(r"[0-9]{1,10}(?:[.,][0-9]{1,6})?")
#: Beyond this a text is not a label any more; it is cut, and refused by the engine for being too long.
LONGEST = 300


@dataclass(frozen=True)
class Kind:
    """A line of text. `ask` says what to write, when what was typed cannot be read."""

    widget: ClassVar[str] = "text"
    ask: ClassVar[str | Promise] = _("Écrivez un texte court, sur une ligne.")

    def typed_in(self, data: QueryDict, name: str) -> str | None:
        """What was posted, None when this field was not."""
        value = data.get(name)
        return None if value is None else value.replace("\0", "\ufffd").strip()[:LONGEST]

    def read(self, typed: str) -> Any:
        """The value for the file; what cannot be read stays as typed."""
        return typed

    def show(self, raw: Any) -> str:
        return "" if raw is None else str(raw)

    def readable(self, typed: str) -> bool:
        return bool(typed)


@dataclass(frozen=True)
class Words(Kind):
    """A label."""


@dataclass(frozen=True)
class Figure(Kind):
    """A number typed the French way, spaces and comma allowed."""

    widget: ClassVar[str] = "figure"
    ask: ClassVar[str | Promise] = _("Écrivez un nombre, par exemple 5.")
    sign: ClassVar[str] = ""

    def read(self, typed: str) -> Any:
        return _SPACES.sub("", typed).removesuffix(self.sign)

    def show(self, raw: Any) -> str:
        text = "" if raw is None else str(raw)
        return text.replace(".", ",") if _FIGURE.fullmatch(text) else text

    def readable(self, typed: str) -> bool:
        return bool(_FIGURE.fullmatch(self.read(typed)))


@dataclass(frozen=True)
class Money(Figure):
    """An amount in EUR."""

    ask: ClassVar[str | Promise] = _("Écrivez un montant en euros, par exemple 10 ou 12,50.")
    sign: ClassVar[str] = "€"


@dataclass(frozen=True)
class Percentage(Figure):
    ask: ClassVar[str | Promise] = _("Écrivez un pourcentage entre 0 et 100, par exemple 10.")
    sign: ClassVar[str] = "%"


@dataclass(frozen=True)
class Whole(Figure):
    """A whole number: an integer in the file."""

    ask: ClassVar[str | Promise] = _("Écrivez un nombre entier, par exemple 12.")

    def read(self, typed: str) -> Any:
        text = super().read(typed)
        return int(text) if self.readable(text) else text

    def readable(self, typed: str) -> bool:
        return bool(re.fullmatch(r"[0-9]{1,6}", typed))


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few values, each with its words. A value that the list does not have stays possible."""

    widget: ClassVar[str] = "select"
    ask: ClassVar[str | Promise] = _("Choisissez dans la liste.")
    options: Sequence[tuple[Any, str | Promise]] = ()

    def read(self, typed: str) -> Any:
        return next((value for value, _label in self.options if str(value) == typed), typed)

    def rows(self, typed: str) -> list[tuple[str, str]]:
        known = [(str(value), str(label)) for value, label in self.options]
        return known if any(value == typed for value, _label in known) else [(typed, typed or "–"), *known]


@dataclass(frozen=True)
class Flag(Kind):
    """Yes or no."""

    widget: ClassVar[str] = "checkbox"

    def typed_in(self, data: QueryDict, name: str) -> str | None:
        return "on" if name in data else ""

    def read(self, typed: str) -> Any:
        return typed == "on"

    def show(self, raw: Any) -> str:
        return "on" if raw is True else ""


@dataclass(frozen=True)
class Several(Kind):
    """Some of a few values."""

    widget: ClassVar[str] = "checkboxes"
    options: Sequence[tuple[str, str]] = field(default=())

    def typed_in(self, data: QueryDict, name: str) -> str | None:
        known = [value for value, _label in self.options]
        return ",".join(value for value in known if value in data.getlist(name))

    def read(self, typed: str) -> Any:
        return typed.split(",") if typed else []

    def show(self, raw: Any) -> str:
        return ",".join(str(each) for each in raw) if isinstance(raw, list) else ""

    def rows(self, typed: str) -> list[tuple[str, str, bool]]:
        chosen = typed.split(",")
        return [(value, label, value in chosen) for value, label in self.options]
