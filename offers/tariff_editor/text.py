"""The tariff file as a text that a person reads and writes, for what the form does not show."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from offers.catalogue.json_text import Malformed, Parsed, parse
from offers.catalogue.problems import FileProblem
from offers.tariff_editor.bounds import tariff_of
from offers.tariff_editor.cleaning import cleaned
from pricing.engine import TariffError, dump_tariff

LONGEST = 200_000  # characters


class TextRefused(ValueError):
    """The text is not a tariff; each problem has its line and its path."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = list(problems)


def written(raw: dict[str, Any]) -> str:
    """The file of a draft, right or wrong."""
    return json.dumps(cleaned(raw), ensure_ascii=False, indent=2)


def read_text(text: str) -> dict[str, Any]:
    """The tariff of a text, in the form the engine writes.

    Raises:
        TextRefused: not a tariff.
    """
    parsed = _parsed(text)
    if parsed.repeated:
        raise TextRefused(
            [FileProblem(line, path, _("Ce nom est donné deux fois.")) for line, path in parsed.repeated]
        )
    if not isinstance(parsed.value, dict):
        raise TextRefused([FileProblem(1, "", _("Un tarif s’écrit entre accolades : { … }."))])
    try:
        return dump_tariff(tariff_of(parsed.value))
    except TariffError as error:
        found = [FileProblem(parsed.line_of(each.path), each.path, each.message) for each in error.problems]
        raise TextRefused(found) from None


def _parsed(text: str) -> Parsed:
    if len(text) > LONGEST:
        raise TextRefused([FileProblem(1, "", _("Ce texte est trop long pour être un tarif."))])
    try:
        return parse(text)
    except Malformed as error:
        raise TextRefused([FileProblem(error.line, error.path, error.message)]) from None
