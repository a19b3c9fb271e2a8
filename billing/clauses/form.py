"""The settings of one clause, as a form made from its parameters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.clauses.choices import Chosen
from billing.clauses.clause import Parameter, Value
from billing.forms import LineField


class ClauseForm(forms.Form):
    """Whether the clause is in the contract, and its values within their bounds."""

    used = forms.BooleanField(label=gettext_lazy("Mettre cette clause dans le contrat"), required=False)

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        kwargs["initial"] = {"used": chosen.used} | chosen.values
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        if chosen.clause.always:
            del self.fields["used"]
        for parameter in chosen.clause.parameters:
            self.fields[parameter.code] = _field(parameter)

    def clean(self) -> dict[str, Any]:
        """A text left empty would make a sentence without an end.

        Raises:
            ValidationError: the clause is used and one of its texts is empty.
        """
        given = super().clean() or self.cleaned_data
        for parameter in self.chosen.clause.parameters:
            if parameter.length and self.is_used and not given.get(parameter.code):
                self.add_error(
                    parameter.code, ValidationError(_("Écrivez-le, ou retirez la clause du contrat."))
                )
        return given

    @property
    def is_used(self) -> bool:
        return self.chosen.clause.always or bool(self.cleaned_data.get("used"))

    def values(self) -> dict[str, Value]:
        """What was set, for `choices.choose_clause`."""
        return {each.code: self.cleaned_data[each.code] for each in self.chosen.clause.parameters}


def _field(parameter: Parameter) -> forms.Field:
    if parameter.choices:
        return forms.ChoiceField(label=parameter.label, choices=parameter.choices)
    if parameter.length:
        return LineField(
            label=parameter.label, max_length=parameter.length, required=False, help_text=parameter.help
        )
    label = f"{parameter.label} ({parameter.unit})"
    return forms.IntegerField(label=label, min_value=parameter.least, max_value=parameter.most)
