"""A configuration typed by a visitor, made from the tariff itself: one field for each thing that counts."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pricing.engine import Metric, Selection, Tariff
from pricing.typography import quantity

OPTION = "option_"
TERM = "engagement"
MEMBER = "adherent"
FREE_AMOUNT = "montant"
#: What people can picture, of the same size as the answers of the advice.
SPACE = gettext_lazy("1 Go : environ 200 photos, ou vingt minutes de vidéo.")

#: Plain digits with at most three decimals: no sign, exponent, underscore or foreign digit.
PLAIN_NUMBER = re.compile(r"\A[0-9]{1,9}(?:[.,][0-9]{1,3})?\Z")


class QuantityField(forms.Field):
    """A quantity as people type it, with a comma or a point.

    Raises:
        ValidationError: not a plain number, or outside what the metric accepts; the message says what to write.
    """

    default_error_messages = {
        "required": gettext_lazy("Écrivez une quantité, par exemple 12."),
        "number": gettext_lazy("Écrivez un nombre en chiffres, par exemple 12."),
    }

    def __init__(self, metric: Metric, **options: Any) -> None:
        self.metric = metric
        options.setdefault("help_text", SPACE if metric.unit == "Go" else "")
        super().__init__(label=metric.label, initial=metric.starting, **options)

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"[\s\u00a0\u202f]", "", str(value or ""))
        if not text:
            return None
        if not PLAIN_NUMBER.match(text):
            raise ValidationError(self.error_messages["number"], code="number")
        return Decimal(text.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """As a number field wants it: a point, no useless zero."""
        return format(value.normalize(), "f") if isinstance(value, Decimal) else value

    @property
    def slider_end(self) -> Decimal:
        """Where the slider stops; the number field goes further."""
        comfortable = max(self.metric.starting * 10, self.metric.minimum * 3, self.metric.step * 60)
        return comfortable if self.metric.maximum is None else min(comfortable, self.metric.maximum)

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is not None and value < self.metric.minimum:
            least = quantity(self.metric.minimum)
            raise ValidationError(_("Il en faut au moins %(least)s.") % {"least": least}, code="minimum")
        if value is not None and not self.metric.accepts(value):
            step = quantity(self.metric.step)
            raise ValidationError(_("Cette quantité va par pas de %(step)s.") % {"step": step}, code="step")


class SelectionForm(forms.Form):
    """The configurator of one tariff. What is missing takes the tariff's own default."""

    def __init__(self, tariff: Tariff, data: Mapping[str, Any] | None = None, *, segment: str = "") -> None:
        self.tariff = tariff
        self.segment = segment
        self.counted = {metric.code: metric for metric in tariff.priced_metrics()}
        self.extras = {OPTION + option.code: option for option in tariff.options}
        super().__init__(data=self._completed(data), auto_id="%s")
        for code, metric in self.counted.items():
            self.fields[code] = QuantityField(metric)
        for name, option in self.extras.items():
            self.fields[name] = QuantityField(option.metric, required=False)
        self._add_choices()

    def _add_choices(self) -> None:
        if len(self.tariff.terms) > 1:
            choices = [(str(term.months), term_label(term.months)) for term in self.tariff.terms]
            self.fields[TERM] = forms.ChoiceField(
                label=_("Payer"), choices=choices, initial=choices[0][0], widget=forms.RadioSelect
            )
        if self.tariff.membership is not None:
            self.fields[MEMBER] = forms.BooleanField(
                label=_("Nous avons déjà payé l’adhésion de l’année"), required=False
            )
        if self.tariff.has_free_price():
            self.fields[FREE_AMOUNT] = QuantityField(
                Metric("montant", _("Le prix que vous choisissez (€)"), "€", step=Decimal("0.01")),
                required=False,
            )

    def _completed(self, data: Mapping[str, Any] | None) -> dict[str, Any]:
        given = {name: data.get(name) for name in data} if data else {}
        defaults: dict[str, Any] = {code: metric.starting for code, metric in self.counted.items()}
        defaults[TERM] = str(self.tariff.terms[0].months)
        return defaults | given

    def quantity_fields(self) -> list[forms.BoundField]:
        """The fields drawn with a slider: what counts, then the options."""
        return [self[name] for name in (*self.counted, *self.extras)]

    def choice_fields(self) -> list[forms.BoundField]:
        """The other fields: rhythm of payment, membership, free price."""
        return [self[name] for name in (TERM, FREE_AMOUNT, MEMBER) if name in self.fields]

    def selection(self) -> Selection:
        """What was asked, for the engine. Only on a valid form."""
        given = self.cleaned_data
        options = {option.code: given[name] for name, option in self.extras.items() if given.get(name)}
        return Selection(
            quantities={code: given[code] for code in self.counted},
            options=options,
            term_months=int(given.get(TERM) or self.tariff.terms[0].months),
            segment=self.segment or Selection().segment,
            already_member=given.get(MEMBER, False),
            free_amount=given.get(FREE_AMOUNT),
        )

    def parameters(self) -> dict[str, str]:
        """The configuration as URL parameters, so that it can be shared and sent again."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: "on" if value is True else _plain(value) for name, value in given.items()}


def term_label(months: int) -> str:
    """`chaque mois`, `chaque année`, `tous les 24 mois`."""
    known = {1: _("chaque mois"), 3: _("chaque trimestre"), 12: _("chaque année"), 24: _("tous les deux ans")}
    return known.get(months) or ngettext("tous les %(n)s mois", "tous les %(n)s mois", months) % {"n": months}


def _plain(value: object) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
