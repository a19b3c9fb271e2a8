"""The forms of the offer editor: every field with what it is for and an example."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes.forms import SafeModelChoiceField

from offers.editing import LONGEST_SLUG, AddressTaken, check_address, slug_for
from offers.models import Offer, Range
from offers.parts import formats_of_parts
from pricing.periods import months_after

_BREAKS = re.compile(r"[\r\n\t\x0b\x0c\x00-\x1f\x7f\u2028\u2029]+")
_NOTE = re.compile(r"(\*{1,3}|†|‡)\s*:?\s*(\S.*)")
MOST_NOTES, LONGEST_NOTE = 6, 240
#: A review announced further ahead is a typing mistake in the year.
FURTHEST_REVIEW = 5 * 366
#: Months until an offer is looked at again, as proposed to who has not said.
USUAL_REVIEW = 12


class OneLine(forms.CharField):
    """A text that stays on one line, French spaces kept."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(_BREAKS.sub(" ", value) if isinstance(value, str) else value)
        return str(text)


class OfferForm(forms.ModelForm):
    """Some fields of an offer. `values` is what a noun module keeps."""

    def values(self) -> Mapping[str, Any]:
        """Only on a valid form."""
        return {name: self.cleaned_data[name] for name in self.columns()}

    def put_what_is_refused(self) -> None:
        """Put on the offer, which is not saved, what was left empty or miscounted: the linter says it as one types."""
        for name in self.errors.keys() & set(self.columns()):
            with suppress(ValidationError):
                value = self.fields[name].to_python(self[name].data)
                if value in EMPTY_VALUES or isinstance(value, int):
                    setattr(self.instance, name, value)

    @classmethod
    def columns(cls) -> list[str]:
        """The fields of the offer that this form writes."""
        return list(cls._meta.fields or ())


_ABOUT = {
    "name": gettext_lazy("Court, qui se dit au téléphone et s’écrit sans hésiter. Par exemple : Pack asso."),
    "segment": gettext_lazy("À qui elle s’adresse : la vitrine range les offres par public."),
    "audience": gettext_lazy(
        "Montré au-dessus du nom. Par exemple : Pour une association qui démarre, jusqu’à 15 personnes."
    ),
    "purpose": gettext_lazy(
        "Une phrase avec les mots de vos clients, sans nom de logiciel. Par exemple : Un site, des adresses "
        "à votre nom, et quelqu’un à qui parler."
    ),
    "range": gettext_lazy("Les offres d’une gamme se comparent côte à côte."),
    "not_included": gettext_lazy(
        "Dites-le avant que la question vienne. Par exemple : Le graphisme du site reste à votre charge."
    ),
    "data_location": gettext_lazy("La ville et le pays. Par exemple : Lyon, France."),
    "former_name": gettext_lazy("Si l’offre a changé de nom, sa page dit « Anciennement… »."),
    "is_trial": gettext_lazy("Cochez si cette offre gratuite permet d’essayer les autres."),
}


class NewOfferForm(OfferForm):
    """The few answers that start a draft."""

    address = forms.CharField(
        label=gettext_lazy("Adresse de la page"),
        help_text=gettext_lazy(
            "Laissez vide pour la tirer du nom : « Pack asso » donne pack-asso. Elle pourra changer."
        ),
        max_length=LONGEST_SLUG,
        required=False,
    )
    field_order = ("name", "segment", "audience", "purpose", "address")

    class Meta:
        model = Offer
        fields = ("name", "segment", "audience", "purpose")
        field_classes = dict.fromkeys(("name", "audience", "purpose"), OneLine)
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2})}
        help_texts = _ABOUT

    def clean(self) -> None:
        slug = slug_for(self.cleaned_data.get("address") or self.cleaned_data.get("name", ""))
        if "name" in self.cleaned_data and not slug:
            self.add_error("address", _("Écrivez une adresse avec des lettres sans accent ou des chiffres."))
        try:
            check_address(slug)
        except AddressTaken as error:
            self.add_error("address", str(error))
        self.cleaned_data["slug"] = slug


