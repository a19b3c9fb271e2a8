from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.letters.sending import Draft
from crm.models import CallScript, LetterModel
from crm.segments import SEGMENTS
from hosters.mail_texts import PLACEHOLDER


class LetterModelForm(forms.ModelForm):
    """A text to start from; the names it may hold are checked by whoever keeps it."""

    segment = forms.ChoiceField(
        label=_("Public"), choices=[("", _("tout le monde")), *SEGMENTS], required=False
    )

    class Meta:
        model = LetterModel
        fields = ("name", "situation", "purpose", "segment", "subject", "body")
        widgets = {"body": forms.Textarea({"rows": 14}), "purpose": forms.RadioSelect}
        help_texts = {
            "body": _("Une ligne vide sépare deux paragraphes. La signature de l’hébergeur s’ajoute seule."),
        }


class LetterForm(forms.Form):
    """A mail to one person, as it will leave."""

    purpose = forms.ChoiceField(
        label=_("Ce courriel sert à"), choices=LetterModel.Purpose.choices, widget=forms.RadioSelect
    )
    subject = forms.CharField(label=_("Objet"), max_length=150)
    body = forms.CharField(label=_("Texte"), max_length=6000, widget=forms.Textarea({"rows": 14}))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"key": uuid4()} | initial)

    def clean_body(self) -> str:
        """A name that was not replaced would leave as it is."""
        body: str = self.cleaned_data["body"]
        if left := PLACEHOLDER.search(body):
            raise forms.ValidationError(
                _("Il reste « %(name)s » : écrivez les mots à la place.") % {"name": left[0]}
            )
        return body

    def draft(self) -> Draft:
        """What was written."""
        return Draft(**self.cleaned_data)


class CallScriptForm(forms.ModelForm):
    """A guide for calls, in plain lines."""

    class Meta:
        model = CallScript
        fields = ("name", "situation", "text")
        widgets = {"text": forms.Textarea({"rows": 18})}
        help_texts = {
            "text": _(
                "« 1. Question ? », puis une ligne par réponse : « - ses mots -> 2 » mène à la question 2, « -> fin » "
                "termine. « Conseil : … » aide la personne qui appelle. « Critère : … » reprend mot pour mot une "
                "question de qualification : la réponse (oui, non ou un nombre) compte dans la note."
            )
        }
