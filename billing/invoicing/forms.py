"""What staff type to credit an invoice, to ask a deposit, or to write an invoice by hand."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.forms import LineField
from billing.invoicing.credit_notes import Credited
from billing.invoicing.drafts import EMPTY, GOODS
from billing.models import InvoiceDraft, InvoiceLine
from hosters.models import Hoster
from pricing.engine import VatCategory
from pricing.engine.money import Taxed
from pricing.engine.vat_rates import rates, territory_of

#: Lines of a hand-written invoice, and how many empty ones wait for more.
MOST_LINES, SPARE = 60, 3
#: What the law calls an operation (INV-15): an object is handed over, everything else is a service.
NATURES = [("", gettext_lazy("service")), (GOODS, gettext_lazy("bien remis"))]


class KeyedForm(forms.Form):
    """A form that is looked at, then confirmed; sent twice, it acts once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["key"].initial = uuid4()


class CreditForm(KeyedForm):
    """What to take back of each line that has something left; everything unless told otherwise."""

    reason = LineField(
        label=gettext_lazy("Motif"),
        max_length=400,
        help_text=gettext_lazy(
            "Imprimé sur l’avoir. Par exemple : résiliation au 15 mars, erreur de quantité."
        ),
        error_messages={"required": gettext_lazy("Écrivez le motif : il s’imprime sur l’avoir.")},
    )

    def __init__(self, data: Any = None, *, left: dict[InvoiceLine, Taxed]) -> None:
        super().__init__(data)
        self.left = {line: rest for line, rest in left.items() if rest.gross}
        for line, rest in self.left.items():
            low, high = sorted((Decimal(0), rest.gross))
            self.fields[self.name_of(line)] = forms.DecimalField(
                label=line.label,
                initial=rest.gross,
                required=False,
                min_value=low,
                max_value=high,
                max_digits=12,
                decimal_places=2,
                localize=True,
            )

    @staticmethod
    def name_of(line: InvoiceLine) -> str:
        return f"line-{line.pk}"

    def rows(self) -> Iterable[tuple[InvoiceLine, Taxed, Any]]:
        """Each line with what is left of it and its field."""
        return [(line, rest, self[self.name_of(line)]) for line, rest in self.left.items()]

    def credited(self) -> list[Credited]:
        asked = ((line, self.cleaned_data.get(self.name_of(line))) for line in self.left)
        return [Credited(line, gross) for line, gross in asked if gross]


class DepositForm(KeyedForm):
    """How much is asked before the work."""

    gross = forms.DecimalField(
        label=gettext_lazy("Montant de l’acompte (€, à payer)"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        localize=True,
    )

    def __init__(self, data: Any = None, *, most: Decimal) -> None:
        super().__init__(data)
        self.fields["gross"].max_value = most  # type: ignore[attr-defined]
        self.fields["gross"].initial = (most * 30 / 100).quantize(Decimal("0.01"))


class DraftForm(forms.ModelForm):
    """What a hand-written invoice says beside its lines."""

    subject = LineField(label=gettext_lazy("Objet"), max_length=200)
    order_number = LineField(
        label=gettext_lazy("Numéro de bon de commande"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("Si le client en a donné un ; pour Chorus Pro, le numéro d’engagement."),
    )
    reason = LineField(
        label=gettext_lazy("Motif de la rectification"),
        max_length=400,
        help_text=gettext_lazy("Imprimé sur la nouvelle facture et sur l’avoir qui annule l’ancienne."),
    )

    class Meta:
        model = InvoiceDraft
        fields = ("subject", "reason", "order_number", "period_start", "period_end", "tax_included")
        widgets = {
            "period_start": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "period_end": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.corrects is None:
            del self.fields["reason"]
        if not self.instance.hoster.charges_vat:
            del self.fields["tax_included"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("period_start"), given.get("period_end")
        if bool(start) != bool(end):
            self.add_error("period_end", _("Écrivez les deux dates de la période, ou aucune."))
        elif start and end and end < start:
            self.add_error("period_end", _("La période finit après son début."))
        return given


class DraftLineForm(forms.Form):
    """One line; without a label it is left out."""

    label = LineField(label=gettext_lazy("Désignation"), max_length=200, required=False)
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantité"),
        max_digits=9,
        decimal_places=2,
        min_value=Decimal("0.01"),
        initial=1,
        localize=True,
    )
    unit = LineField(label=gettext_lazy("Unité"), max_length=30, required=False)
    unit_price = forms.DecimalField(
        label=gettext_lazy("Prix unitaire (€)"), max_digits=9, decimal_places=2, required=False, localize=True
    )
    vat = forms.ChoiceField(label=gettext_lazy("TVA"), required=False)
    nature = forms.ChoiceField(label=gettext_lazy("Nature"), required=False, choices=NATURES)

    def __init__(self, *args: Any, hoster: Hoster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vat"].choices = vat_choices(hoster)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("label") and given.get("unit_price") is None and "unit_price" not in self.errors:
            self.add_error("unit_price", _("Écrivez le prix de cette ligne."))
        return given

    def line(self) -> dict[str, str] | None:
        """What the draft keeps of it; None without a label."""
        given = self.cleaned_data
        return {name: str(given[name]) for name in EMPTY} if given.get("label") else None


def vat_choices(hoster: Hoster) -> list[tuple[str, str]]:
    """The rates of the dated table where the hoster is (INV-20: never a typed one), and what is out of its scope."""
    outside = (VatCategory.OUT_OF_SCOPE.value, _("hors champ (adhésion)"))
    if not hoster.charges_vat:
        return [("", _("sans TVA")), outside]
    allowed = rates(territory_of(hoster.postcode), timezone.localdate()).allowed
    usual, *others = [f"{rate.normalize():f}" for rate in allowed]
    return [("", f"{usual} %"), *((rate, f"{rate.replace('.', ',')} %") for rate in others), outside]


DraftLines = forms.formset_factory(
    DraftLineForm, extra=SPARE, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)
