"""Quantities and lines as typed on a command line: `users=12 storage_gb=35`, lines separated by `+`."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from pricing.engine import Selection, Tariff

#: Any decimal number, negative ones included: the engine says why a quantity makes no sense.
NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?", re.ASCII)


class UnclearWords(ValueError):
    """What was typed is not a list of quantities; the message says how to write it, in French."""


def quantities_in(words: Iterable[str]) -> dict[str, Decimal]:
    """`users=12` pairs. Raises `UnclearWords`."""
    found: dict[str, Decimal] = {}
    for word in words:
        code, equals, typed = word.partition("=")
        if not equals or not code:
            raise UnclearWords(
                _("« %(word)s » : écrivez les quantités ainsi : users=12 storage_gb=35") % {"word": word}
            )
        if not NUMBER.fullmatch(typed):
            told = {"code": code, "typed": typed}
            raise UnclearWords(_("« %(code)s » : « %(typed)s » n’est pas une quantité en chiffres.") % told)
        if code in found:
            raise UnclearWords(_("« %(code)s » est donné deux fois.") % {"code": code})
        found[code] = Decimal(typed.replace(",", "."))
    return found


def lines_in(words: Sequence[str]) -> list[list[str]]:
    """The words of each line of an order."""
    lines: list[list[str]] = [[]]
    for word in words:
        if word == "+":
            lines.append([])
        else:
            lines[-1].append(word)
    return [line for line in lines if line]


def selection_from(tariff: Tariff, quantities: dict[str, Decimal], base: Selection) -> Selection:
    """`base` with these quantities. A code that names an option is the option; any other is something counted."""
    options = {code: value for code, value in quantities.items() if code in tariff.options_by_code}
    counted = {code: value for code, value in quantities.items() if code not in options}
    return Selection(
        quantities=counted,
        options={**base.options, **options},
        term_months=base.term_months,
        segment=base.segment,
        already_member=base.already_member,
        trial_months=base.trial_months,
        used=base.used,
    )
