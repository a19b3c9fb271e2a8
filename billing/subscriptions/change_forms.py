"""What staff type to change the price or the terms of a running contract."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Subscription
from billing.subscriptions.contract_changes import FREE_EXIT
from billing.subscriptions.forms import day_field
from billing.subscriptions.new_prices import NewPrice, at_the_tariff, by_percent


class ContractChangeForm(forms.Form):
    """What changes, and the sentence that the association reads."""

    TARIFF, PERCENT, TERMS = "tariff", "percent", "terms"
    how = forms.ChoiceField(
        label=_("Ce qui change"),
        choices=[
            (TARIFF, _("le prix suit le tarif en vigueur")),
            (PERCENT, _("le prix change d’un pourcentage")),
            (TERMS, _("le service ou ses conditions, au même prix")),
        ],
        widget=forms.RadioSelect,
        initial=TARIFF,
    )
    percent = forms.DecimalField(
        label=_("Pourcentage"),
        max_digits=4,
        decimal_places=2,
        min_value=Decimal(-90),
        max_value=Decimal(90),
        required=False,
        localize=True,
        help_text=_("3 pour une hausse de 3 %, -5 pour une baisse. L’adhésion ne change pas."),
    )
    effective_on = day_field(
        _("À partir du"),
        required=False,
        help_text=_("Pour les conditions : dans trente jours au plus tôt. Un prix attend la reconduction."),
    )
    what = forms.CharField(
        label=_("Ce que l’association lira"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce qui change et pourquoi, en mots simples."),
    )

    def __init__(self, *args: Any, subscription: Subscription, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subscription = subscription

    def clean(self) -> dict[str, Any]:
        """Each kind of change needs its own answer."""
        given = super().clean() or {}
        how = given.get("how")
        if how == self.PERCENT and not given.get("percent") and "percent" not in self.errors:
            self.add_error("percent", _("Écrivez un pourcentage, qui n’est pas zéro."))
        if how == self.TERMS and "effective_on" not in self.errors:
            day = given.get("effective_on")
            if day is None or day < timezone.localdate() + FREE_EXIT:
                self.add_error("effective_on", _("Choisissez un jour, dans trente jours au plus tôt."))
        return given

    def price(self) -> NewPrice | None:
        """The new price of valid answers; None when the price stays.

        Raises:
            NoNewPrice: none can be worked out.
        """
        given = self.cleaned_data
        if given["how"] == self.TARIFF:
            return at_the_tariff(self.subscription)
        return by_percent(self.subscription, given["percent"]) if given["how"] == self.PERCENT else None
