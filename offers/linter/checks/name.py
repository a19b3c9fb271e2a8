"""Easy to name: said on the telephone, written without a mistake, found, told to somebody else."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import EASY_TO_NAME
from pricing.engine import Severity

_DOUBLED = re.compile(r"([aeiouyéèàùâêîôû])\1", re.IGNORECASE)
#: Doubled in plain French words, which everybody writes.
_USUAL_DOUBLED = ("coop", "coord", "alcool", "zoo")
_SYMBOL = re.compile(r"[^\w\s'’·-]|_")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]+", re.IGNORECASE)
#: Four in a row that every French speaker says: instruction, inscription, abstrait, transplant, superstructure.
_USUAL_CONSONANTS = ("nstr", "nscr", "bstr", "nspl", "rstr")
#: A difference of fewer letters (XL, XXL) is a size, not a confusion.
_FEWEST_LETTERS = 4


@check("Q-NAME", EASY_TO_NAME, Severity.WARNING)
def is_easy_to_name(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Liibre and /e/OS are the course's bad examples, kSuite its good one (002-062)."""
    for reason in (*_odd_letters(offer.name, context), *_confusions(offer, context)):
        message = _("Le nom « {name} » {reason}. Choisissez-en un qui se dit et s’écrit sans hésiter.")
        yield Fault("name", message.format(name=offer.name, reason=reason))


def _odd_letters(name: str, context: Context) -> Iterator[str]:
    plain = name.casefold()
    for usual in _USUAL_DOUBLED:
        plain = plain.replace(usual, "")
    if found := _DOUBLED.search(plain):
        yield _("double une voyelle ({letters}), on l’écrira mal").format(letters=found[0])
    if found := _SYMBOL.search(name):
        yield _("contient « {symbol} », que l’on ne sait ni dire ni chercher").format(symbol=found[0])
    most = context.thresholds.name_length
    if len(name) > most:
        yield _("fait {length} caractères, {most} au plus se retiennent").format(length=len(name), most=most)
    hard = [run for run in _CONSONANTS.findall(_plain(name)) if _is_hard(run, context.thresholds.consonants)]
    if hard:
        yield _("ne se prononce pas ({letters})").format(letters=hard[0])


def _is_hard(run: str, most: int) -> bool:
    return len(run) >= most and not any(usual in run for usual in _USUAL_CONSONANTS)


def _confusions(offer: OfferFacts, context: Context) -> Iterator[str]:
    enough = context.thresholds.name_likeness
    for other in context.hoster.offers:
        if other.slug == offer.slug or not other.published:
            continue
        if _plain(other.name) == _plain(offer.name):
            yield _("est déjà celui d’une autre offre")
        elif _alike(offer.name, other.name, enough) >= enough:
            yield _("se confond avec « {other} »").format(other=other.name)


def _alike(one: str, other: str, enough: float) -> float:
    """Likeness of what is left once the words of both are taken off (a family may share its first word); 0 when
    it cannot be `enough`."""
    words, others = _plain(one).split(), _plain(other).split()
    left = " ".join(word for word in words if word not in others)
    right = " ".join(word for word in others if word not in words)
    if min(len(left), len(right)) < _FEWEST_LETTERS:
        return 0.0
    matcher = SequenceMatcher(None, left, right)
    return matcher.ratio() if matcher.real_quick_ratio() >= enough else 0.0


def _plain(name: str) -> str:
    """Lower case, without accents."""
    split = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter)).strip()


@check("Q-FAMILY", EASY_TO_NAME, Severity.INFO)
def belongs_to_its_family(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """kDrive, kMail: the members of a range begin alike when the hoster says so (002-063)."""
    known = context.hoster.ranges.get(offer.range)
    if known is None or not known.prefix or offer.name.startswith(known.prefix):
        return
    message = _("« {name} » ne commence pas par « {prefix} » comme le reste de la gamme « {range} ».")
    yield Fault("name", message.format(name=offer.name, prefix=known.prefix, range=known.name))
