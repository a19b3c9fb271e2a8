"""The forms in which the team notes things. Each one fills and checks one record; it never writes."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes.forms import SafeModelChoiceField

from hosters.models import Hoster
from offers.models import (
    Competitor,
    CostLine,
    Evidence,
    GlossaryTerm,
    Observation,
    Offer,
    OfferStudy,
    RevenueKind,
    RevenueSource,
    Strategy,
)
from offers.models.record import Record


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AmountInput(forms.TextInput):
    """Typed with a comma, on a keyboard of figures."""

    def __init__(self) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """« 1 200,50 » is how people write thousands, whatever the space."""
        value = super().value_from_datadict(data, files, name)
        return "".join(value.split()) if isinstance(value, str) else value


class RecordForm(forms.ModelForm):
    """A new record of a hoster, or one that it has. Only the hoster's own offers and competitors can be chosen."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, hoster: Hoster, data: Any = None, *, instance: Record | None = None, initial: Any = None
    ) -> None:
        new = instance is None
        start = {**self.starting(), "key": uuid4()} if new else {}
        super().__init__(data, instance=instance, initial={**start, **(initial or {})})
        self.hoster = hoster
        if new and hasattr(self.instance, "hoster_id"):
            self.instance.hoster = hoster
        own = {"offer": Offer.objects.order_by("position", "pk"), "competitor": Competitor.objects.all()}
        for name in own.keys() & self.fields.keys():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = own[name]

    def starting(self) -> dict[str, Any]:
        """What is already written in the form of a new record."""
        return {}

    def _is_same(self, other: Record) -> bool:
        """Whether another record is this one, or came from this same form, sent twice."""
        return other.pk == self.instance.pk or str(other.key) == self.data.get("key")

    def record(self) -> Any:
        """The record, filled. Only on a valid form."""
        if self.instance.pk is None and self.cleaned_data.get("key"):
            self.instance.key = self.cleaned_data["key"]
        return self.instance


class TermForm(RecordForm):
    class Meta:
        model = GlossaryTerm
        fields = ("word", "explanation", "variants")
        widgets = {"explanation": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        """Each writing is a word, and is explained once."""
        given = super().clean() or {}
        told = GlossaryTerm(word=given.get("word", ""), variants=given.get("variants", "")).writings
        if any(len(writing) < 2 for writing in told if writing):
            self.add_error("word", _("Un mot a deux lettres au moins."))
        others = [each for each in GlossaryTerm.objects.all() if not self._is_same(each)]
        known = {writing.casefold(): term.word for term in others for writing in term.writings}
        for writing in told:
            if writing.casefold() in known:
                self.add_error(
                    "word" if writing == given.get("word") else "variants",
                    _("« %(word)s » est déjà expliqué au glossaire.") % {"word": known[writing.casefold()]},
                )
        return given


class CompetitorForm(RecordForm):
    class Meta:
        model = Competitor
        fields = ("name", "relation", "website", "founded", "employees", "clients", "turnover", "remark")
        localized_fields = ("turnover",)
        widgets = {"turnover": AmountInput}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = [each for each in Competitor.objects.all() if not self._is_same(each)]
        if any(each.name.casefold() == name.casefold() for each in others):
            raise ValidationError(_("« %(name)s » est déjà dans le tableau.") % {"name": name})
        return name


class ObservationForm(RecordForm):
    class Meta:
        model = Observation
        fields = ("competitor", "kind", "offer", "amount", "seen_on", "source_url", "note")
        field_classes = {"competitor": SafeModelChoiceField, "offer": SafeModelChoiceField}
        localized_fields = ("amount",)
        widgets = {"seen_on": DayInput, "amount": AmountInput}

    def starting(self) -> dict[str, Any]:
        return {"seen_on": timezone.localdate()}

    def clean(self) -> dict[str, Any]:
        """A price is somebody's, for one of our offers, and was seen already."""
        given = super().clean() or {}
        if given.get("kind") == Observation.Kind.PRICE:
            if given.get("offer") is None and "offer" not in self.errors:
                self.add_error("offer", _("Choisissez l’offre à laquelle ce prix se compare."))
            if given.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", _("Écrivez le prix par mois pour le même besoin, en euros TTC."))
        if given.get("seen_on") and given["seen_on"] > timezone.localdate():
            self.add_error("seen_on", _("Ce jour n’est pas encore venu."))
        return given


class CostForm(RecordForm):
    class Meta:
        model = CostLine
        fields = ("label", "family", "amount", "nature", "offer", "year")
        localized_fields = ("amount",)
        widgets = {"amount": AmountInput}
        field_classes = {"offer": SafeModelChoiceField}

    def starting(self) -> dict[str, Any]:
        return {"year": timezone.localdate().year}


class RevenueForm(RecordForm):
    class Meta:
        model = RevenueSource
        fields = ("kind", "label", "planned", "received", "year")
        localized_fields = ("planned", "received")
        widgets = {"planned": AmountInput, "received": AmountInput}

    def starting(self) -> dict[str, Any]:
        return {"year": timezone.localdate().year}


class EvidenceForm(RecordForm):
    class Meta:
        model = Evidence
        fields = ("kind", "title", "held_on", "people", "minutes", "offer", "finding")
        field_classes = {"offer": SafeModelChoiceField}
        widgets = {"held_on": DayInput, "finding": forms.Textarea(attrs={"rows": 4})}

    def starting(self) -> dict[str, Any]:
        return {"held_on": timezone.localdate()}


class StudyForm(forms.ModelForm):
    """How the price of one offer was thought."""

    class Meta:
        model = OfferStudy
        fields = (
            "strategy",
            "argument",
            "argument_words",
            "reference_people",
            "reference_gb",
            "planned_clients",
            "accepted_reason",
        )

    def clean(self) -> dict[str, Any]:
        """A higher price says why (002-031)."""
        given = super().clean() or {}
        if given.get("strategy") == Strategy.HIGHER and not given.get("argument"):
            self.add_error(
                "argument", _("Un prix plus haut se justifie : choisissez ce que l’offre a de plus.")
            )
        return given


class EconomicModelForm(forms.ModelForm):
    """What makes an offer live, told before its price (002-001)."""

    lives_on = forms.MultipleChoiceField(
        label=_("D’où viendra l’argent"),
        help_text=_("Plusieurs si vous voulez. Le tarif vient ensuite, et doit tenir parole."),
        choices=RevenueKind,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une source : sans recette, une offre ne dure pas.")},
    )

    class Meta:
        model = OfferStudy
        fields = ("lives_on", "planned_clients", "accepted_reason")


class PrestationForm(forms.Form):
    """Days of work, what a day costs, a margin: a price (002-016). Nothing is kept."""

    jours = forms.DecimalField(
        label=_("Jours de travail"),
        min_value=0,
        max_value=10_000,
        decimal_places=2,
        localize=True,
        widget=AmountInput,
    )
    cout = forms.DecimalField(
        label=_("Coût d’une journée (€)"),
        min_value=0,
        max_value=100_000,
        decimal_places=2,
        localize=True,
        widget=AmountInput,
        help_text=_("Salaire brut et cotisations patronales, divisés par les jours travaillés."),
    )
    marge = forms.DecimalField(
        label=_("Marge (%)"),
        min_value=0,
        max_value=1_000,
        decimal_places=2,
        initial=0,
        required=False,
        localize=True,
        widget=AmountInput,
        help_text=_("Zéro convient : c’est un prix coûtant."),
    )
