"""One recommended offer for the answers of a visitor, with its reason and its configurator already filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.configurator import Configuration, configure
from offers.entitlements import rights_of
from offers.help_form import HelpForm
from offers.models import ComponentKind, Need, Offer
from offers.need_search import NeedAnswer, search_need
from pricing.engine import Proposal
from pricing.forms import OPTION, TERM


@dataclass(frozen=True)
class AdvisedPart:
    """A component of the offer: the need, what it does, with what, and the rights it gives."""

    need: Need
    function: str
    software: str
    rights: list[str]


@dataclass(frozen=True)
class Advice:
    """`offer` and `configuration` are None when nothing fits; `reason` always says why."""

    offer: Offer | None
    configuration: Configuration | None
    reason: str
    remarks: tuple[str, ...] = ()

    @property
    def parts(self) -> list[AdvisedPart]:
        """What the offer holds, needs first."""
        if self.offer is None or self.configuration is None:
            return []
        tariff = self.configuration.version.tariff
        return [
            AdvisedPart(
                part.component.need, part.component.function, part.component.software, rights_of(part, tariff)
            )
            for part in self.offer.parts.all()
        ]


def advise(hoster: Hoster, offers: Sequence[Offer], form: HelpForm) -> Advice:
    """The cheapest published offer that covers the needs; a person does the rest. Only on a valid form."""
    needs = form.chosen_needs()
    covering = [offer for offer in offers if _covers(offer, needs)]
    if needs and not covering:
        return Advice(None, None, _("Aucune offre ne couvre à elle seule tout ce que vous avez coché."))
    accompanied = [offer for offer in covering if _has_a_person(offer)]
    wanted, remarks = covering, []
    if form.wants_help() and accompanied:
        wanted = accompanied
    elif form.wants_help():
        remarks.append(
            _("L’accompagnement n’est pas compris dans cette offre : demandez-le, il se chiffre à part.")
        )
    found = search_need(wanted, form.quantities(), vat=hoster.vat_policy)
    if found.best is None and wanted is not covering:
        found = search_need(covering, form.quantities(), vat=hoster.vat_policy)
        remarks.append(
            _("Les offres avec accompagnement ne suffisaient pas : demandez-le, il se chiffre à part.")
        )
    return _told(found, tuple(remarks))


def _told(found: NeedAnswer, remarks: tuple[str, ...]) -> Advice:
    if found.best is None or found.offer is None:
        return Advice(None, None, found.reason)
    return Advice(found.offer, configure(found.offer, parameters_of(found.best)), found.reason, remarks)


def parameters_of(proposal: Proposal) -> dict[str, Any]:
    """The fields of the configurator that give a proposal."""
    selection = proposal.selection
    options = {OPTION + code: number for code, number in selection.options.items()}
    return {**selection.quantities, **options, TERM: str(selection.term_months)}


def _covers(offer: Offer, needs: Sequence[Need]) -> bool:
    return set(needs) <= {part.component.need for part in offer.parts.all()}


def _has_a_person(offer: Offer) -> bool:
    """Whether somebody does something for the client in this offer."""
    return any(part.component.kind != ComponentKind.PRODUIT for part in offer.parts.all())
