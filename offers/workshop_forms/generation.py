"""What the generator is asked: which ranges, and after which offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from offers.library import ranges_to_generate
from offers.models import Offer


class GenerationForm(forms.Form):
    gammes = forms.MultipleChoiceField(
        label=_("Gammes à créer"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une gamme.")},
    )
    modele: "forms.ModelChoiceField[Offer]" = forms.ModelChoiceField(
        label=_("Offre modèle"),
        queryset=None,
        required=False,
        empty_label=_("Sans modèle"),
        help_text=_(
            "Chaque brouillon reprend ses conditions de départ et ses composants, et garde un lien vers elle."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        gammes, modele = self.fields["gammes"], self.fields["modele"]
        assert isinstance(gammes, forms.MultipleChoiceField)
        assert isinstance(modele, forms.ModelChoiceField)
        gammes.choices = [(entry.slug, entry.name) for entry in ranges_to_generate()]
        modele.queryset = Offer.objects.order_by("position", "pk")
