"""The forms of the components of an offer: which ones, and how much this offer gives of each."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offers.models import Component, Offer, OfferComponent
from offers.offer_forms import OneLine
from offers.tariff_drafts import TariffWords

MOST_RIGHTS, LONGEST_RIGHT = 12, 120


class AddPartsForm(forms.Form):
    """Components of the catalogue that this offer does not have yet, by need."""

    components = forms.MultipleChoiceField(
        label=gettext_lazy("Composants à ajouter"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, offer: Offer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        rows = Component.objects.exclude(pk__in=offer.parts.values("component")).select_related("need")
        self.known = {
            str(row.pk): row for row in rows.order_by("need__position", "need__pk", "position", "pk")
        }
        field = self.fields["components"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(_by_need(self.known.values()))

    def chosen(self) -> list[Component]:
        """In the order of the catalogue. Only on a valid form."""
        return [row for pk, row in self.known.items() if pk in self.cleaned_data["components"]]


def _by_need(rows: Iterable[Component]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    for need, group in groupby(rows, key=lambda row: row.need):
        yield need.title, [(str(row.pk), _words(row)) for row in group]


def _words(row: Component) -> str:
    known = f" ({row.software})" if row.software else ""
    return f"{row.function}{known}, {row.get_kind_display()}"


class PartForm(forms.Form):
    """How much of a component this offer gives."""

    detail = OneLine(
        label=gettext_lazy("Précision"),
        help_text=gettext_lazy("Montrée entre parenthèses. Par exemple : deux heures par mois."),
        max_length=160,
        required=False,
    )
    metrics = forms.MultipleChoiceField(
        label=gettext_lazy("Ce que le tarif compte"),
        help_text=gettext_lazy("La quantité comprise est celle du tarif : elle n’est écrite qu’une fois."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    charges = forms.MultipleChoiceField(
        label=gettext_lazy("Les lignes du tarif qui le paient"),
        help_text=gettext_lazy(
            "La page dit alors ce qui revient à chaque structure, et la part de chaque nature. "
            "Une ligne déjà prise par un autre composant n’est plus proposée."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Droits en toutes lettres"),
        help_text=gettext_lazy("Un par ligne. Par exemple : votre logo sur la page d’accueil."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(
        self,
        part: OfferComponent,
        words: TariffWords,
        beside: Iterable[OfferComponent],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """`beside`: the components of the offer, whose lines of the tariff are not proposed again."""
        rights = list(part.entitlements.all())
        given = [right.metric for right in rights if right.metric]
        lines = "\n".join(right.label for right in rights if right.label)
        initial = {"detail": part.detail, "metrics": given, "words": lines, "charges": part.charges}
        super().__init__(data, initial=initial, prefix=f"p{part.pk}")
        labels = dict(words.metrics)
        said = [right.label or labels.get(right.metric, right.metric) for right in rights]
        #: What is given, in words, while the form is folded.
        self.summary = ", ".join(filter(None, [part.detail, *said]))
        taken = {code for other in beside if other != part for code in other.charges}
        self._offer_choices("metrics", words.metrics, given)
        self._offer_choices("charges", [each for each in words.charges if each[0] not in taken], part.charges)

    def _offer_choices(self, name: str, known: list[tuple[str, str]], given: list[str]) -> None:
        """What the tariff knows, then what was chosen and is no longer in it; no field for nothing."""
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        gone = [(code, code) for code in given if code not in dict(known)]
        field.choices = [*known, *gone]
        if not field.choices:
            del self.fields[name]

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split("\t")).strip() for line in self.cleaned_data["words"].splitlines()]
        lines = list(filter(None, lines))
        if len(lines) > MOST_RIGHTS or any(len(line) > LONGEST_RIGHT for line in lines):
            told = {"most": MOST_RIGHTS, "longest": LONGEST_RIGHT}
            raise ValidationError(_("%(most)s lignes au plus, de %(longest)s caractères au plus.") % told)
        return lines