class AboutForm(OfferForm):
    """For whom, what for, what is not included."""

    notes = forms.CharField(
        label=gettext_lazy("Notes de bas de page"),
        help_text=gettext_lazy(
            "Une par ligne, le signe d’abord. Par exemple : * une heure par mois, non cumulable."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=MOST_NOTES * (LONGEST_NOTE + 8),
    )

    class Meta:
        model = Offer
        fields = (
            "name",
            "segment",
            "audience",
            "purpose",
            "range",
            "is_trial",
            "not_included",
            "data_location",
            "former_name",
        )
        field_classes = {
            "range": SafeModelChoiceField,
            **dict.fromkeys(
                ("name", "audience", "purpose", "not_included", "data_location", "former_name"), OneLine
            ),
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "not_included": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = _ABOUT

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ranges = self.fields["range"]
        assert isinstance(ranges, forms.ModelChoiceField)
        ranges.queryset = Range.objects.order_by("position", "pk")
        ranges.empty_label = str(_("Aucune"))
        lines = [f"{note['mark']} {note['text']}" for note in self.instance.footnotes]
        self.fields["notes"].initial = "\n".join(lines)

    def clean_notes(self) -> list[dict[str, str]]:
        notes = []
        for line in filter(None, map(str.strip, self.cleaned_data["notes"].splitlines())):
            found = _NOTE.fullmatch(_BREAKS.sub(" ", line))
            if found is None:
                raise ValidationError(_("« %(line)s » : commencez par *, **, † ou ‡.") % {"line": line[:40]})
            if len(found[2]) > LONGEST_NOTE:
                raise ValidationError(_("Une note tient en %(most)s caractères.") % {"most": LONGEST_NOTE})
            notes.append({"mark": found[1], "text": found[2]})
        if len(notes) > MOST_NOTES or len({note["mark"] for note in notes}) < len(notes):
            raise ValidationError(_("Six notes au plus, chacune avec un signe à elle."))
        return notes

    def clean(self) -> None:
        if "notes" in self.cleaned_data:
            self.instance.footnotes = self.cleaned_data["notes"]

    def values(self) -> Mapping[str, Any]:
        self.cleaned_data["footnotes"] = self.cleaned_data["notes"]
        return super().values()

    @classmethod
    def columns(cls) -> list[str]:
        return [*super().columns(), "footnotes"]

    @property
    def sections(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Anchor, title and fields of each part of the page."""
        about = ("name", "segment", "audience", "purpose", "range", "is_trial")
        limits = ("not_included", "data_location", "notes", "former_name")
        return [
            ("pour-qui", _("Pour qui, et à quoi ça sert"), [self[name] for name in about]),
            ("limites", _("Ce qui n’est pas compris, et les précisions"), [self[name] for name in limits]),
        ]


class ExitForm(OfferForm):
    """How the contract ends: the law and the charter want it told before anybody signs (002-153 to 002-155)."""

    class Meta:
        model = Offer
        fields = (
            "notice_days",
            "termination_procedure",
            "change_procedure",
            "export_formats",
            "retrieval_days",
            "erasure_days",
            "exit_help",
        )
        field_classes = dict.fromkeys(
            ("termination_procedure", "change_procedure", "export_formats", "exit_help"), OneLine
        )
        widgets = {
            "termination_procedure": forms.Textarea(attrs={"rows": 2}),
            "change_procedure": forms.Textarea(attrs={"rows": 2}),
            "export_formats": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "notice_days": gettext_lazy(
                "0 : on part quand on veut. Trente jours suffisent à une petite équipe."
            ),
            "termination_procedure": gettext_lazy(
                "Le formulaire public de résiliation existe déjà : il suffit, sauf si vous faites autrement."
            ),
            "change_procedure": gettext_lazy("Ce qu’il faut faire, et ce que devient le prix."),
            "export_formats": gettext_lazy(
                "Dans quels formats on repart ; proposé d’après les composants. "
                "Par exemple : les fichiers tels quels, les courriels en mbox, l’agenda en iCalendar."
            ),
            "retrieval_days": gettext_lazy("Après la fin du contrat, combien de jours pour tout reprendre."),
            "erasure_days": gettext_lazy("Quand tout est effacé. Jamais avant la fin du délai ci-dessus."),
            "exit_help": gettext_lazy(
                "Par exemple : une heure offerte pour déménager chez quelqu’un d’autre."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance.export_formats:
            self.initial["export_formats"] = formats_of_parts(self.instance)

    def clean(self) -> None:
        left, erased = self.cleaned_data.get("retrieval_days"), self.cleaned_data.get("erasure_days")
        for name in ("retrieval_days", "erasure_days", "notice_days"):
            if (self.cleaned_data.get(name) or 0) > 3650:
                self.add_error(name, _("Dix ans au plus."))
        if left is not None and erased is not None and erased < left:
            self.add_error("erasure_days", _("On efface après le délai de récupération, pas avant."))


class ReviewForm(OfferForm):
    """When to look at it again, and what the team should know."""

    class Meta:
        model = Offer
        fields = ("review_on", "comment")
        field_classes = {"comment": OneLine}
        widgets = {
            "review_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "comment": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "review_on": gettext_lazy(
                "Ce jour-là, le tableau de bord vous le rappelle. Une fois par an est un bon rythme."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.review_on is None:
            self.initial["review_on"] = months_after(timezone.localdate(), USUAL_REVIEW)

    def clean_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        if day is not None and (day - timezone.localdate()).days > FURTHEST_REVIEW:
            raise ValidationError(_("Choisissez un jour dans les cinq ans."))
        return day


class AddressForm(forms.Form):
    """Another address for the page of an offer."""

    slug = forms.SlugField(
        label=gettext_lazy("Nouvelle adresse"),
        help_text=gettext_lazy(
            "Des lettres sans accent, des chiffres et des tirets. Par exemple : pack-asso."
        ),
        max_length=LONGEST_SLUG,
    )

    def __init__(self, offer: Offer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"slug": offer.slug})
        self.offer = offer

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        try:
            check_address(slug, but=self.offer)
        except AddressTaken as error:
            raise ValidationError(str(error)) from None
        return slug
