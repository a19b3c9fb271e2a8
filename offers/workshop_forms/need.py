"""What a person types of a need."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offers.models import Need

#: Drawings for what associations do; any other that a catalogue file gave is kept.
ICONS = {
    "sparkles": _("étincelles"),
    "mail": _("enveloppe"),
    "send": _("envoi à un groupe"),
    "at-sign": _("arobase"),
    "globe": _("globe"),
    "folder-open": _("dossier"),
    "file-text": _("document"),
    "calendar-days": _("agenda"),
    "video": _("visio"),
    "vote": _("vote"),
    "clipboard-list": _("formulaire"),
    "users": _("adhérents"),
    "wallet": _("comptes"),
    "key-round": _("clé"),
    "archive": _("copies de secours"),
    "shield-check": _("protection"),
    "compass": _("boussole"),
    "handshake": _("accompagnement"),
    "graduation-cap": _("formation"),
    "life-buoy": _("aide"),
}


class NeedForm(forms.ModelForm):
    class Meta:
        model = Need
        fields = ("title", "explanation", "icon", "who", "what", "because")
        help_texts = {
            "title": _("Comme l’association le dirait : « Se réunir à distance », pas le nom d’un logiciel."),
            "explanation": _("Ce que ça change pour elle, en une phrase."),
            "who": _("Par exemple : une équipe éparpillée."),
            "what": _("Par exemple : une salle de réunion toujours ouverte."),
            "because": _("Par exemple : la distance entre ses membres."),
        }
        error_messages = {"title": {"required": _("Dites le besoin en quelques mots.")}}

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Need) -> None:
        super().__init__(data, instance=instance)
        choices = ICONS if instance.icon in ICONS else {instance.icon: instance.icon} | ICONS
        self.fields["icon"] = forms.ChoiceField(
            label=self.fields["icon"].label, choices=list(choices.items()), initial=instance.icon
        )

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        others = Need.objects.filter(hoster=self.instance.hoster).exclude(pk=self.instance.pk)
        if title.casefold() in map(str.casefold, others.values_list("title", flat=True)):
            raise ValidationError(_("Ce besoin est déjà dans votre liste."))
        return title
