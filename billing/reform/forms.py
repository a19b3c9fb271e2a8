from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.forms import LineField
from billing.models import InvoiceStatus


class StatusForm(forms.Form):
    """What a platform said of an invoice."""

    code = forms.ChoiceField(label=_("Statut"), choices=InvoiceStatus.Code.choices)
    on = forms.DateField(label=_("Le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = LineField(
        label=_("Motif"),
        max_length=400,
        required=False,
        help_text=_("Celui que la plateforme donne, pour un refus ou un rejet."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="statut_%s")
        self.fields["on"].initial = timezone.localdate

    def status(self) -> dict[str, Any]:
        """What `record_status` takes."""
        given = self.cleaned_data
        on: date = given["on"]
        return {"code": InvoiceStatus.Code(given["code"]), "on": on, "reason": given["reason"]}
