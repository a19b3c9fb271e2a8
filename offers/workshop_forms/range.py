"""What a person types of a range: its name, then which offers are in it, in what order, at which level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from offers.model_families import FAMILIES
from offers.models import Offer, Range
from offers.ranges import Place

#: Packs that the course names (002-070); any other is welcome.
PACKS = (
    _("Communication"),
    _("Gestion"),
    _("Hébergement web"),
    _("Hébergement mail"),
    _("Web et mail"),
)


class RangeForm(forms.ModelForm):
    model_families = forms.MultipleChoiceField(
        label=_("Familles de modèle"),
        help_text=_("Pour l’équipe : comment cette gamme vous fait vivre. La page « Modèles » les explique."),
        choices=[(family.code, family.name) for family in FAMILIES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Range
        fields = ("name", "purpose", "prefix", "model_families")
        help_texts = {
            "name": _("Ce qui réunit ces offres : « Les quatre pierres », « Asso bronze, or, platine »."),
            "purpose": _("Montré sous le nom. Par exemple : une pierre par taille de structure."),
            "prefix": _("Pour une famille de noms : « k » pour kDrive et kMail. Laissez vide sinon."),
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Range.objects.filter(hoster=self.instance.hoster).exclude(pk=self.instance.pk)
        if name.casefold() in map(str.casefold, others.values_list("name", flat=True)):
            raise ValidationError(_("Une gamme porte déjà ce nom."))
        return name


@dataclass(frozen=True)
class PlaceFields:
    """The fields of one offer, in a row of the page."""

    offer: Offer
    taken: BoundField
    rank: BoundField
    level: BoundField
    pack: BoundField


class PlacesForm(forms.Form):
    """Every offer of the hoster; those ticked are in the range, in the order of their numbers."""

    def __init__(self, range: Range, offers: Sequence[Offer], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.offers = offers
        for index, offer in enumerate(offers, 1):
            held = offer.range_id == range.pk
            told = {"offer": offer.name}
            self.fields[f"dans-{offer.pk}"] = forms.BooleanField(
                label=offer.name, required=False, initial=held
            )
            self.fields[f"rang-{offer.pk}"] = forms.IntegerField(
                label=_("Rang de %(offer)s") % told,
                min_value=1,
                max_value=999,
                required=False,
                initial=offer.level_rank or index,
            )
            self.fields[f"niveau-{offer.pk}"] = forms.CharField(
                label=_("Niveau de %(offer)s") % told, max_length=40, required=False, initial=offer.level
            )
            self.fields[f"pack-{offer.pk}"] = forms.CharField(
                label=_("Pack de %(offer)s") % told,
                max_length=40,
                required=False,
                initial=offer.pack,
                widget=forms.TextInput(attrs={"list": "packs"}),
            )

    def rows(self) -> list[PlaceFields]:
        return [
            PlaceFields(offer, *(self[f"{name}-{offer.pk}"] for name in ("dans", "rang", "niveau", "pack")))
            for offer in self.offers
        ]

    def places(self) -> list[Place]:
        """Only on a valid form. An offer without a number goes last."""
        given = self.cleaned_data
        return [
            Place(
                offer,
                given[f"rang-{offer.pk}"] or 1000,
                given[f"niveau-{offer.pk}"],
                given[f"pack-{offer.pk}"],
            )
            for offer in self.offers
            if given[f"dans-{offer.pk}"]
        ]
