"""What staff type in a draft, and what an association answers to a quote."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from billing.delivery.sessions import SessionsUnreadable, read_sessions
from billing.forms import OVERRIDES, AskForm, LineField
from billing.models import Quote, QuoteEvent, QuoteItem
from billing.quoting.drafts import DraftSettings
from billing.quoting.frankness import SAID
from crm.organizations import PersonDetails
from hosters.models import Hoster
from pricing.engine import VatCategory
from pricing.engine.vat_rates import rates, territory_of
from pricing.presentation import period_words

TERMS = (1, 3, 6, 12, 24)


class RecipientForm(AskForm):
    """A new organisation and its person, met elsewhere than on the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("message", "known_by", "key", "seen"):
            del self.fields[name]
        self.fields["name"].label = _("Nom de la personne")
        self.fields["role"].label = _("Sa fonction")
        self.fields["email"].label = _("Son adresse e-mail")

    def person_details(self) -> PersonDetails:
        given = self.cleaned_data
        return PersonDetails(given["name"], given["email"], given["phone"], given["role"], notice="")


def frank_field(name: str) -> LineField:
    """What the quote says of the way there, our words shown below (003-004)."""
    title, ours = next((title, ours) for known, title, ours in SAID if known == name)
    return LineField(
        label=title,
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=format_lazy(_("Sur mesure ou hybride, un devis laissé vide dit : « {ours} »"), ours=ours),
    )


