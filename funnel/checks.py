"""What slows each step, and what to check when nobody passes one. Upper apps answer: they know forms and documents."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funnel.look import Look


class Verdict(StrEnum):
    """What the application could find by itself."""

    OK = "success"
    DOUBT = "warning"
    BROKEN = "danger"
    OPEN = "info"


WORDS = {
    Verdict.OK: gettext_lazy("écarté"),
    Verdict.DOUBT: gettext_lazy("à regarder"),
    Verdict.BROKEN: gettext_lazy("en panne"),
    Verdict.OPEN: gettext_lazy("à vous de voir"),
}


@dataclass(frozen=True)
class Check:
    """One hypothesis of 002-206: the question, what the facts say of it, and a page where to go on."""

    question: str
    told: str
    verdict: Verdict
    url: str = ""
    url_label: str = ""

    @property
    def word(self) -> str:
        return str(WORDS[self.verdict])


@dataclass(frozen=True)
class Friction:
    """What is known to slow the people who take a step (002-202)."""

    step: str
    told: str


CheckSource = Callable[[Look], Iterable[Check]]
FrictionSource = Callable[[Look], Iterable[Friction]]
QuoteTrial = Callable[[Look], Check]

_checks: list[CheckSource] = []
_frictions: list[FrictionSource] = []
_trials: list[QuoteTrial] = []


def register_checks(source: CheckSource) -> None:
    """Add hypotheses. Called in `ready()`."""
    _checks.append(source)


def register_frictions(source: FrictionSource) -> None:
    """Add what is known to slow a step. Called in `ready()`."""
    _frictions.append(source)


def register_trial(trial: QuoteTrial) -> None:
    """Declare who can try the quote tool from end to end. Called in `ready()`."""
    _trials.append(trial)


def checks_of(look: Look) -> list[Check]:
    """Every hypothesis with what the facts of these days say."""
    return [check for source in _checks for check in source(look)]


def frictions_of(look: Look) -> dict[str, list[str]]:
    """The frictions by step."""
    found: dict[str, list[str]] = {}
    for source in _frictions:
        for friction in source(look):
            found.setdefault(friction.step, []).append(friction.told)
    return found


def try_quote_tool(look: Look) -> list[Check]:
    """Make a quote as a visitor would, then throw it away; says what broke."""
    return [_tried(trial, look) for trial in _trials]


def _tried(trial: QuoteTrial, look: Look) -> Check:
    try:
        return trial(look)
    except Exception as error:  # whatever breaks is the very thing that was looked for
        told = _("L’essai s’est arrêté sur une erreur : %(error)s.") % {"error": type(error).__name__}
        return Check(_("Le générateur de devis est-il en panne ?"), told, Verdict.BROKEN)
