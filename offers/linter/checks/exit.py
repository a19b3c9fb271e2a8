"""A clear end of contract: how to leave or change, with which data, how fast, erased when."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import ExitFacts, OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import EXIT
from offers.linter.sold import Sold
from pricing.engine import Severity
from pricing.exit_fees import is_refused


@check("Q-EXIT", EXIT, Severity.ERROR)
def says_how_to_leave(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Notice, termination, change, export formats and delays (002-153, 002-154); no fee to leave (CON-08)."""
    for field, missing in missing_ends(offer.exit):
        message = _("« {name} » ne dit pas {missing} : complétez la fin de contrat.")
        yield Fault(field, message.format(name=offer.name, missing=missing))
    left, erased = offer.exit.retrieval_days, offer.exit.erasure_days
    if left and erased and erased < left:
        message = _(
            "« {name} » efface les données {erased} jours après le départ, alors qu’on a {left} jours "
            "pour les récupérer : effacez-les plus tard."
        )
        yield Fault("erasure_days", message.format(name=offer.name, erased=erased, left=left))
    plan = context.sold(offer)
    for label in _labels(plan) if plan else ():
        if is_refused(label, on=context.today):
            message = _(
                "« {name} » fait payer « {label} » : partir ne peut plus rien coûter depuis le 12 janvier 2027. "
                "Retirez cette ligne."
            )
            yield Fault("tariff.charges", message.format(name=offer.name, label=label))


def _labels(plan: Sold) -> Iterator[str]:
    yield from (charge.label for charge in plan.tariff.charges)
    yield from (option.label for option in plan.tariff.options)


def missing_ends(ending: ExitFacts) -> Iterator[tuple[str, str]]:
    """Fields and what they should say. A notice of 0 days is told; a delay of 0 day leaves no time at all."""
    if ending.notice_days is None:
        yield "notice_days", _("avec quel préavis on part")
    if not ending.export_formats.strip():
        yield "export_formats", _("dans quels formats on reprend ses données")
    if not ending.retrieval_days:
        yield "retrieval_days", _("combien de temps on a pour les reprendre")
    if not ending.erasure_days:
        yield "erasure_days", _("quand elles sont effacées")
    if ending.termination is not None and not ending.termination.strip():
        yield "termination", _("comment on résilie")
    if ending.change is not None and not ending.change.strip():
        yield "change", _("comment on change d’offre")
