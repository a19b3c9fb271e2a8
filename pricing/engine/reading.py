"""Read a selection: either a basket that can be priced, or the reason why not. Never an exception."""

from collections.abc import Mapping
from decimal import Decimal

from pricing.engine.basket import Basket, multiplier
from pricing.engine.metrics import Metric
from pricing.engine.outcomes import Outcome
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff, quantity_included
from pricing.engine.terms import USUAL_TERMS, Term
from pricing.engine.text import _, number, quoted, span

# Beyond this, a quantity or an amount is a typing mistake, not a request.
HIGHEST = Decimal(10) ** 9
DECIMALS = 4  # RND-01: a quantity has at most four decimals


class Stop(Exception):
    """The computation ends here, with an outcome and a French reason. Caught by `price`."""

    def __init__(self, outcome: Outcome, reason_code: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason_code = reason_code
        self.reason = reason


def invalid(reason_code: str, reason: str) -> Stop:
    return Stop(Outcome.INVALID, reason_code, reason)


def read(tariff: Tariff, selection: Selection) -> Basket:
    """The basket to price. Raises `Stop` with the reason otherwise."""
    term = _term(tariff, selection.term_months)
    segment = _segment(tariff, selection.segment)
    basket = Basket(
        metrics=tariff.metrics_by_code,
        quantities=_quantities(tariff, selection.quantities),
        options=_options(tariff, selection.options, segment),
        segment=segment,
        months=term.months,
        period_months=tariff.period_months,
        multiplier=multiplier(term.billed_months, tariff.period_months),
        member=is_member(tariff, selection),
        free_amount=_free_amount(tariff, selection),
    )
    _read_trial(tariff, selection.trial_months)
    check_limits(tariff, basket)
    if tariff.includes:
        _check_included(tariff, selection.quantities, basket)
    return basket


def is_member(tariff: Tariff, selection: Selection) -> bool:
    membership = tariff.membership
    if membership is None:
        return selection.already_member
    return membership.required or selection.already_member or selection.joins


def _term(tariff: Tariff, months: object) -> Term:
    if isinstance(months, bool) or not isinstance(months, int) or months < 1:
        raise invalid("term", _("La durée doit être un nombre de mois, au moins 1."))
    term = tariff.term(months)
    if term is not None:
        return term
    sold = _(" ou ").join(span(each.months) for each in tariff.terms)
    if months in USUAL_TERMS:
        reason = _("Pas de prix pour {asked} : ce tarif se prend pour {sold}. Sur devis.")
        raise Stop(Outcome.ON_QUOTE, "term", reason.format(asked=span(months), sold=sold))
    reason = _("Ce tarif ne se prend pas pour {asked}, mais pour {sold}.")
    raise invalid("term", reason.format(asked=span(months), sold=sold))


def _segment(tariff: Tariff, code: object) -> str:
    if not isinstance(code, str):
        raise invalid("segment", _("Le public demandé n’est pas lisible."))
    if tariff.segments and tariff.segment(code) is None:
        labels = ", ".join(segment.label for segment in tariff.segments)
        reason = _("Ce tarif ne connaît pas le public {code}. Il connaît : {labels}.")
        raise invalid("segment", reason.format(code=quoted(code), labels=labels))
    return code


def _quantities(tariff: Tariff, asked: object) -> dict[str, Decimal]:
    if not isinstance(asked, Mapping):
        raise invalid("quantities", _("Les quantités ne sont pas lisibles."))
    read_quantities = {metric.code: metric.starting for metric in tariff.metrics}
    for code, value in asked.items():
        if value is None:
            continue
        if code not in read_quantities:
            reason = _("Ce tarif ne compte pas {code}.").format(code=quoted(code))
            raise invalid("unknown_metric", reason)
        metric = tariff.metrics_by_code[code]
        read_quantities[code] = _within_maximum(metric, counted(metric, value))
    return read_quantities


def counted(metric: Metric, value: object) -> Decimal:
    """A quantity as a sound `Decimal` on a step of its metric."""
    name = metric.label or metric.code
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise invalid("quantity", _("{name} : une quantité s’écrit en chiffres.").format(name=name))
    quantity = Decimal(value)
    if not quantity.is_finite():
        raise invalid("quantity", _("{name} : une quantité s’écrit en chiffres.").format(name=name))
    if abs(quantity) > HIGHEST:
        raise invalid("quantity", _("{name} : la quantité est trop grande.").format(name=name))
    if quantity < 0:
        raise invalid("quantity", _("{name} : la quantité ne peut pas être négative.").format(name=name))
    if quantity < metric.minimum:
        least = metric.words(metric.minimum)
        raise invalid("minimum", _("{name} : il faut au moins {least}.").format(name=name, least=least))
    exponent = quantity.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -DECIMALS and quantity != round(quantity, DECIMALS):
        raise invalid("quantity", _("{name} : quatre décimales au plus.").format(name=name))
    if not metric.accepts(quantity):
        raise _off_step(metric, name)
    return quantity


def _off_step(metric: Metric, name: str) -> Stop:
    if metric.step == 1:
        return invalid("step", _("{name} : il faut un nombre entier.").format(name=name))
    return invalid("step", _("{name} : de {step} en {step}.").format(name=name, step=number(metric.step)))


def _options(tariff: Tariff, asked: object, segment: str) -> dict[str, Decimal]:
    if not isinstance(asked, Mapping):
        raise invalid("options", _("Les options ne sont pas lisibles."))
    if not asked and not tariff.options:
        return {}
    sold = {option.code: option for option in tariff.options if option.charge.concerns(segment, True)}
    found = {code: option.minimum for code, option in sold.items() if option.minimum}
    for code, value in asked.items():
        if code not in sold:
            raise invalid("unknown_option", _("Ce tarif n’a pas d’option {code}.").format(code=quoted(code)))
        if value is not None:
            found[code] = _within_maximum(sold[code].metric, counted(sold[code].metric, value))
    return found


def _within_maximum(metric: Metric, quantity: Decimal) -> Decimal:
    if metric.maximum is not None and quantity > metric.maximum:
        raise _above(metric, quantity, metric.maximum)
    return quantity


def _read_trial(tariff: Tariff, months: object) -> None:
    if isinstance(months, bool) or not isinstance(months, int) or months < 0:
        raise invalid("trial", _("L’essai se compte en mois entiers."))
    if not months:
        return
    if tariff.trial is None:
        raise invalid("trial", _("Ce tarif n’offre pas de mois d’essai."))
    if months > tariff.trial.months:
        most = span(tariff.trial.months)
        raise invalid("trial", _("L’essai ne peut pas dépasser {most}.").format(most=most))


def _free_amount(tariff: Tariff, selection: Selection) -> Decimal | None:
    amount = selection.free_amount
    if amount is None:
        return None
    if not tariff.has_free_price():
        raise invalid("free_amount", _("Ce tarif n’est pas à prix libre."))
    return chosen_amount(amount)


def chosen_amount(amount: object) -> Decimal:
    """An amount typed by the client at a free price."""
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int):
        raise invalid("free_amount", _("Le montant choisi s’écrit en euros."))
    value = Decimal(amount)
    if not value.is_finite():
        raise invalid("free_amount", _("Le montant choisi s’écrit en euros."))
    if value < 0:
        raise invalid("free_amount", _("Le montant choisi ne peut pas être négatif."))
    if value > HIGHEST:
        raise invalid("free_amount", _("Le montant choisi est trop grand."))
    if value != round(value, 2):
        raise invalid("free_amount", _("Le montant choisi s’arrête aux centimes."))
    return value


