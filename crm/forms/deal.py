from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.forms.fields import DayField, OwnerField
from crm.models import LossReason, Opportunity


class OpportunityForm(forms.ModelForm):
    """A deal: which offer, worth how much a year, voted on when."""

    meeting_on = DayField(
        label=_("Réunion du CA prévue le"),
        required=False,
        help_text=_("On en parle la veille dans la liste du jour."),
    )

    class Meta:
        model = Opportunity
        fields = ("offer", "yearly_value", "meeting_on")
        help_texts = {"offer": _("Le nom de l’offre, ou le besoin en quelques mots.")}

    def __init__(self, data: Any = None, *, instance: Opportunity) -> None:
        super().__init__(data, instance=instance)
        self.fields["yearly_value"].validators.append(_not_negative)
        self.fields["owner"] = OwnerField(instance.hoster, initial=instance.owner)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.instance.owner = told.get("owner")
        return told


def _not_negative(value: Any) -> None:
    if value < 0:
        raise forms.ValidationError(_("Un montant est positif."), code="negative")


class LossForm(forms.Form):
    """Why a deal is lost, and whether to leave them in peace (002-197)."""

    reason = forms.ChoiceField(label=_("Pourquoi"), choices=LossReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Avec leurs mots"), required=False, max_length=200)
    leave_alone = forms.BooleanField(label=_("Ne plus contacter cette organisation"), required=False)
