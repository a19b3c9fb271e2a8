from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from hosters.sections.fields import HosterForm, ParagraphField

LAMP = "#f4b62f"  # what the second colour shows before one is chosen (static/css/tokens.css)


class AppearanceForm(HosterForm):
    """Colours and a word at the foot of the pages (002-175). Contrasts are corrected by `hosters.brand`."""

    accent_color = forms.CharField(
        label=_("Seconde couleur"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Elle montre où regarder : l’étape en cours, la lampe du dessin."),
    )
    own_accent = forms.BooleanField(label=_("Se servir de cette seconde couleur"), required=False)
    footer_text = ParagraphField(
        label=_("Mot du pied de page"),
        required=False,
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("En bas du site et des courriels."),
    )

    class Meta:
        model = Hoster
        fields = ("brand_color", "accent_color", "footer_text")
        widgets = {"brand_color": forms.TextInput(attrs={"type": "color"})}
        help_texts = {
            "brand_color": _("Titres, boutons, liens. Trop claire ou trop sombre, elle est corrigée.")
        }

    field_order = ("brand_color", "accent_color", "own_accent", "footer_text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["own_accent"].initial = bool(self.instance.accent_color)
        if not self.instance.accent_color:
            self.initial["accent_color"] = LAMP

    def clean(self) -> dict[str, Any]:
        """An unticked box puts the lamp of Chatière back."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("own_accent"):
            cleaned["accent_color"] = ""
        return cleaned


class LogoForm(forms.Form):
    """A picture to send; `hosters.logos` decides whether it is one."""

    logo = forms.FileField(
        label=_("Image du logo"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG ou WebP, 2 Mo au plus, 4 millions de pixels au plus. Pas de SVG."),
        allow_empty_file=True,
        max_length=255,
    )