def check_limits(tariff: Tariff, basket: Basket) -> None:
    """Raise `Stop` when a limit of the tariff is passed."""
    for limit in tariff.limits:
        quantity = basket.quantities[limit.metric]
        if quantity > limit.maximum and limit.concerns(basket.segment, basket.months):
            metric = tariff.metrics_by_code[limit.metric]
            stop = _above(metric, quantity, limit.maximum, limit.outcome)
            raise Stop(stop.outcome, stop.reason_code, limit.reason) if limit.reason else stop


def _check_included(tariff: Tariff, asked: Mapping[str, object], basket: Basket) -> None:
    """What is asked and not charged must be among what the tariff and the options bring."""
    charged = tariff.charged_metrics
    for code in {entitlement.metric for entitlement in tariff.includes} - charged:
        if asked.get(code) is None:
            continue
        brought = quantity_included(tariff.includes, code, basket.quantities)
        for option_code, quantity in basket.options.items():
            brought += dict(tariff.options_by_code[option_code].adds).get(code, 0) * quantity
        if basket.quantities[code] > brought:
            raise _above(tariff.metrics_by_code[code], basket.quantities[code], brought)


def _above(
    metric: Metric, quantity: Decimal, maximum: Decimal, outcome: Outcome = Outcome.NOT_ELIGIBLE
) -> Stop:
    sentence = (
        _("{asked} : au-delà de {top}, sur devis.")
        if outcome is Outcome.ON_QUOTE
        else _("{asked} : cette offre s’arrête à {top}.")
    )
    asked, top = metric.words(quantity), metric.words(maximum)
    return Stop(outcome, "maximum", sentence.format(asked=asked, top=top))
