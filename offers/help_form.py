"""« Aidez-moi à choisir » : a few plain questions, made from what the published offers count."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from offers.models import Need, Offer
from offers.need_search import ADDRESSES, PEOPLE, SPACE
from offers.tariffs import tariff_in_force

#: GB asked for each answer. A photo weighs about 3 MB, an hour of video about 2 GB.
SPACES = (
    ("1", _("Un petit site, quelques textes (1 Go)")),
    ("20", _("Les documents de l’association : comptes rendus, tableaux, affiches (20 Go)")),
    ("100", _("Aussi des photos, jusqu’à trente mille (100 Go)")),
    ("500", _("Des vidéos ou des enregistrements, des centaines d’heures (500 Go)")),
    ("", _("Nous ne savons pas encore")),
)
WITH_HELP = "oui"
HELPS = (
    ("", _("Non, nous nous débrouillons")),
    (WITH_HELP, _("Oui, nous voulons être accompagnés par une personne")),
)
MOST_PEOPLE = 1_000_000


class HelpForm(forms.Form):
    """Three to five questions; those about what no offer counts are not asked."""

    besoins = forms.MultipleChoiceField(
        label=_("Que voulez-vous faire ?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Cochez tout ce qui vous serait utile."),
    )
    personnes = forms.IntegerField(
        label=_("Combien de personnes s’en serviront ?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=5,
        help_text=_("Celles qui auront un compte : le bureau, les salarié·es, les bénévoles actifs."),
    )
    adresses = forms.IntegerField(
        label=_("Combien d’adresses e-mail vous faut-il ?"),
        min_value=0,
        max_value=MOST_PEOPLE,
        initial=0,
        help_text=_("Par exemple contact@, tresorerie@, une par salarié·e. Zéro si vous les avez ailleurs."),
    )
    espace = forms.ChoiceField(
        label=_("Qu’allez-vous y ranger ?"), required=False, choices=SPACES, widget=forms.RadioSelect
    )
    accompagnement = forms.ChoiceField(
        label=_("Voulez-vous être accompagnés ?"), required=False, choices=HELPS, widget=forms.RadioSelect
    )

    def __init__(self, offers: Sequence[Offer], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        needs = dict.fromkeys(part.component.need for offer in offers for part in offer.parts.all())
        self.needs: dict[str, Need] = {str(need.pk): need for need in needs}
        besoins = self.fields["besoins"]
        assert isinstance(besoins, forms.MultipleChoiceField)
        besoins.choices = [(pk, need.title) for pk, need in self.needs.items()]
        counted = _counted(offers)
        for name, code in (("adresses", ADDRESSES), ("espace", SPACE)):
            if code not in counted:
                del self.fields[name]

    def chosen_needs(self) -> list[Need]:
        return [self.needs[pk] for pk in self.cleaned_data["besoins"]]

    def quantities(self) -> dict[str, Decimal]:
        """The need by metric code. Only on a valid form; what is unknown or zero is not asked for."""
        asked = {
            PEOPLE: self.cleaned_data["personnes"],
            ADDRESSES: self.cleaned_data.get("adresses"),
            SPACE: self.cleaned_data.get("espace"),
        }
        return {code: Decimal(value) for code, value in asked.items() if value}

    def wants_help(self) -> bool:
        return bool(self.cleaned_data["accompagnement"] == WITH_HELP)

    def recap(self) -> list[tuple[str, str]]:
        """Each question with its answer, in words."""
        chosen = self.cleaned_data
        answers = {
            "besoins": ", ".join(need.title for need in self.chosen_needs()),
            "personnes": str(chosen["personnes"]),
            "adresses": str(chosen.get("adresses") or 0),
            "espace": dict(SPACES).get(chosen.get("espace", ""), ""),
            "accompagnement": dict(HELPS)[chosen["accompagnement"]],
        }
        return [(str(field.label), str(answers[name])) for name, field in self.fields.items()]


def _counted(offers: Sequence[Offer]) -> set[str]:
    versions = [tariff_in_force(offer) for offer in offers]
    return {code for version in versions if version for code in version.tariff.metrics_by_code}
