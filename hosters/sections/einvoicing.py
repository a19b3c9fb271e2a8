from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from hosters.sections.fields import HosterForm


class EinvoicingForm(HosterForm):
    """What the reform of electronic invoicing must know of this hoster (EIN-01, EIN-02, EIN-07)."""

    class Meta:
        model = Hoster
        fields = ("platform_name", "platform_on", "company_size", "vat_filing")
        widgets = {
            "platform_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "company_size": forms.RadioSelect,
            "vat_filing": forms.RadioSelect,
        }
        help_texts = {
            "platform_name": _(
                "Celle qui reçoit les factures de vos fournisseurs, et où vous déposerez les vôtres. La liste des "
                "plateformes agréées est sur impots.gouv.fr ; vous pourrez en changer."
            ),
            "company_size": _("Elle décide du jour où vos factures doivent passer par la plateforme."),
            "vat_filing": _("Si vous êtes redevable : elle décide du rythme de l’e-reporting."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("platform_on") and not given.get("platform_name"):
            self.add_error("platform_name", _("Écrivez le nom de la plateforme choisie ce jour-là."))
        return given
