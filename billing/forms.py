"""What visitors and staff type about documents, with errors that say what to write."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import Acceptance
from crm.organizations import OrganizationDetails, PersonDetails
from crm.sources import TOLD_BY_VISITORS
from hosters.identifiers import compact, validate_phone, validate_rna, validate_siren
from hosters.models.address import COUNTRIES, check_postcode, postcode_validator
from offers.provider_choices import OURSELVES, ProviderChoice

NOTICE = _(
    "Vos coordonnées servent à répondre à cette demande, et à rien d’autre. Elles sont effacées trois ans après "
    "votre dernier message si vous n’êtes pas devenus clients. Vous pouvez les consulter, les corriger ou les "
    "faire effacer en nous écrivant."
)


#: Every control character but NUL, which Django refuses with a message.
BREAKS = re.compile(r"[\x01-\x1f\x7f-\x9f\u2028\u2029]+")
OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]+")

#: What the columns hold; Django's field would let 320 through.
EMAIL_LENGTH = 254


class LineField(forms.CharField):
    """A name or an address, on one line: line breaks, which would forge a paragraph of a mail, become a space, and
    the marks that turn the reading order over, which would make a document show something else, are left out."""

    def to_python(self, value: Any) -> str:
        text = OVERRIDES.sub("", BREAKS.sub(" ", str(value or "")))
        return str(super().to_python(text) or "")


class FileAskedAgain(forms.Form):
    """A form with a file. A browser keeps no file: when something else is wrong, the page says to choose it again,
    or it would be left out without a word."""

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or not self.errors:
            return
        for name, field in self.fields.items():
            sent = isinstance(field, forms.FileField) and self.files.get(self.add_prefix(name))
            if sent and name not in self.errors:
                self.add_error(name, _("Choisissez de nouveau ce fichier : le navigateur ne le garde pas."))


class CompactField(forms.CharField):
    """An identifier typed with or without spaces."""

    def to_python(self, value: Any) -> str:
        return compact(super().to_python(value) or "")


class AskForm(forms.Form):
    """Who asks for a quote: six things are needed, the rest is as they wish (Q-CONTACT)."""

    organization = LineField(
        label=_("Nom de l’association"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    street = LineField(
        label=_("Rue et numéro"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = LineField(
        label=_("Code postal"),
        max_length=10,
        validators=[postcode_validator],
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "autocapitalize": "characters"}),
    )
    town = LineField(
        label=_("Commune"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    country = forms.ChoiceField(
        label=_("Pays"),
        choices=COUNTRIES,
        initial="FR",
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    rna = CompactField(
        label=_("Numéro RNA"),
        required=False,
        max_length=14,
        validators=[validate_rna],
        help_text=_("W suivi de neuf chiffres, sur le récépissé de la préfecture."),
    )
    siren = CompactField(
        label=_("SIREN"),
        required=False,
        max_length=14,
        validators=[validate_siren],
        help_text=_("Neuf chiffres, si l’association en a un."),
    )
    name = LineField(
        label=_("Votre nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    role = LineField(
        label=_("Votre fonction"), required=False, max_length=80, help_text=_("Par exemple : trésorière.")
    )
    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=EMAIL_LENGTH,
        help_text=_("Nous y envoyons le lien du devis."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = LineField(
        label=_("Téléphone"),
        required=False,
        max_length=30,
        validators=[validate_phone],
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )
    message = forms.CharField(
        label=_("Votre message"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    known_by = forms.ChoiceField(
        label=_("Comment nous avez-vous connus ?"),
        required=False,
        choices=[("", _("Nous ne savons plus")), *TOLD_BY_VISITORS],
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, providers: Iterable[ProviderChoice] = (), via: str = "", **kwargs: Any
    ) -> None:
        """`providers`: what several structures may do, so that the association says which one (002-168); `via`: the
        link that was followed, which answers where they come from (002-176)."""
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.via = via
        if via:
            del self.fields["known_by"]
        self.asked_providers = {f"chez-{each.component}": each.component for each in providers}
        for each in providers:
            self.fields[f"chez-{each.component}"] = forms.ChoiceField(
                label=each.label, choices=each.choices, initial=each.choices[0][0], widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        """A French address has a French postcode; spaces within its five figures are taken off."""
        given = super().clean() or {}
        if "postcode" in given and given.get("country") == "FR":
            given["postcode"] = compact(given["postcode"])
            try:
                check_postcode(given["postcode"], "FR")
            except forms.ValidationError as error:
                self.add_error("postcode", error)
        return given

    def organization_fields(self) -> list[forms.BoundField]:
        return [
            self[name] for name in ("organization", "street", "postcode", "town", "country", "rna", "siren")
        ]

    def person_fields(self) -> list[forms.BoundField]:
        names = ("name", "role", "email", "phone", "message", "known_by")
        return [self[name] for name in names if name in self.fields]

    def provider_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked_providers]

    def providers(self) -> dict[str, str]:
        """The structure chosen for each component, "" for the hoster. Only on a valid form."""
        chosen = {code: self.cleaned_data[name] for name, code in self.asked_providers.items()}
        return {code: "" if name == OURSELVES else name for code, name in chosen.items()}

    def source(self) -> str:
        """Where they come from: the link that was followed, else what they say. Only on a valid form."""
        told: str = self.via or self.cleaned_data["known_by"]
        return told

    def organization_details(self) -> OrganizationDetails:
        given = self.cleaned_data
        return OrganizationDetails(
            name=given["organization"],
            street=given["street"],
            postcode=given["postcode"],
            town=given["town"],
            country=given["country"],
            rna=given["rna"],
            siren=given["siren"],
        )

    def person_details(self) -> PersonDetails:
        given = self.cleaned_data
        return PersonDetails(given["name"], given["email"], given["phone"], given["role"], notice=str(NOTICE))


class PurposeForm(forms.Form):
    """What the association buys for: the answer that protects it is chosen beforehand (CON-01)."""

    purpose = forms.ChoiceField(
        label=_("L’association achète"),
        choices=Acceptance.Purpose.choices,
        initial=Acceptance.Purpose.OWN,
        widget=forms.RadioSelect,
        help_text=_("Presque toutes choisissent la première réponse : la loi les protège alors mieux."),
    )


class MandateForm(PurposeForm):
    """The mandated person says who they are and commits the association (DEV-04)."""

    name = LineField(
        label=_("Votre prénom et votre nom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = LineField(
        label=_("Votre fonction dans l’association"),
        max_length=80,
        help_text=_("Par exemple : présidente, trésorier."),
    )
    order_number = LineField(
        label=_("Votre numéro de bon de commande"),
        required=False,
        max_length=50,
        help_text=_("Si l’association en a établi un : les factures le porteront."),
    )
    mandated = forms.BooleanField(
        label=_("L’association m’a donné mandat pour accepter ce devis"),
        error_messages={
            "required": _(
                "Cochez cette case si l’association vous a donné mandat. "
                "Sinon, transmettez le devis à la personne qui l’a."
            )
        },
    )

    field_order = ("name", "role", "purpose", "order_number", "mandated")
