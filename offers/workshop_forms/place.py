"""For whom an offer is made, and which other offer it holds whole."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from offers.models import Offer, Segment


class PlaceForm(forms.Form):
    segment = forms.ChoiceField(
        label=_("Public principal"),
        choices=Segment.choices,
        help_text=_("Celui dont le tarif est appliqué, quand il en existe un par public."),
    )
    also_for = forms.MultipleChoiceField(
        label=_("Montrée aussi à"),
        choices=Segment.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    inherits: "forms.ModelChoiceField[Offer]" = forms.ModelChoiceField(
        label=_("Contient toute l’offre"),
        queryset=None,
        required=False,
        empty_label=_("Aucune autre offre"),
        help_text=_(
            "« Tout ce qui est dans Émeraude, et en plus… » : ce que l’autre gagne, celle-ci le gagne aussi."
        ),
    )

    def __init__(self, offer: Offer, data: Mapping[str, Any] | None = None) -> None:
        given = {"segment": offer.segment, "also_for": offer.also_for, "inherits": offer.inherits_id}
        super().__init__(data, initial=given)
        inherits = self.fields["inherits"]
        assert isinstance(inherits, forms.ModelChoiceField)
        inherits.queryset = Offer.objects.exclude(pk=offer.pk).order_by("position", "pk")
