"""What those who keep the accounts type about statements."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from billing.bank.csv_files import COLUMNS, read_bank_table
from billing.bank.lines import UnreadableStatement
from billing.models import Invoice
from pricing.typography import euros

LARGEST = 5 * 1024 * 1024  # bytes: years of a small account


class StatementForm(forms.Form):
    """A file of the bank."""

    file = forms.FileField(
        label=_("Relevé de votre banque"),
        help_text=_("CAMT.053 (XML) si votre banque le propose, sinon CSV."),
        widget=forms.FileInput(attrs={"accept": ".xml,.csv,.txt,text/csv,application/xml"}),
    )

    def clean_file(self) -> UploadedFile:
        """Not too large for a request."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Ce fichier dépasse 5 Mo : prenez une période plus courte."))
        return file


class ColumnsForm(StatementForm):
    """The same file again, with what each column is."""

    def __init__(self, *args: Any, header: list[str], guessed: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("aucune")), *((str(index), title) for index, title in enumerate(header))]
        for name, label in COLUMNS.items():
            self.fields[name] = forms.ChoiceField(
                label=capfirst(str(label)),
                choices=choices,
                required=name in {"date", "label"},
                initial=guessed.get(name, ""),
            )

    def clean(self) -> dict[str, Any]:
        """An amount is in one column, or in two."""
        given = super().clean() or {}
        if not (given.get("amount") or given.get("credit")):
            self.add_error(
                "amount", _("Dites où est le montant : une colonne avec son signe, ou débit et crédit.")
            )
        return given

    def columns(self) -> dict[str, int]:
        """Only on a valid form."""
        return {name: int(self.cleaned_data[name]) for name in COLUMNS if self.cleaned_data[name]}


def has_titles(file: UploadedFile, header: Sequence[str]) -> bool:
    """Whether a file is the table with these titles, as a browser sent them back."""
    if (file.size or 0) > LARGEST:
        return False
    try:
        table = read_bank_table(file.read())
    except UnreadableStatement:
        return False
    finally:
        file.seek(0)
    return [title.split() for title in table.header] == [title.split() for title in header]


class ChooseForm(forms.Form):
    """The invoices that a line pays, when no proposal is right."""

    invoices = forms.MultipleChoiceField(
        label=_("Factures payées par cette ligne"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, unpaid: list[Invoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unpaid = {str(each.pk): each for each in unpaid}
        self.fields["invoices"].choices = [  # type: ignore[attr-defined]  # a choice field
            (
                pk,
                _("%(number)s, %(name)s : reste %(due)s")
                % {"number": each.number, "name": each.organization.name, "due": euros(each.balance())},
            )
            for pk, each in self.unpaid.items()
        ]

    def chosen(self) -> list[Invoice]:
        """In the order of their due days. Only on a valid form."""
        return [self.unpaid[pk] for pk in self.unpaid if pk in self.cleaned_data["invoices"]]
