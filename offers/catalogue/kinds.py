"""Kinds of value that only a catalogue has; the others are those of the tariff format."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lucide import IconDoesNotExist, _load_icon

from offers.models.web_address import web_address
from pricing.engine import TariffError, dump_tariff, parse_tariff, tariff_schema
from pricing.engine.fields import Kind, Text, Unreadable, field_name, refuse
from pricing.engine.problems import Problem
from pricing.engine.tariff import Tariff

LONGEST_ADDRESS = 200
ICON_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Line(Kind):
    """One line of text as people type it, French spaces included. `blank`: may be empty."""

    def __init__(self, longest: int, *, blank: bool = False) -> None:
        self.longest, self.blank = longest, blank

    def read(self, raw: Any, path: str, problems: list[Problem]) -> str:
        name = field_name(path)
        if not isinstance(raw, str):
            raise refuse(problems, path, _("%(name)s doit être un texte.") % {"name": name})
        text = raw.strip()
        if not text and not self.blank:
            raise refuse(problems, path, _("%(name)s est vide.") % {"name": name})
        if len(text) > self.longest:
            told = {"name": name, "most": self.longest, "length": len(text)}
            raise refuse(problems, path, _("%(name)s a %(length)s caractères ; %(most)s au plus.") % told)
        if not all(letter.isprintable() or unicodedata.category(letter) == "Zs" for letter in text):
            raise refuse(
                problems, path, _("%(name)s doit tenir sur une ligne, sans tabulation.") % {"name": name}
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 0 if self.blank else 1, "maxLength": self.longest}


class Slug(Text):
    """A short name that goes in addresses: `petit-pack`."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def read(self, raw: Any, path: str, problems: list[Problem]) -> str:
        text = super().read(raw, path, problems)
        if not SLUG.fullmatch(text):
            told = {"name": field_name(path), "text": text}
            raise refuse(
                problems,
                path,
                _("%(name)s s’écrit en minuscules sans accent, chiffres et tirets : « %(text)s » ne va pas.")
                % told,
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": self.longest}


class OneOf(Kind):
    """One of the codes of a list, kept as a text."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = [str(code) for code in codes]

    def read(self, raw: Any, path: str, problems: list[Problem]) -> str:
        if isinstance(raw, str) and raw in self.codes:
            return raw
        told = {"name": field_name(path), "allowed": ", ".join(self.codes)}
        raise refuse(problems, path, _("%(name)s doit être l’un de : %(allowed)s.") % told)

    def schema(self) -> dict[str, Any]:
        return {"enum": self.codes}


class Day(Text):
    """A day: `2026-11-22`."""

    def read(self, raw: Any, path: str, problems: list[Problem]) -> date:  # type: ignore[override]
        text = super().read(raw, path, problems)
        try:
            if ISO_DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:  # the 31st of a short month
            pass
        told = {"name": field_name(path), "text": text}
        raise refuse(problems, path, _("%(name)s : « %(text)s » n’est pas un jour, comme 2026-11-22.") % told)

    def write(self, value: date) -> str:
        return value.isoformat()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": f"^{ISO_DAY.pattern}$"}


class WebAddress(Text):
    """An address of the web, http or https and nothing else: it becomes a link on a public page."""

    def read(self, raw: Any, path: str, problems: list[Problem]) -> str:
        text = super().read(raw, path, problems)
        try:
            web_address(text)
        except ValidationError:
            told = {"name": field_name(path)}
            message = _("%(name)s doit être une adresse du web, comme https://exemple.org/aide.") % told
            raise refuse(problems, path, message) from None
        if len(text) > LONGEST_ADDRESS:
            limit = {"name": field_name(path), "most": LONGEST_ADDRESS}
            raise refuse(problems, path, _("%(name)s dépasse %(most)s caractères.") % limit)
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^https?://", "maxLength": LONGEST_ADDRESS}


class Icon(Kind):
    """The name of a drawing of the lucide set (`mail`, `users`, `folder-open`)."""

    def read(self, raw: Any, path: str, problems: list[Problem]) -> str:
        if isinstance(raw, str) and len(raw) <= 40 and ICON_NAME.fullmatch(raw):
            try:
                _load_icon(raw)
                return raw
            except IconDoesNotExist:
                pass
        raise refuse(problems, path, _("« icon » doit être le nom d’un dessin lucide, par exemple « mail »."))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{ICON_NAME.pattern}$", "maxLength": 40}


class TariffKind(Kind):
    """A tariff in the engine's own format, its errors named from the top of the file."""

    def read(self, raw: Any, path: str, problems: list[Problem]) -> Tariff:
        if not isinstance(raw, Mapping):
            raise refuse(problems, path, _("« tariff » doit être un objet, avec des noms et des valeurs."))
        try:
            return parse_tariff(raw)
        except TariffError as error:
            inside = [f"{path}.{problem.path}" if problem.path else path for problem in error.problems]
            problems += map(Problem, inside, [problem.message for problem in error.problems])
            raise Unreadable from None

    def write(self, value: Tariff) -> dict[str, Any]:
        return dump_tariff(value)

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/tariff"}

    @staticmethod
    def definition() -> dict[str, Any]:
        """The schema that `#/$defs/tariff` names."""
        return {key: value for key, value in tariff_schema().items() if key != "$schema"}
