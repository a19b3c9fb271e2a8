"""What can be written down of outreach: model, form and words of each kind, by the word of its address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.forms.campaign import CampaignForm
from crm.forms.outreach import (
    ActionPlanForm,
    CallForProjectsForm,
    EncounterForm,
    ObjectionForm,
    PartnerForm,
    WishForm,
)
from crm.models import ActionPlan, CallForProjects, Campaign, Encounter, Objection, Partner, Wish
from hosters.models import Hoster


@dataclass(frozen=True)
class Kind:
    """`model` has a hoster; `form` takes data and instance; `intro` is read above the form, `removing` before one
    takes it away."""

    model: type[Any]
    form: type[forms.ModelForm]
    title: str | Promise
    intro: str | Promise
    removing: str | Promise

    def new(self, hoster: Hoster) -> Any:
        return self.model(hoster=hoster)


KINDS = {
    "campagnes": Kind(
        Campaign,
        CampaignForm,
        _("Une campagne"),
        _(
            "À qui vous parlez, comment, pendant combien de temps. Les objectifs et les actions viennent après."
        ),
        _("Objectifs, actions et bilans partent avec elle. Les structures restent."),
    ),
    "evenements": Kind(
        Encounter,
        EncounterForm,
        _("Un événement"),
        _("Le texte que les gens lisent fait la preuve de leur accord : écrivez-le avant d’y aller."),
        _("Les personnes rencontrées restent, avec la preuve de leur accord."),
    ),
    "appels": Kind(
        CallForProjects,
        CallForProjectsForm,
        _("Un appel à projets"),
        _("Deux semaines avant la date, il apparaît dans « Aujourd’hui »."),
        _("Il ne sera plus rappelé."),
    ),
    "partenaires": Kind(
        Partner,
        PartnerForm,
        _("Un partenaire"),
        _("Une structure, pas une personne : les personnes ont leur fiche."),
        _("Ce que vous avez noté avec ce partenaire part aussi."),
    ),
    "souhaits": Kind(
        Wish,
        WishForm,
        _("Un souhait"),
        _("Ce que des structures demandent et que vous ne proposez pas encore."),
        _("Les voix de celles qui le demandent partent aussi. Les structures restent."),
    ),
    "plans": Kind(
        ActionPlan,
        ActionPlanForm,
        _("Un plan d’action"),
        _("Les étapes à suivre avec un public. Il se lance depuis la fiche d’une organisation."),
        _("Les relances déjà prévues restent."),
    ),
    "objections": Kind(
        Objection,
        ObjectionForm,
        _("Une objection"),
        _("Ce qui fait hésiter, et la réponse honnête. Elle est sous les yeux de qui appelle."),
        _("Les échanges où elle est notée restent, sans elle."),
    ),
}
