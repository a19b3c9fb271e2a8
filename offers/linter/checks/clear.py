"""Clear and simple: a price, the same rows, a purpose, few plans, plain words, a way to ask."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import ComponentFacts, OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import CLEAR
from offers.linter.words.jargon import ACRONYMS, WORDS
from offers.linter.words.matching import pattern_of
from pricing.engine import Outcome, Severity

#: An offer made only of options has a price as soon as one is chosen.
NOTHING_CHOSEN = "nothing"
HAS_A_PRICE = {Outcome.PRICED, Outcome.ON_QUOTE, Outcome.TRIAL}


@check("Q-COMPARE", CLEAR, Severity.ERROR)
def can_be_compared(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Every plan has a price or says « sur devis », and every row of the comparison is filled (002-056)."""
    yield from _without_price(offer, context)
    yield from _empty_rows(offer)
    yield from _missing_rows(offer, context)


def _without_price(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    if offer.tariff is None:
        message = _(
            "« {name} » n’a ni prix ni mention « sur devis » : donnez-lui un tarif, ou une ligne sur devis."
        )
        yield Fault("tariff", message.format(name=offer.name))
        return
    shown = context.sold(offer)
    if shown is None:
        broken = [problem for problem in offer.tariff.problems if problem.code != "Q-TIERS"]
        message = _("Le tarif de « {name} » ne se lit pas : {problem}")
        yield from (Fault("tariff", message.format(name=offer.name, problem=each)) for each in broken[:1])
    elif not any(each.outcome in HAS_A_PRICE or each.reason_code == NOTHING_CHOSEN for each in shown.answers):
        message = _(
            "« {name} » n’a pas de prix au départ ({reason}) : corrigez les quantités proposées d’abord."
        )
        yield Fault("tariff.metrics", message.format(name=offer.name, reason=shown.first.reason))


def _empty_rows(offer: OfferFacts) -> Iterator[Fault]:
    """A right whose quantity the tariff does not bring."""
    tariff = offer.tariff.tariff if offer.tariff else None
    for index, part in enumerate(offer.parts):
        for right in part.rights:
            if right.metric and tariff is not None and right.metric not in tariff.metrics_by_code:
                message = _(
                    "« {part} » promet « {metric} », que le tarif ne compte pas : la ligne reste vide."
                )
                yield Fault(f"parts[{index}].rights", message.format(part=part.title, metric=right.metric))


def _missing_rows(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A component whose quantity the plans beside tell, and this one does not."""
    beside = [each for each in context.side_by_side(offer) if each.slug != offer.slug] if offer.range else []
    told = {
        (part.slug, right.metric): (each, right.metric)
        for each in reversed(beside)
        for part in each.parts
        for right in part.rights
        if right.metric
    }
    for index, part in enumerate(offer.parts):
        for (slug, metric), (other, code) in told.items():
            if slug == part.slug and not _answers(part, metric):
                message = _(
                    "{other} dit combien pour « {part} » ({metric}), {name} ne le dit pas : complétez la ligne."
                )
                label = _label(other, code)
                yield Fault(
                    f"parts[{index}].rights",
                    message.format(other=other.name, part=part.title, metric=label, name=offer.name),
                )


def _answers(part: ComponentFacts, metric: str) -> bool:
    """Words answer as well as a figure: « un sous-domaine » for a number of domains."""
    return bool(part.detail) or any(right.label or right.metric == metric for right in part.rights)


def _label(offer: OfferFacts, code: str) -> str:
    tariff = offer.tariff.tariff if offer.tariff else None
    metric = tariff.metrics_by_code.get(code) if tariff else None
    return metric.label if metric else code


@check("Q-CONTACT", CLEAR, Severity.ERROR)
def can_be_asked(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Three ways out of every page, and short forms (002-058)."""
    contact = context.hoster.contact
    if contact is None:
        return
    ways = {_("poser une question"): contact.ask, _("demander un devis"): contact.quote}
    ways[_("être rappelé")] = contact.callback
    for way, offered in ways.items():
        if not offered:
            message = _("Aucun bouton pour {way} : mettez les trois issues sur chaque page.")
            yield Fault("contact", message.format(way=way), shared=True)
    most = context.thresholds.required_fields
    for form, fields in contact.required_fields.items():
        if fields > most:
            message = _("Le formulaire « {form} » exige {fields} champs : {most} au plus, sinon on renonce.")
            yield Fault(f"contact.{form}", message.format(form=form, fields=fields, most=most), shared=True)


@check("Q-JARGON", CLEAR, Severity.WARNING)
def speaks_plainly(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A technical word has its definition (002-057). Said once for all offers: the glossary is the hoster's."""
    explained = {word.casefold() for word in context.hoster.glossary}
    read = "\n".join(text.text for text in offer.texts)
    for word in (*ACRONYMS, *WORDS):
        if word.casefold() not in explained and pattern_of(word).search(read):
            message = _(
                "« {word} », lu dans « {name} », est un mot technique sans définition : "
                "expliquez-le au glossaire ou dites-le autrement."
            )
            yield Fault(f"glossary.{word}", message.format(word=word, name=offer.name), shared=True)


@check("Q-WHAT", CLEAR, Severity.ERROR)
def says_what_it_is_for(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A sentence of what it is for, before anything else (002-126)."""
    words = offer.purpose.split()
    if not words:
        message = _("« {name} » ne dit pas à quoi ça sert : écrivez une phrase avec les mots de vos clients.")
        yield Fault("purpose", message.format(name=offer.name))
    elif len(words) < context.thresholds.purpose_words:
        message = _("« {purpose} » ne dit pas à quoi sert « {name} » : écrivez une phrase entière.")
        yield Fault("purpose", message.format(purpose=offer.purpose, name=offer.name))


@check("Q-COUNT", CLEAR, Severity.WARNING)
def has_few_plans(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """At most four plans side by side for one public (002-071, 002-127)."""
    shown = context.side_by_side(offer)
    most = context.thresholds.plans
    if len(shown) > most:
        where = context.range_name(offer) or _("hors gamme")
        message = _(
            "{count} offres côte à côte ({where}) : au-delà de {most} on s’y perd. "
            "Regroupez-les, ou renvoyez les autres au sur-mesure."
        )
        yield Fault(
            f"range.{offer.range or offer.segment}",
            message.format(count=len(shown), where=where, most=most),
            shared=True,
        )
