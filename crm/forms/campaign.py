from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.campaigns.campaigns import CampaignRefused, check_target
from crm.forms.fields import DayField, OwnerField
from crm.models import Campaign, CampaignAction, CampaignGoal, CampaignReview, LetterModel, Tag
from crm.segments import SEGMENTS
from hosters.models import Hoster

#: What a target is made of, and what nothing is where it is no text.
TARGET = ("target", "segment", "territory", "need", "least_accounts", "most_accounts")
EMPTY = dict.fromkeys(("need", "least_accounts", "most_accounts"))


class CampaignForm(forms.ModelForm):
    """Whom, how, when, for how much."""

    segment = forms.ChoiceField(label=_("Public"), choices=[("", _("tous")), *SEGMENTS], required=False)
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))

    class Meta:
        model = Campaign
        fields = (
            "name",
            "lever",
            "target",
            "segment",
            "territory",
            "least_accounts",
            "most_accounts",
            "code",
            "starts_on",
            "ends_on",
            "planned_hours",
            "planned_euros",
            "spent_hours",
            "spent_euros",
        )

    def __init__(self, data: Any = None, *, instance: Campaign) -> None:
        super().__init__(data, instance=instance)
        self.fields["need"] = forms.ModelChoiceField(
            Tag.objects.filter(hoster=instance.hoster).order_by("name"),
            label=_("Besoin"),
            required=False,
            empty_label=_("tous"),
            initial=instance.need_id,
        )
        self.order_fields(["name", "lever", "target", "segment", "territory", "need"])

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        same = Campaign.objects.filter(hoster=self.instance.hoster, code=code).exclude(pk=self.instance.pk)
        if code and same.exists():
            raise forms.ValidationError(_("Une autre campagne a déjà ce code."))
        return code

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.instance.need = told.get("need")
        begins, ends = told.get("starts_on"), told.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("La fin vient après le début."))
        for name in ("planned_hours", "planned_euros", "spent_hours", "spent_euros"):
            if (told.get(name) or 0) < 0:
                self.add_error(name, _("Un nombre positif, ou zéro."))
        try:
            check_target(Campaign(**{name: told.get(name) or EMPTY.get(name, "") for name in TARGET}))
        except CampaignRefused as refused:
            self.add_error("target", str(refused))
        return told


class _PartForm(forms.ModelForm):
    """A part of a campaign with somebody of the team who answers for it."""

    def __init__(self, data: Any = None, *, hoster: Hoster, instance: Any) -> None:
        super().__init__(data, instance=instance, prefix=self.prefix)
        if "owner" in self.fields:
            self.fields["owner"] = OwnerField(hoster)
            self.fields["owner"].label = _("Par")


class GoalForm(_PartForm):
    """A measure, a number, a day, somebody (002-189)."""

    prefix = "objectif"
    deadline = DayField(label=_("Pour le"))

    class Meta:
        model = CampaignGoal
        fields = ("measure", "words", "value", "by_hand", "deadline", "owner")
        help_texts = {
            "words": _("Par exemple : dix associations sportives de Lyon essaient l’agenda."),
            "by_hand": _("Seulement pour ce que l’application ne compte pas."),
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("measure") == CampaignGoal.Measure.OTHER and not told.get("words"):
            self.add_error("words", _("Dites ce que vous comptez."))
        return told


class ActionForm(_PartForm):
    """What, when, who (002-190)."""

    prefix = "action"
    due_on = DayField(label=_("Pour le"))

    class Meta:
        model = CampaignAction
        fields = ("what", "lever", "due_on", "owner")


class ReviewForm(_PartForm):
    """What was learnt (002-193)."""

    prefix = "bilan"
    on = DayField(label=_("Le"))
    next_on = DayField(label=_("Prochain bilan le"), required=False)

    class Meta:
        model = CampaignReview
        fields = ("on", "text", "next_on")
        widgets = {"text": forms.Textarea({"rows": 4})}


class MailingForm(forms.Form):
    """A model and the people ticked, one by one: nobody is ticked beforehand."""

    model = forms.ModelChoiceField(LetterModel.objects.none(), label=_("Modèle"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, hoster: Hoster, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        prospecting = LetterModel.Purpose.PROSPECTING
        rows = LetterModel.objects.filter(hoster=hoster, purpose=prospecting).order_by("name")
        model = self.fields["model"]
        assert isinstance(model, forms.ModelChoiceField)
        model.queryset = rows
