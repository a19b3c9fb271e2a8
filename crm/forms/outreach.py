from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.action_plans import BadPlan, read_steps
from crm.forms.fields import DayField, OwnerField
from crm.models import (
    ActionPlan,
    CallForProjects,
    Encounter,
    Objection,
    Organization,
    Partner,
    PartnerAction,
    Wish,
)
from crm.outreach.encounters import Met
from crm.segments import SEGMENTS
from hosters.models import Hoster


class EncounterForm(forms.ModelForm):
    on = DayField(label=_("Le"))

    class Meta:
        model = Encounter
        fields = ("name", "on", "place", "code", "text")
        widgets = {"text": forms.Textarea({"rows": 4})}


class CallForProjectsForm(forms.ModelForm):
    deadline = DayField(label=_("À rendre le"))
    url = forms.URLField(label=_("Adresse"), required=False, assume_scheme="https")

    class Meta:
        model = CallForProjects
        fields = ("title", "issuer", "url", "deadline", "status", "owner", "partners", "answer", "result")
        widgets = {"answer": forms.Textarea({"rows": 6})}

    def __init__(self, data: Any = None, *, instance: CallForProjects) -> None:
        super().__init__(data, instance=instance)
        self.fields["owner"] = OwnerField(instance.hoster)


class PartnerForm(forms.ModelForm):
    url = forms.URLField(label=_("Adresse"), required=False, assume_scheme="https")

    class Meta:
        model = Partner
        fields = ("name", "kind", "url", "note")
        widgets = {"note": forms.Textarea({"rows": 4})}


class PartnerActionForm(forms.ModelForm):
    on = DayField(label=_("Le"))

    class Meta:
        model = PartnerAction
        fields = ("what", "on")


class WishForm(forms.ModelForm):
    class Meta:
        model = Wish
        fields = ("title", "note")
        widgets = {"note": forms.Textarea({"rows": 4})}


class ObjectionForm(forms.ModelForm):
    class Meta:
        model = Objection
        fields = ("title", "answer")
        widgets = {"answer": forms.Textarea({"rows": 5})}


class ActionPlanForm(forms.ModelForm):
    segment = forms.ChoiceField(
        label=_("Public"), choices=[("", _("tout le monde")), *SEGMENTS], required=False
    )

    class Meta:
        model = ActionPlan
        fields = ("name", "segment", "steps")
        widgets = {"steps": forms.Textarea({"rows": 6})}
        help_texts = {"steps": _("Une ligne par étape : « 14 : demander la date de la réunion ».")}

    def clean_steps(self) -> str:
        steps: str = self.cleaned_data["steps"]
        try:
            read_steps(steps)
        except BadPlan as wrong:
            raise forms.ValidationError(str(wrong)) from None
        return steps


class VoiceForm(forms.Form):
    """Which organisation asks for it too: its exact name, among ours."""

    name = forms.CharField(label=_("Quelle structure"), max_length=120)
    words = forms.CharField(label=_("Avec ses mots"), max_length=240, required=False)

    def __init__(self, data: Any = None, *, hoster: Hoster) -> None:
        super().__init__(data)
        self.hoster = hoster

    def clean_name(self) -> Organization:
        """The one organisation that these words name."""
        rows = Organization.objects.filter(hoster=self.hoster).living().matching(self.cleaned_data["name"])
        found = list(rows.order_by("pk")[:2])
        if not found:
            raise forms.ValidationError(_("Aucune structure ne porte ce nom : enregistrez-la d’abord."))
        exact = [each for each in found if each.name.casefold() == self.cleaned_data["name"].casefold()]
        if len(found) > 1 and len(exact) != 1:
            raise forms.ValidationError(
                _("Plusieurs structures répondent à ces mots : écrivez le nom entier.")
            )
        return exact[0] if exact else found[0]


class MetForm(forms.Form):
    """A person met at an event. No box is ticked beforehand."""

    organization = forms.CharField(label=_("Structure"), max_length=120)
    town = forms.CharField(label=_("Commune"), max_length=80, required=False)
    name = forms.CharField(label=_("Nom de la personne"), max_length=80)
    email = forms.EmailField(label=_("Adresse e-mail"))
    role = forms.CharField(label=_("Fonction"), max_length=80, required=False)
    offers = forms.BooleanField(label=_("D’accord pour recevoir nos propositions"), required=False)
    newsletter = forms.BooleanField(label=_("D’accord pour recevoir la lettre d’information"), required=False)
    paper = forms.BooleanField(
        label=_("Recopiée d’une feuille papier"),
        required=False,
        help_text=_("Gardez la feuille : c’est la preuve."),
    )

    def met(self) -> Met:
        """What was said, cleaned."""
        return Met(**self.cleaned_data)
