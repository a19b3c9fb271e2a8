"""The forms of the funnel: what to look at, which steps, what was counted elsewhere."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funnel.choices import OFFER, SEGMENT, names_of, sources_of
from funnel.counting import SOURCE
from funnel.look import Look
from funnel.models import FunnelDefinition, HandCount
from funnel.steps import all_steps
from hosters.models import Hoster

PERIODS = [("30", _("30 derniers jours")), ("90", _("90 derniers jours")), ("365", _("12 derniers mois"))]
USUAL = PERIODS[0][0]
LONGEST = 800  # days: no counter is older


class LookForm(forms.Form):
    """Everything is optional and nothing fails: what is not understood is left out."""

    days = forms.ChoiceField(label=_("Période"), choices=PERIODS, required=False)
    since = forms.DateField(label=_("ou du"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("au"), required=False, widget=forms.DateInput({"type": "date"}))
    funnel = forms.ChoiceField(label=_("Entonnoir"), required=False)
    offer = forms.ChoiceField(label=_("Offre"), required=False)
    source = forms.ChoiceField(label=_("Origine"), required=False)
    segment = forms.ChoiceField(label=_("Public"), required=False)
    compare = forms.BooleanField(label=_("Comparer à la période d’avant"), required=False)

    def __init__(self, hoster: Hoster, funnels: list[FunnelDefinition], data: Any) -> None:
        super().__init__({"days": USUAL} | {name: data[name] for name in data})
        self.hoster = hoster
        #: The words of each choice, by field and code.
        self.words: dict[str, dict[str, Any]] = {}
        #: A funnel of the hoster comes first: it was made to be looked at.
        self.funnels = funnels
        everything = [("", _("Toutes"))]
        self._choose("funnel", [*((str(each.pk), each.name) for each in funnels), ("usuel", _("Usuel"))])
        self._choose("offer", everything + names_of(OFFER, hoster))
        self._choose("segment", [("", _("Tous")), *names_of(SEGMENT, hoster)])
        self._choose("source", everything + sources_of(self._asked(source=str(data.get("source", ""))[:40])))
        self.full_clean()

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        self.words[name] = dict(choices)

    def _asked(self, **filters: str) -> Look:
        since, until = self.period()
        return Look(self.hoster, since, until, **filters)

    def period(self) -> tuple[date, date]:
        """Two typed days if both are, in order and not too far apart; else the chosen number of days."""
        since, until = (self._day(name) for name in ("since", "until"))
        if since and until and 0 <= (until - since).days <= LONGEST:
            return since, until
        asked = self.data.get("days")
        days = int(asked) if asked in dict(PERIODS) else int(USUAL)
        today = timezone.localdate()
        return today - timedelta(days=days - 1), today

    def _day(self, name: str) -> date | None:
        try:
            return self.fields[name].clean(self.data.get(name))
        except forms.ValidationError:
            return None

    def look(self) -> Look:
        """What is asked, as far as it is understood."""
        return self._asked(
            **{name: self.cleaned_data.get(name, "") for name in ("offer", "source", "segment")}
        )

    def told(self) -> list[str]:
        """What the figures are limited to, in words: paper has no form."""
        asked = {name: self.cleaned_data.get(name) for name in ("offer", "source", "segment")}
        return [
            f"{str(self.fields[name].label).lower()} « {self.words[name][code]} »"
            for name, code in asked.items()
            if code
        ]

    def chosen_funnel(self) -> FunnelDefinition | None:
        """The funnel asked for; the first of the hoster when none is; None for the usual steps."""
        asked = self.cleaned_data.get("funnel")
        if asked == "usuel":
            return None
        return next((each for each in self.funnels if str(each.pk) == asked), next(iter(self.funnels), None))


class FunnelForm(forms.ModelForm):
    """A funnel: its name and its steps, which follow the order of the journey."""

    codes = forms.MultipleChoiceField(
        label=_("Étapes"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De deux à huit, dans l’ordre du parcours. La première sert de base aux taux."),
    )

    class Meta:
        model = FunnelDefinition
        fields = ("name", "benchmark")
        help_texts = {"benchmark": _("Un taux auquel vous comparer, par exemple 8. Vide : aucun repère.")}

    field_order = ("name", "codes", "benchmark")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = self.fields["codes"]
        assert isinstance(codes, forms.MultipleChoiceField)
        codes.choices = [(step.code, step.label.capitalize()) for step in all_steps()]
        codes.initial = self.instance.steps or []
        self.fields["benchmark"].required = False


class HandCountForm(forms.Form):
    """People counted elsewhere."""

    step = forms.ChoiceField(label=_("Ce qui a été compté"), choices=HandCount.Step.choices)
    count = forms.IntegerField(label=_("Nombre"), min_value=1, max_value=1_000_000)
    day = forms.DateField(
        label=_("Dernier jour compté"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Pour un mois entier, son dernier jour."),
    )
    source = forms.RegexField(
        label=_("Origine"),
        regex=rf"^{SOURCE.pattern}$",
        required=False,
        help_text=_("Le mot du lien, en minuscules et sans accent : flyer-salon."),
        error_messages={"invalid": _("Écrivez en minuscules, sans accent ni espace : flyer-salon.")},
    )
    note = forms.CharField(label=_("D’où vient ce nombre"), max_length=120, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ce jour n’est pas encore passé."))
        return day
