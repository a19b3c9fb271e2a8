from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.forms.fields import DayField
from crm.interactions import NextAction
from crm.models import Interaction, Objection, Stage

EARLIEST = 2000


class InteractionForm(forms.ModelForm):
    """What was said, what it brought, what comes next."""

    happened_at = forms.DateTimeField(
        label=_("Quand"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    next_what = forms.CharField(
        label=_("Que faire ensuite"), required=False, max_length=200, help_text=_("Vide : rien n’est prévu.")
    )
    next_on = DayField(label=_("Pour le"), required=False)

    class Meta:
        model = Interaction
        fields = ("channel", "direction", "happened_at", "summary", "brought", "key")
        widgets = {"summary": forms.Textarea({"rows": 4}), "key": forms.HiddenInput}
        help_texts = {"brought": _("Une réponse, un conseil, une date : ce qui lui a servi.")}

    def __init__(self, data: Any = None, *, instance: Interaction) -> None:
        initial = {"key": uuid4(), "happened_at": timezone.localtime().replace(second=0, microsecond=0)}
        super().__init__(data, instance=instance, initial=initial)
        people = instance.organization.contacts.order_by("name", "pk")
        self.fields["contact"] = forms.ModelChoiceField(
            people, label=_("Avec qui"), required=False, empty_label=_("personne en particulier")
        )
        self.fields["objection"] = forms.ModelChoiceField(
            Objection.objects.filter(hoster=instance.organization.hoster_id).order_by("title"),
            label=_("Ce qui l’a fait hésiter"),
            required=False,
            empty_label=_("rien de particulier"),
        )

    def validate_unique(self) -> None:
        """A form sent twice is recorded once by `record_interaction`, not refused here."""

    def clean_happened_at(self) -> Any:
        at = self.cleaned_data["happened_at"]
        if at > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(_("Ce jour n’est pas encore venu : prévoyez plutôt une relance."))
        if at.year < EARLIEST:
            raise forms.ValidationError(_("Vérifiez l’année."))
        return at

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.instance.contact, self.instance.objection = told.get("contact"), told.get("objection")
        if bool(told.get("next_what")) != bool(told.get("next_on")) and "next_on" not in self.errors:
            self.add_error("next_on", _("Dites quoi faire et pour quel jour, ou ni l’un ni l’autre."))
        elif told.get("next_on") and told["next_on"] < timezone.localdate():
            self.add_error("next_on", _("Ce jour est passé : choisissez aujourd’hui ou un jour à venir."))
        return told

    def next_action(self) -> NextAction:
        """What comes next, as typed."""
        return NextAction(self.cleaned_data["next_what"], self.cleaned_data["next_on"])


class PostponeForm(forms.Form):
    """Later, and why."""

    until = DayField(label=_("Reporter au"))
    reason = forms.CharField(label=_("Pourquoi"), max_length=200)


class StageForm(forms.Form):
    """Another stage by hand, with its proof. Client is not proposed: only facts make one (004-003)."""

    stage = forms.ChoiceField(label=_("Étape"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Ce qui le prouve"),
        max_length=200,
        help_text=_("Par exemple : a posé des questions sur les prix au salon du 12 novembre."),
    )

    def __init__(self, data: Any = None, *, stages: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [each for each in stages if each[0] != Stage.CLIENT]
