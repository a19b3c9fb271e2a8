"""Whether a tariff holds together: without this no price can be trusted."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pricing.engine.charges import Allowance, FreePrice
from pricing.engine.problems import Problem
from pricing.engine.tariff import Tariff
from pricing.engine.text import _, quoted
from pricing.engine.validation_prices import price_problems
from pricing.engine.validation_shapes import shape_problems
from pricing.engine.validation_terms import term_problems


def integrity(tariff: Tariff) -> list[Problem]:
    """Every error that would make a price wrong or impossible, each with its path."""
    problems = [
        *_duplicates(tariff),
        *_metrics(tariff),
        *_references(tariff),
        *_substance(tariff),
        *term_problems(tariff),
    ]
    return problems or [*shape_problems(tariff), *price_problems(tariff)]


def _duplicates(tariff: Tariff) -> Iterator[Problem]:
    named: list[tuple[str, Sequence[str]]] = [
        ("metrics", [metric.code for metric in tariff.metrics]),
        ("charges", [charge.code for charge in tariff.charges]),
        ("options", [option.code for option in tariff.options]),
        ("segments", [segment.code for segment in tariff.segments]),
    ]
    for path, codes in named:
        for index, code in enumerate(codes):
            if code in codes[:index]:
                message = _("Le code {code} est déjà pris.").format(code=quoted(code))
                yield Problem(f"{path}[{index}].code", message)


def _metrics(tariff: Tariff) -> Iterator[Problem]:
    for index, metric in enumerate(tariff.metrics):
        path = f"metrics[{index}]"
        if metric.step <= 0:
            yield Problem(f"{path}.step", _("« step » doit être plus grand que 0."))
        if metric.maximum is not None and metric.maximum < metric.minimum:
            yield Problem(f"{path}.maximum", _("« maximum » est plus petit que « minimum »."))
        highest = metric.starting if metric.maximum is None else metric.maximum
        if not metric.minimum <= metric.starting <= highest:
            yield Problem(f"{path}.default", _("« default » sort des limites « minimum » et « maximum »."))
        elif metric.step > 0 and not metric.accepts(metric.starting):
            yield Problem(f"{path}.default", _("« default » ne tombe pas sur un pas de « step »."))
    for index, option in enumerate(tariff.options):
        if option.maximum is not None and option.maximum < option.minimum:
            yield Problem(f"options[{index}].maximum", _("« maximum » est plus petit que « minimum »."))


def _references(tariff: Tariff) -> Iterator[Problem]:
    known = set(tariff.metrics_by_code)
    for index, charge in enumerate(tariff.charges):
        codes = charge.shape.metric_codes()
        if isinstance(charge.shape, Allowance):
            codes = (charge.shape.metric,)
        yield from _unknown(f"charges[{index}].metric", codes, known)
        yield from _unknown_segments(tariff, f"charges[{index}].segments", charge.segments)
    for index, option in enumerate(tariff.options):
        yield from _unknown(f"options[{index}].metric", option.shape.metric_codes(), known | {option.code})
        yield from _unknown(f"options[{index}].adds", [code for code, _q in option.adds], known)
        yield from _unknown_segments(tariff, f"options[{index}].segments", option.segments)
    for index, limit in enumerate(tariff.limits):
        yield from _unknown(f"limits[{index}].metric", [limit.metric], known)
        yield from _unknown_segments(tariff, f"limits[{index}].segments", limit.segments)
        if limit.metric in known and limit.maximum < tariff.metrics_by_code[limit.metric].minimum:
            message = _("Avec cette limite, plus rien ne peut être commandé.")
            yield Problem(f"limits[{index}].maximum", message)
    for index, entitlement in enumerate(tariff.includes):
        yield from _unknown(f"includes[{index}].metric", [entitlement.metric], known)
        yield from _unknown(f"includes[{index}].per", [entitlement.per] if entitlement.per else [], known)


def _unknown(path: str, codes: Iterable[str], known: set[str]) -> Iterator[Problem]:
    for code in codes:
        if code not in known:
            message = _("{code} n’est pas déclaré dans « metrics ».").format(code=quoted(code))
            yield Problem(path, message)


def _unknown_segments(tariff: Tariff, path: str, codes: Iterable[str]) -> Iterator[Problem]:
    for code in codes:
        if tariff.segment(code) is None:
            message = _("{code} n’est pas déclaré dans « segments ».").format(code=quoted(code))
            yield Problem(path, message)


def _substance(tariff: Tariff) -> Iterator[Problem]:
    """A tariff must have something to charge, and only one free price."""
    trial_plan = tariff.trial is not None and tariff.trial.plan
    if not tariff.charges and not tariff.options and not trial_plan:
        yield Problem("charges", _("Il faut au moins une ligne de prix."))
    prices = [price for charge in tariff.charges for price in charge.shape.prices()]
    if trial_plan and any(any(price.figures()) for price in prices):
        yield Problem("trial.plan", _("Une offre d’essai ne facture rien : retirez ses prix."))
    free_prices = [
        index for index, charge in enumerate(tariff.charges) if isinstance(charge.shape, FreePrice)
    ]
    for index in free_prices[1:]:
        yield Problem(f"charges[{index}].type", _("Un seul prix libre par tarif."))
    for index, entitlement in enumerate(tariff.includes):
        if entitlement.quantity < Decimal(0):
            yield Problem(f"includes[{index}].quantity", _("« quantity » ne peut pas être négatif."))
