"""« Comment ce prix est fait » : the tariff told as a French paragraph, by its own parts."""

from decimal import Decimal

from pricing.engine.charge import Audience, Charge
from pricing.engine.charges import Teller
from pricing.engine.outcomes import Cadence
from pricing.engine.tariff import Tariff
from pricing.engine.terms import Introductory, Term
from pricing.engine.text import (
    NBSP,
    _,
    euros,
    ngettext,
    per_period,
    percent,
    sentence_case,
    span,
)


def tell(tariff: Tariff, segment: str = "") -> str:
    """The whole paragraph; each sentence comes from the part of the tariff that makes the sum."""
    if tariff.trial and tariff.trial.plan:
        return _trial_plan(tariff)
    sentences = [_charge(tariff, charge, segment) for charge in tariff.charges if _concerns(charge, segment)]
    sentences += [_option(tariff, option.code, segment) for option in tariff.options]
    sentences += [_setup(tariff, segment), _membership(tariff, segment)]
    sentences += [_term(term) for term in tariff.terms]
    sentences += [_segments(tariff, segment), _introductory(tariff.introductory), _trial(tariff)]
    sentences += [_limit(tariff), _guarantee(tariff), _tax(tariff)]
    return " ".join(sentence for sentence in sentences if sentence)


def teller(tariff: Tariff, segment: str, cadence: Cadence) -> Teller:
    """How prices of this cadence are said."""
    per = {
        Cadence.PERIOD: f" {per_period(tariff.period_months)}",
        Cadence.ONE_OFF: f" {_('une seule fois')}",
        Cadence.YEARLY: f" {_('par an')}",
    }[cadence]
    return Teller(tariff.metrics_by_code, segment, per, tariff.period_months)


def _concerns(charge: Charge, segment: str) -> bool:
    return not charge.segments or not segment or segment in charge.segments


def _told(label: str, clause: str) -> str:
    return f"{sentence_case(label)}{NBSP}: {clause}."


def _charge(tariff: Tariff, charge: Charge, segment: str) -> str:
    clause = charge.shape.story(teller(tariff, segment, charge.cadence))
    who = {
        Audience.EVERYONE: "",
        Audience.MEMBERS: _(", pour les membres"),
        Audience.NON_MEMBERS: _(", pour qui n’est pas membre"),
    }[charge.audience]
    return _told(charge.label, clause + who)


def _option(tariff: Tariff, code: str, segment: str) -> str:
    option = tariff.options_by_code[code]
    voice = teller(tariff, segment, option.cadence)
    voice = voice._replace(metrics={**voice.metrics, code: option.metric})
    return _told(_("En option, {label}").format(label=option.label), option.shape.story(voice))


def _setup(tariff: Tariff, segment: str) -> str:
    if tariff.setup_fee is None:
        return ""
    price = teller(tariff, segment, Cadence.ONE_OFF).price(tariff.setup_fee)
    return _told(_("Frais de mise en place"), price)


def _membership(tariff: Tariff, segment: str) -> str:
    membership = tariff.membership
    if membership is None:
        return ""
    clause = membership.shape.story(teller(tariff, segment, Cadence.YEARLY))
    if not membership.required:
        clause = _("{clause}, si vous le souhaitez").format(clause=clause)
    return _told(membership.label, clause)


def _term(term: Term) -> str:
    if term.charged_months is not None:
        return _("Pour {span}, vous payez {months}.").format(
            span=span(term.months), months=span(term.charged_months)
        )
    if term.discount is not None:
        return _("Pour {span}, {percent} de remise.").format(
            span=span(term.months), percent=percent(term.discount)
        )
    return ""


def _segments(tariff: Tariff, segment: str) -> str:
    told = [
        _("{label} : {percent} de remise.").format(label=each.label, percent=percent(each.discount))
        for each in tariff.segments
        if each.discount and segment in ("", each.code)
    ]
    return " ".join(told)


def _introductory(offer: Introductory | None) -> str:
    if offer is None:
        return ""
    periods = ngettext("la première période", "les {n} premières périodes", offer.periods)
    periods = periods.format(n=offer.periods)
    if offer.discount is not None:
        discount = percent(offer.discount)
        return _("{percent} de remise pour {periods}.").format(percent=discount, periods=periods)
    return _("{price} pour {periods}.").format(price=euros(offer.price or Decimal(0)), periods=periods)


def _trial(tariff: Tariff) -> str:
    if tariff.trial is None:
        return ""
    return _("Essai gratuit jusqu’à {span}.").format(span=span(tariff.trial.months))


def _trial_plan(tariff: Tariff) -> str:
    trial = tariff.trial
    assert trial is not None
    free = _("Gratuit pendant {span}.").format(span=span(trial.months))
    if trial.auto_renew:
        return free
    return f"{free} {_('Sans suite si vous ne commandez rien.')}"


def _limit(tariff: Tariff) -> str:
    tops = [(tariff.metrics_by_code[limit.metric], limit.maximum) for limit in tariff.limits]
    tops += [(metric, metric.maximum) for metric in tariff.metrics if metric.maximum is not None]
    told = [metric.words(top) for metric, top in tops]
    return _("Au plus {tops}.").format(tops=_(" et ").join(told)) if told else ""


def _guarantee(tariff: Tariff) -> str:
    if not tariff.guarantee_days:
        return ""
    return _("Satisfait ou remboursé pendant {days} jours.").format(days=tariff.guarantee_days)


def _tax(tariff: Tariff) -> str:
    return "" if tariff.tax_included else _("Ces prix sont hors taxes : la TVA s’y ajoute.")
