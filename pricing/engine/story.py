"""« Comment ce prix est fait » : the tariff told in French sentences, by its own parts."""

from collections.abc import Iterator
from decimal import Decimal

from pricing.engine.charge import Audience, Charge
from pricing.engine.charges import Teller
from pricing.engine.options import Option
from pricing.engine.outcomes import Cadence, Outcome
from pricing.engine.tariff import Tariff
from pricing.engine.terms import Introductory, Term
from pricing.engine.text import (
    NBSP,
    _,
    euros,
    ngettext,
    per_period,
    percent,
    quoted,
    sentence_case,
    span,
)


def tell(tariff: Tariff, segment: str = "") -> list[str]:
    """In the order of the sum; each sentence comes from the part of the tariff that it tells."""
    if tariff.trial and tariff.trial.plan:
        return [_trial_plan(tariff)]
    sentences = [_charge(tariff, charge, segment) for charge in tariff.charges if _concerns(charge, segment)]
    sentences += [_option(tariff, option, segment) for option in tariff.options if _concerns(option, segment)]
    sentences += [_setup(tariff, segment), _membership(tariff, segment), _rhythms(tariff)]
    sentences += [_term(term) for term in tariff.terms]
    sentences += [_segments(tariff, segment), _introductory(tariff.introductory), _trial(tariff)]
    sentences += [*_limits(tariff), _guarantee(tariff), _tax(tariff)]
    return [sentence for sentence in sentences if sentence]


def teller(tariff: Tariff, segment: str, cadence: Cadence) -> Teller:
    """How prices of this cadence are said."""
    per = {
        Cadence.PERIOD: f" {per_period(tariff.period_months)}",
        Cadence.ONE_OFF: f" {_('une seule fois')}",
        Cadence.YEARLY: f" {_('par an')}",
    }[cadence]
    labels = {each.code: each.label for each in tariff.segments}
    return Teller(tariff.metrics_by_code, labels, segment, per, cadence is Cadence.PERIOD)


def _concerns(charge: Charge | Option, segment: str) -> bool:
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
    return _told(charge.label, clause + who + _publics(tariff, charge.segments, segment))


def _publics(tariff: Tariff, codes: tuple[str, ...], segment: str) -> str:
    if not codes or segment:
        return ""
    labels = [each.label for each in tariff.segments if each.code in codes]
    return _(", pour {publics}").format(publics=_(" et ").join(labels))


def _option(tariff: Tariff, option: Option, segment: str) -> str:
    voice = teller(tariff, segment, option.cadence)
    voice = voice._replace(metrics={**voice.metrics, option.code: option.metric})
    clause = option.shape.story(voice) + _publics(tariff, option.segments, segment)
    return _told(_("En option, {label}").format(label=quoted(option.label)), clause)


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


def _rhythms(tariff: Tariff) -> str:
    if len(tariff.terms) == 1 and tariff.terms[0].months == tariff.period_months:
        return ""
    rhythms = _(" ou ").join(per_period(term.months) for term in tariff.terms)
    return _("À payer {rhythms}.").format(rhythms=rhythms)


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


def _limits(tariff: Tariff) -> Iterator[str]:
    for metric in tariff.metrics:
        if metric.maximum is not None:
            yield _("Au plus {top}.").format(top=metric.words(metric.maximum))
    for limit in tariff.limits:
        top = tariff.metrics_by_code[limit.metric].words(limit.maximum)
        when = "".join(
            [
                _(" pour {spans}").format(spans=_(" ou ").join(map(span, limit.terms)))
                if limit.terms
                else "",
                _publics(tariff, limit.segments, ""),
            ]
        )
        if limit.outcome is Outcome.ON_QUOTE:
            yield _("Au-delà de {top}{when}, sur devis.").format(top=top, when=when)
        else:
            yield _("Au plus {top}{when}.").format(top=top, when=when)


def _guarantee(tariff: Tariff) -> str:
    if not tariff.guarantee_days:
        return ""
    return _("Satisfait ou remboursé pendant {days} jours.").format(days=tariff.guarantee_days)


def _tax(tariff: Tariff) -> str:
    return "" if tariff.tax_included else _("Ces prix sont hors taxes : la TVA s’y ajoute.")
