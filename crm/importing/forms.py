"""What a person tells of a file: which column is what, and where the addresses come from."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.importing.columns import COLUMNS
from crm.models import ContactImport

#: A choice like another, so that no column is said to be optional.
LEFT_ASIDE = "-"
CHOICES = [(kind or LEFT_ASIDE, label) for kind, label in COLUMNS.items()]
#: What nobody may bring in: the persons never knew us (002-182).
BOUGHT = re.compile(
    r"achet|acqui[st]|lou[eé]e?s?\b|location|base de donn|fichier de prospection", re.IGNORECASE
)


class FileForm(forms.Form):
    """A file to read."""

    file = forms.FileField(
        label=_("Fichier CSV ou vCard"),
        help_text=_("50 000 lignes au plus. Rien n’est écrit avant que vous l’ayez relu."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.vcf,text/csv,text/vcard"}),
    )


class ColumnsForm(forms.Form):
    """A choice for each column, then the origin, which is required."""

    origin = forms.CharField(
        label=_("D’où viennent ces adresses"),
        max_length=40,
        help_text=_("Par exemple : salon des associations 2026, anciens clients, annuaire de la mairie."),
    )
    carries_down = forms.BooleanField(
        label=_("Une structure vide est celle de la ligne du dessus (cases fusionnées)"), required=False
    )

    def __init__(self, *args: Any, file: ContactImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"origin": file.origin, "carries_down": file.carries_down}
        sample = list(file.lines.order_by("number").values_list("cells", flat=True)[:3])
        self.columns = [f"column_{index}" for index in range(len(file.header))]
        for index, (name, title) in enumerate(zip(self.columns, file.header, strict=True)):
            shown = " · ".join(cells[index] for cells in sample if cells[index])
            self.fields[name] = forms.ChoiceField(label=title, choices=CHOICES, help_text=shown[:120])
            guessed = file.mapping[index] if index < len(file.mapping) else ""
            self.fields[name].initial = guessed or LEFT_ASIDE
        self.order_fields([*self.columns, "origin", "carries_down"])

    def clean_origin(self) -> str:
        """A bought or rented list is refused (002-182)."""
        origin: str = self.cleaned_data["origin"]
        if BOUGHT.search(origin):
            raise ValidationError(
                _(
                    "Une liste achetée ou louée ne s’importe pas : ces personnes ne vous connaissent pas, et n’ont "
                    "pas dit oui."
                )
            )
        return origin

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told = [cleaned.get(name, LEFT_ASIDE) for name in self.columns]
        chosen = ["" if kind == LEFT_ASIDE else kind for kind in told]
        twice = {kind for kind in chosen if kind and chosen.count(kind) > 1}
        if twice:
            raise ValidationError(
                _("Deux colonnes sont dites « %(kind)s » : gardez-en une.") % {"kind": COLUMNS[min(twice)]}
            )
        if "organization" not in chosen:
            raise ValidationError(_("Dites quelle colonne est la structure : c’est la seule indispensable."))
        return {**cleaned, "mapping": chosen}
