"""Relevant features that answer needs, said before the names of software, and looked at again in time."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import Lead, OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import EVOLVING, NEED_FIRST, RELEVANT
from offers.linter.words.software import FILLERS, SOFTWARE
from pricing.engine import Severity
from pricing.engine.money import percentage

_BETWEEN_NAMES = re.compile(r"\s+(?:et|ou|and|or|&|\+)\s+|[,/;]\s*", re.IGNORECASE)
_FILLER = re.compile(rf"^(?:{'|'.join(FILLERS)})(?:['’]\s*|\s+)", re.IGNORECASE)


@check("Q-NEED", RELEVANT, Severity.WARNING)
def answers_needs(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Each component is there for a need (002-066)."""
    for index, part in enumerate(offer.parts):
        if not part.need.strip():
            message = _("« {part} » ne répond à aucun besoin noté : dites à quoi il sert, ou retirez-le.")
            yield Fault(f"parts[{index}].need", message.format(part=part.title or part.function))


@check("Q-SURMESURE", RELEVANT, Severity.INFO)
def is_not_always_bespoke(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Half of the quotes made to measure: the packs miss something (002-066)."""
    usage, limits = context.hoster.usage, context.thresholds
    if usage is None or usage.quotes < limits.fewest_quotes:
        return
    share = percentage(Decimal(usage.bespoke), Decimal(usage.quotes))
    if share > limits.bespoke_percent:
        message = _(
            "{share} % des devis de l’année sont sur mesure ({bespoke} sur {quotes}) : "
            "regardez ce qu’on y demande, et faites-en une offre."
        )
        yield Fault(
            "usage", message.format(share=share, bespoke=usage.bespoke, quotes=usage.quotes), shared=True
        )


@check("Q-REVIEW", EVOLVING, Severity.INFO)
def is_looked_at_again(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """The review date is still to come (002-067)."""
    if offer.review_on is not None and offer.review_on < context.today:
        message = _("« {name} » devait être relue le {day} : relisez-la, puis donnez la date suivante.")
        yield Fault("review_on", message.format(name=offer.name, day=offer.review_on.strftime("%d/%m/%Y")))


@check("Q-NEEDSFIRST", NEED_FIRST, Severity.ERROR)
def says_the_need_first(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """People do not know the names of software (002-120: Marmule, Pâquerette; 002-134: Sleto)."""
    if name := _begins_with_software(offer.purpose, ""):
        yield _named_first("purpose", offer.purpose, name)
    for index, part in enumerate(offer.parts):
        if part.lead is Lead.LOGO:
            message = _("« {title} » met le logo de {software} en avant : montrez d’abord ce qu’on y fait.")
            yield Fault(f"parts[{index}].lead", message.format(title=part.title, software=part.software))
        for field, text in (("need", part.title), ("function", part.function)):
            if name := _begins_with_software(text, part.software):
                yield _named_first(f"parts[{index}].{field}", text, name)
                break


def _named_first(field: str, text: str, name: str) -> Fault:
    message = _(
        "« {text} » commence par le nom d’un logiciel ({name}) : dites d’abord le besoin, "
        "puis la fonction ; le nom vient en dernier."
    )
    return Fault(field, message.format(text=text, name=name))


def _begins_with_software(text: str, software: str) -> str:
    """The name at the very start of a text, known to all or among `software`, fillers left out; "" for words."""
    begin = text.strip()
    while (shorter := _FILLER.sub("", begin, count=1)) != begin:
        begin = shorter
    own = {name.strip() for name in _BETWEEN_NAMES.split(software) if _is_a_name(name)}
    found = _KNOWN.match(begin) or (own and _any_of(own).match(begin))
    return found[0] if found else ""


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """One of these names as a whole, the longest first."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


_KNOWN = _any_of(SOFTWARE)


def _is_a_name(word: str) -> bool:
    """« WordPress et autres »: a name has a capital."""
    return word.strip() != word.strip().lower()