class SettingsForm(forms.ModelForm):
    """What a draft says beside its items."""

    title = LineField(
        label=_("Objet"),
        max_length=120,
        required=False,
        help_text=_("Laissez vide pour le nom des offres."),
    )
    discount_reason = LineField(
        label=_("Motif de la remise"),
        max_length=160,
        required=False,
        help_text=_("Imprimé sur le devis. Par exemple : association de moins d’un an."),
    )

    success = frank_field("success")
    risks = frank_field("risks")
    client_part = frank_field("client_part")

    class Meta:
        model = Quote
        fields = [
            "title",
            "message",
            "success",
            "risks",
            "client_part",
            "valid_until",
            "renewal",
            "discount_percent",
            "discount_amount",
            "discount_reason",
        ]
        widgets = {
            "message": forms.Textarea(attrs={"rows": 4}),
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        localized_fields = ("discount_percent", "discount_amount")
        labels = {"renewal": _("Au terme de l’engagement")}
        help_texts = {
            "message": _("Quelques mots pour l’association, en tête du devis."),
            "renewal": _("Imprimé sur le devis. Sans reconduction, le contrat finit seul, après un rappel."),
        }

    def clean_valid_until(self) -> Any:
        until = self.cleaned_data["valid_until"]
        if until < timezone.localdate():
            raise ValidationError(_("Choisissez une date à venir : la réunion doit pouvoir se tenir."))
        return until

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        percent, amount = given.get("discount_percent"), given.get("discount_amount")
        if percent is not None and not 0 <= percent <= 100:
            self.add_error("discount_percent", _("Écrivez un pourcentage entre 0 et 100."))
        if amount is not None and amount < 0:
            self.add_error("discount_amount", _("Écrivez un montant positif."))
        if percent and amount:
            self.add_error("discount_amount", _("Choisissez un pourcentage ou un montant, pas les deux."))
        if (percent or amount) and not given.get("discount_reason"):
            self.add_error("discount_reason", _("Dites pourquoi : le motif est imprimé sur le devis."))
        return given

    def settings(self) -> DraftSettings:
        return DraftSettings(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class NeedForm(forms.Form):
    """Which of the needs that were told an item answers (002-211)."""

    def __init__(self, data: Any, *, item: QuoteItem, known: Sequence[str]) -> None:
        super().__init__(data, initial={"need": item.need})
        self.fields["need"] = need_field(item, known)


def need_field(item: QuoteItem, known: Sequence[str]) -> forms.ChoiceField:
    """The needs that were told, and the one that the item has already, even if nobody tells it any more."""
    needs = dict.fromkeys([*known, *filter(None, [item.need])])
    return forms.ChoiceField(
        label=_("Répond à"),
        required=False,
        choices=[("", _("aucun besoin noté")), *((need, need) for need in needs)],
        help_text=_(
            "Les besoins que la structure a dits : dans ses demandes, son cahier des charges, sa fiche."
        ),
    )


class MadeToMeasureForm(forms.ModelForm):
    """What an association gets of its own: a description, and a plan of sessions (000-008)."""

    explanation = LineField(
        label=_("Explication"),
        max_length=300,
        required=False,
        help_text=_("Ce qui est fait pour cette association, en une phrase qu’elle lira sur le devis."),
    )

    class Meta:
        model = QuoteItem
        fields = ["explanation", "sessions"]
        widgets = {"sessions": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "sessions": _(
                "Une par ligne, avec son jour s’il est connu : « 12/01/2027 : les dossiers partagés ». "
                "L’association les lit sur le devis ; elles s’ajoutent à vos livraisons quand il est accepté."
            )
        }

    def clean_sessions(self) -> str:
        text = OVERRIDES.sub("", self.cleaned_data["sessions"])
        try:
            read_sessions(text)
        except SessionsUnreadable as problem:
            raise ValidationError(str(problem)) from None
        return text


class LineForm(MadeToMeasureForm):
    """A line by hand, for work made to measure."""

    label = LineField(label=_("Désignation"), max_length=120)
    explanation = LineField(
        label=_("Explication"),
        max_length=300,
        required=False,
        help_text=_("Ce que cette ligne comprend, en une phrase."),
    )
    unit = LineField(
        label=_("Unité"),
        max_length=30,
        required=False,
        help_text=_("Telle qu’elle se lira après la quantité : jours, heures."),
    )
    quantity = forms.DecimalField(
        label=_("Quantité"), max_digits=9, decimal_places=2, min_value=Decimal("0.01"), localize=True
    )
    unit_price = forms.DecimalField(
        label=_("Prix unitaire (€)"), max_digits=9, decimal_places=2, min_value=Decimal(0), localize=True
    )
    term_months = forms.TypedChoiceField(
        label=_("Période"),
        coerce=int,
        choices=[(months, period_words(months)) for months in TERMS],
        help_text=_("Pour une ligne qui revient à chaque période."),
    )

    class Meta(MadeToMeasureForm.Meta):
        fields = [
            "label",
            "explanation",
            "need",
            "sessions",
            "quantity",
            "unit",
            "unit_price",
            "tax_included",
            "vat",
            "cadence",
            "term_months",
            "goods",
            "optional",
        ]
        help_texts = MadeToMeasureForm.Meta.help_texts | {
            "goods": _(
                "Un ordinateur, un livre : la facture dira « livraison de biens ». Prêter ou louer reste un service."
            )
        }

    def __init__(self, *args: Any, hoster: Hoster, known: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"] = need_field(self.instance, known)
        self.fields["vat"] = forms.ChoiceField(label=_("TVA"), required=False, choices=vat_choices(hoster))
        if not hoster.charges_vat:
            del self.fields["vat"], self.fields["tax_included"]


def vat_choices(hoster: Hoster) -> list[tuple[str, str]]:
    """The rates in force at the hoster's, from the dated table (INV-19), and what VAT does not touch (INV-21)."""
    found = [("", str(_("taux habituel")))]
    if hoster.charges_vat:
        allowed = rates(territory_of(hoster.postcode), timezone.localdate()).allowed
        found += [(f"{rate:f}", f"{rate:f} %".replace(".", ",").replace(" ", "\u00a0")) for rate in allowed]
    return [*found, (VatCategory.OUT_OF_SCOPE.value, str(_("hors TVA (adhésion)")))]


class KeyForm(forms.Form):
    """A button that acts once, however often it is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class ChangeForm(KeyForm):
    """What the association would like otherwise."""

    message = forms.CharField(
        label=_("Que faudrait-il changer ?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Par exemple : dix comptes de plus, ou une formation en moins."),
    )


class RefusalForm(forms.Form):
    """Saying no, with the reason that helps us."""

    reason = forms.ChoiceField(
        label=_("Pour quelle raison ?"), choices=QuoteEvent.Reason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Voulez-vous préciser ?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawalForm(forms.Form):
    """Why a quote is taken back; the association reads it."""

    note = forms.CharField(
        label=_("Motif, tel que l’association le lira"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
