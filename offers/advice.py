"""One recommended offer for the answers of a visitor, with its reason and its configurator already filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.configurator import Configuration, configure
from offers.entitlements import rights_of
from offers.help_form import SITE, HelpForm
from offers.models import ComponentKind, Need, Offer
from offers.need_search import NeedAnswer, search_need
from offers.parts import all_parts
from pricing.engine import Outcome, Proposal
from pricing.forms import OPTION, TERM
from pricing.typography import euros


@dataclass(frozen=True)
class AdvisedPart:
    """A component of the offer: the need, what it does, with what, and the rights it gives."""

    need: Need
    function: str
    software: str
    rights: list[str]


@dataclass(frozen=True)
class Alternative:
    """Another offer that was looked at: what it would cost, or why it does not suit. `fits`: it would do."""

    offer: Offer
    words: str
    fits: bool
    query: str = ""

    @property
    def url(self) -> str:
        return self.offer.get_absolute_url() + (f"?{self.query}#configurer" if self.query else "")


@dataclass(frozen=True)
class Advice:
    """`offer` and `configuration` are None when nothing fits; `reason` always says why."""

    offer: Offer | None
    configuration: Configuration | None
    reason: str
    remarks: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    @property
    def parts(self) -> list[AdvisedPart]:
        """What the offer holds, needs first."""
        if self.offer is None or self.configuration is None:
            return []
        tariff, asked = self.configuration.version.tariff, self.configuration.form.selection().quantities
        return [
            AdvisedPart(
                part.component.need,
                part.component.function,
                part.component.software,
                rights_of(part, tariff, asked),
            )
            for part in all_parts(self.offer)
        ]


def advise(hoster: Hoster, offers: Sequence[Offer], form: HelpForm) -> Advice:
    """The cheapest published offer that covers the needs; a person does the rest. Only on a valid form."""
    needs = form.chosen_needs()
    covering = [offer for offer in offers if _covers(offer, needs)]
    if needs and not covering:
        return Advice(None, None, _("Aucune offre ne couvre à elle seule tout ce que vous avez coché."))
    wanted, remarks = _narrowed(covering, form)
    found = search_need(wanted, form.quantities(), vat=hoster.vat_policy)
    if found.best is None and wanted is not covering:
        found = search_need(covering, form.quantities(), vat=hoster.vat_policy)
        remarks.append(_("Aucune offre ne réunit tout : ce qui manque se demande et se chiffre à part."))
    if form.wants_domain():
        remarks.append(
            _(
                "Un nom de domaine se loue chaque année, et reste au nom de l’association. "
                "Demandez-nous s’il est compris, ou comment le prendre."
            )
        )
    return _told(found, tuple(remarks))


def _narrowed(covering: list[Offer], form: HelpForm) -> tuple[list[Offer], list[str]]:
    """The offers that also have a person or a site, when they are wanted, and what to say when none has."""
    wanted, remarks = covering, []
    person = _("L’accompagnement n’est pas compris dans cette offre : demandez-le, il se chiffre à part.")
    site = _("Cette offre ne comprend pas de site : demandez-le, il se chiffre à part.")
    asked = [(form.wants_help(), _has_a_person, person), (form.wants_site(), _hosts_a_site, site)]
    for is_asked, has, remark in asked:
        kept = [offer for offer in wanted if has(offer)] if is_asked else []
        wanted = kept or wanted
        if is_asked and not kept:
            remarks.append(remark)
    return wanted, remarks


def _told(found: NeedAnswer, remarks: tuple[str, ...]) -> Advice:
    others = tuple(_alternative(found, each) for each in found.ranked if each is not found.best)
    if found.best is None or found.offer is None:
        return Advice(None, None, found.reason, (), others)
    configuration = configure(found.offer, parameters_of(found.best))
    return Advice(found.offer, configuration, found.reason, remarks, others)


def _alternative(found: NeedAnswer, proposal: Proposal) -> Alternative:
    offer = found.offers[proposal.candidate.code]
    if not proposal.fits:
        return Alternative(offer, proposal.breakdown.reason, False)
    query = urlencode(parameters_of(proposal))
    if proposal.cost is None or proposal.breakdown.outcome is Outcome.ON_QUOTE:
        return Alternative(offer, _("sur devis"), True, query)
    return Alternative(offer, _("%(cost)s la première année") % {"cost": euros(proposal.cost)}, True, query)


def parameters_of(proposal: Proposal) -> dict[str, Any]:
    """The fields of the configurator that give a proposal."""
    selection = proposal.selection
    options = {OPTION + code: number for code, number in selection.options.items()}
    return {**selection.quantities, **options, TERM: str(selection.term_months)}


def _covers(offer: Offer, needs: Sequence[Need]) -> bool:
    return set(needs) <= {part.component.need for part in all_parts(offer)}


def _has_a_person(offer: Offer) -> bool:
    """Whether somebody does something for the client in this offer."""
    return any(part.component.kind != ComponentKind.PRODUIT for part in all_parts(offer))


def _hosts_a_site(offer: Offer) -> bool:
    """Whether a component speaks of a site, in its need or in what it does."""
    parts = [part.component for part in all_parts(offer)]
    return any(SITE.search(f"{each.need.title} {each.function}") for each in parts)
