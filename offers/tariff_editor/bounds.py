"""How large a tariff may be and still be checked while somebody waits for the page."""

from typing import Any

from django.utils.translation import gettext as _

from offers.tariff_editor.cleaning import cleaned
from offers.tariff_editor.paths import lookup, rows
from pricing.engine import Problem, Tariff, TariffError, parse_tariff

#: Far above any public price page; whose checks take a few milliseconds.
MOST = {
    "charges": 40,
    "metrics": 20,
    "terms": 12,
    "options": 40,
    "segments": 12,
    "limits": 60,
    "includes": 60,
}

#: Lines × quantities × terms: the checks of a tariff compare terms at the edges of each line.
MOST_WORK = 1_000


def _work(raw: dict[str, Any]) -> int:
    counts = [len(rows(raw, path)) or 1 for path in ("charges", "metrics", "terms")]
    return counts[0] * counts[1] * counts[2]


def tariff_of(raw: dict[str, Any]) -> Tariff:
    """The tariff that a draft holds.

    Raises:
        TariffError: it is not one yet, or it is too large; each problem has its path.
    """
    problems = [
        Problem(path, _("Pas plus de %(n)s lignes ici.") % {"n": most})
        for path, most in MOST.items()
        if isinstance(lookup(raw, path), list) and len(lookup(raw, path)) > most
    ]
    if not problems and _work(raw) > MOST_WORK:
        message = _("Ce tarif est trop grand pour être vérifié : moins de lignes, de quantités ou de durées.")
        problems = [Problem("", message)]
    if problems:
        raise TariffError(problems)
    return parse_tariff(cleaned(raw))
