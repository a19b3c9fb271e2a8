"""Terms, trial and welcome price: coherent with the period of the typed prices."""

from collections.abc import Iterator

from pricing.engine.problems import Problem
from pricing.engine.tariff import Tariff
from pricing.engine.terms import Introductory
from pricing.engine.text import _, span

LONGEST_FREE = 12  # months, free of any price (DEV-08)


def term_problems(tariff: Tariff) -> Iterator[Problem]:
    yield from _terms(tariff)
    yield from _introductory(tariff)
    yield from _trial(tariff)
    for index, limit in enumerate(tariff.limits):
        yield from _sold(tariff, limit.terms, f"limits[{index}].terms")
    if tariff.membership is None:
        for index, charge in enumerate(tariff.charges):
            if charge.audience == "members":
                message = _("« audience » vaut « members » mais le tarif n’a pas d’adhésion.")
                yield Problem(f"charges[{index}].audience", message)


def _terms(tariff: Tariff) -> Iterator[Problem]:
    seen: set[int] = set()
    for index, term in enumerate(tariff.terms):
        path = f"terms[{index}]"
        if term.months in seen:
            yield Problem(f"{path}.months", _("Cette durée est déjà donnée."))
        seen.add(term.months)
        if term.discount is not None and term.charged_months is not None:
            message = _("Donnez soit « discount », soit « charged_months ».")
            yield Problem(f"{path}.charged_months", message)
        if term.charged_months is not None and term.charged_months > term.months:
            yield Problem(f"{path}.charged_months", _("On ne facture pas plus de mois que la durée."))
        if term.months % tariff.period_months and tariff.period_months % term.months:
            message = _("Les prix sont donnés pour {period} : {months} n’en est ni un multiple ni une part.")
            period, months = span(tariff.period_months), span(term.months)
            yield Problem(f"{path}.months", message.format(period=period, months=months))


def _introductory(tariff: Tariff) -> Iterator[Problem]:
    offer = tariff.introductory
    if offer is None:
        return
    if (offer.discount is None) is (offer.price is None):
        yield Problem("introductory", _("Donnez soit « discount », soit « price »."))
    yield from _sold(tariff, offer.terms, "introductory.terms")
    if offer.is_free and _longest_welcome(tariff, offer) + _free_months(tariff) > LONGEST_FREE:
        message = _(
            "Un prix de bienvenue gratuit dure douze mois au plus, mois d’essai compris (code de commerce, L442-12)."
        )
        yield Problem("introductory.periods", message)


def _longest_welcome(tariff: Tariff, offer: Introductory) -> int:
    """Months that a welcome lasts for whoever commits for the longest."""
    sold = offer.terms or tuple(term.months for term in tariff.terms)
    return max(sold) * offer.periods


def _free_months(tariff: Tariff) -> int:
    """Months of trial before the first paid period."""
    return tariff.trial.months if tariff.trial and not tariff.trial.plan else 0


def _trial(tariff: Tariff) -> Iterator[Problem]:
    """Nothing is free for more than a year, and nothing is due without an order (DEV-08)."""
    if tariff.trial is None:
        return
    if tariff.trial.months > LONGEST_FREE:
        yield Problem("trial.months", _("Un essai dure douze mois au plus (code de commerce, L442-12)."))
    if tariff.trial.auto_renew:
        message = _("Un essai s’arrête de lui-même : l’abonnement ne commence qu’avec un devis accepté.")
        yield Problem("trial.auto_renew", message)


def _sold(tariff: Tariff, terms: tuple[int, ...], path: str) -> Iterator[Problem]:
    for months in terms:
        if tariff.term(months) is None:
            message = _("{span} n’est pas une durée de ce tarif.").format(span=span(months))
            yield Problem(path, message)
