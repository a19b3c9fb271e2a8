"""Where the money of an offer comes from: what its tariff charges, else what the team says pays for it (002-001)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from offers.configurator import configure
from offers.models import SOLD, Offer, RevenueKind
from offers.study.reading import study_of
from pricing.engine import Breakdown, Cadence, Outcome
from pricing.engine.lines import LineKind


def revenue_sources(offer: Offer) -> list[str]:
    """In words, each once, of what the course tells apart (002-008); nothing while nobody pays for it.

    A trial lives on the offers that follow it.
    """
    return list(dict.fromkeys(_sources(offer)))


def _sources(offer: Offer) -> Iterator[str]:
    if offer.is_trial:
        yield _("les offres dont elle est l’essai")
    for answer in _answers(offer):
        if answer.outcome in (Outcome.ON_QUOTE, Outcome.NOT_ELIGIBLE):
            yield _("une vente chiffrée sur devis")
        elif answer.outcome is Outcome.TRIAL:
            yield _("les offres dont elle est l’essai")
        yield from _charged(answer)
    yield from given_to(offer)
    if reason := study_of(offer).accepted_reason:
        yield reason


def given_to(offer: Offer) -> list[str]:
    """The money that no tariff asks for and that the team counts on: gifts, subsidies, calls for projects."""
    told = study_of(offer).lives_on
    return [str(kind.label) for kind in RevenueKind if kind in told and kind not in SOLD]


def charged_by_its_tariff(offer: Offer) -> list[str]:
    """What clients pay, in words, each once; nothing while there is no tariff."""
    return list(dict.fromkeys(source for answer in _answers(offer) for source in _charged(answer)))


def _answers(offer: Offer) -> Iterator[Breakdown]:
    """The price as the page opens, then of the most that it lets ask: it may start with something free."""
    usual = configure(offer, {})
    if usual is None:
        return
    most = {code: metric.maximum or metric.starting for code, metric in usual.form.counted.items()}
    most |= {f"option_{each.code}": each.maximum or each.step for each in usual.version.tariff.options}
    for found in (usual, configure(offer, most)):
        if found is not None and found.breakdown is not None:
            yield found.breakdown


def _charged(answer: Breakdown) -> Iterator[str]:
    for line in answer.lines:
        if line.amount is not None and line.amount <= 0:
            continue
        if line.kind is LineKind.MEMBERSHIP:
            yield _("des cotisations")
        elif line.cadence is Cadence.ONE_OFF:
            yield _("une vente, payée une fois")
        else:
            yield _("des abonnements")
