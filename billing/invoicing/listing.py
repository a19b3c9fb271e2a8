"""The list of invoices with its filters: each value of the address is one that is offered, or is ignored."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice, InvoiceKind, Standing
from crm.models import Organization
from hosters.models import Hoster

#: Membership fees outside VAT are invoices that people call otherwise.
FEES = "cotisation"
STATES = {
    "a-payer": _("à payer"),
    "en-retard": _("en retard"),
    "soldees": _("payées ou annulées"),
}


class InvoiceFilters(forms.Form):
    """What is looked for. Every field may stay empty."""

    nature = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", _("toutes")), *InvoiceKind.choices, (FEES, _("cotisation"))],
    )
    etat = forms.ChoiceField(label=_("État"), required=False, choices=[("", _("tous")), *STATES.items()])
    annee = forms.TypedChoiceField(label=_("Année"), required=False, coerce=int, empty_value=None)
    structure = forms.CharField(label=_("Structure"), required=False, max_length=80)

    def __init__(self, data: Any, *, hoster: Hoster) -> None:
        super().__init__(data)
        self.hoster = hoster
        self.fields["annee"].choices = [("", _("toutes")), *_years(hoster)]  # type: ignore[attr-defined]

    def rows(self) -> "QuerySet[Invoice]":
        """The invoices that match, the latest first; a value that is not offered filters nothing."""
        self.is_valid()
        asked = self.cleaned_data
        rows = Invoice.objects.filter(hoster=self.hoster)
        if asked.get("nature") == FEES:
            rows = rows.filter(kind=InvoiceKind.INVOICE, fees=True)
        elif asked.get("nature"):
            rows = rows.filter(kind=asked["nature"])
        if year := asked.get("annee"):
            rows = rows.filter(issued_on__range=(date(year, 1, 1), date(year, 12, 31)))
        if words := asked.get("structure"):
            named = Organization.objects.filter(hoster=self.hoster).matching(words.replace("\x00", ""))
            rows = rows.filter(organization__in=named.order_by().values("pk"))
        return _in_state(rows, asked.get("etat", "")).for_rows()


def _in_state(rows: Any, state: str) -> Any:
    today = timezone.localdate()
    if state == "a-payer":
        return rows.unpaid().filter(due_on__gte=today)
    if state == "en-retard":
        return rows.filter(due_on__lt=today).unpaid()
    if state == "soldees":
        return rows.filter(standing__lte=Standing.SETTLED).with_paid().charging()
    return rows.with_paid()


def _years(hoster: Hoster) -> list[tuple[str, str]]:
    """From the first invoice to the last, the latest first: two looks at an index, however many invoices."""
    issued = Invoice.objects.filter(hoster=hoster).order_by("issued_on").values_list("issued_on", flat=True)
    first, last = issued.first(), issued.last()
    if first is None or last is None:
        return []
    return [(str(year), str(year)) for year in range(last.year, first.year - 1, -1)]
