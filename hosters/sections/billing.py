from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from hosters.identifiers import validate_vat_number
from hosters.issued import has_issued
from hosters.models import Hoster
from hosters.sections.fields import (
    HosterForm,
    IdentifierField,
    validate_creditor_identifier,
    validate_iban,
    validate_prefix,
)

REGIMES = {
    Hoster.VatRegimes.LIABLE.value: _("redevable : vous ajoutez la TVA et la reversez à l’État"),
    Hoster.VatRegimes.FRANCHISE.value: _(
        "franchise en base : vos recettes restent sous le seuil, vous n’ajoutez pas de TVA (article 293 B)"
    ),
    Hoster.VatRegimes.EXEMPT.value: _(
        "exonéré : association à gestion désintéressée, pour ses membres ou de petites recettes (article 261, 7)"
    ),
    Hoster.VatRegimes.NOT_TAXABLE.value: _(
        "non assujetti : ce que vous faites n’est pas une activité économique"
    ),
}
FROZEN = _("Des documents portent déjà ce préfixe : il ne change plus, pour que la suite des numéros tienne.")


class BillingForm(HosterForm):
    """How this hoster invoices. What was issued keeps what it says: a change is for the documents to come."""

    vat_number = IdentifierField(
        label=_("Numéro de TVA"),
        required=False,
        max_length=16,
        validators=[validate_vat_number],
        help_text=_("Seulement si vous êtes redevable."),
    )
    iban = IdentifierField(
        label=_("IBAN"),
        required=False,
        max_length=34,
        validators=[validate_iban],
        help_text=_("Le compte sur lequel les associations paient. Il s’imprime sur les factures."),
    )
    sepa_ics = IdentifierField(
        label=_("Identifiant créancier SEPA (ICS)"),
        required=False,
        max_length=35,
        validators=[validate_creditor_identifier],
        help_text=_("Pour prélever : votre banque le demande pour vous à la Banque de France."),
    )
    quote_prefix = IdentifierField(
        label=_("Préfixe des devis"),
        max_length=8,
        validators=[validate_prefix],
        help_text=_("D donne D-2026-0001."),
    )
    invoice_prefix = IdentifierField(
        label=_("Préfixe des factures"),
        max_length=8,
        validators=[validate_prefix],
        help_text=_("F donne F-2026-0001."),
    )

    class Meta:
        model = Hoster
        fields = (
            "vat_regime",
            "vat_number",
            "iban",
            "account_holder",
            "sepa_ics",
            "debit_notice_days",
            "quote_prefix",
            "invoice_prefix",
            "quote_validity_days",
            "payment_days",
        )
        widgets = {"vat_regime": forms.RadioSelect}
        help_texts = {
            "account_holder": _("S’il n’est pas au nom des statuts."),
            "payment_days": _("Trente jours d’usage, soixante au plus (code de commerce, article L441-10)."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vat_regime"].choices = list(REGIMES.items())  # type: ignore[attr-defined]
        self.fields["vat_regime"].label = _("Votre régime de TVA")
        self.fields["quote_validity_days"].validators += [MinValueValidator(1), MaxValueValidator(365)]
        self.fields["debit_notice_days"].validators += [MinValueValidator(1), MaxValueValidator(60)]
        self.fields["payment_days"].validators += [MaxValueValidator(60)]
        if has_issued(self.instance):
            for name in ("quote_prefix", "invoice_prefix"):
                self.fields[name].disabled = True
                self.fields[name].help_text = FROZEN

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("quote_prefix") and cleaned.get("quote_prefix") == cleaned.get("invoice_prefix"):
            self.add_error("invoice_prefix", _("Donnez aux factures un autre préfixe qu’aux devis."))
        number, siren = cleaned.get("vat_number") or "", self.instance.siren
        if number.startswith("FR") and siren and not number.endswith(siren):
            told = _("Ce numéro de TVA ne finit pas par votre SIREN (%(siren)s).")
            self.add_error("vat_number", told % {"siren": siren})
        return cleaned
