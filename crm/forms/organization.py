from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.forms.fields import IdentifierField, OwnerField
from crm.models import Contact, Organization
from crm.segments import SEGMENTS
from crm.sources import BOUGHT, SOURCES
from hosters.identifiers import validate_rna, validate_siren, validate_siret


class OrganizationForm(forms.ModelForm):
    """An organisation by hand: its name and where it comes from are enough, the rest is as one learns it."""

    segment = forms.ChoiceField(label=_("Public"), choices=SEGMENTS, initial="association")
    source = forms.ChoiceField(label=_("Comment l’avons-nous connue"), choices=[])
    rna = IdentifierField(
        label=_("RNA"),
        required=False,
        validators=[validate_rna],
        help_text=_("W et neuf chiffres. En Alsace-Moselle il n’y en a pas."),
    )
    siren = IdentifierField(label=_("SIREN"), required=False, validators=[validate_siren])
    siret = IdentifierField(label=_("SIRET"), required=False, validators=[validate_siret])
    needs = forms.CharField(
        label=_("Besoins et mots-clés"),
        required=False,
        max_length=400,
        help_text=_("Séparés par des virgules : visioconférence, agenda partagé."),
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "legal_form",
            "segment",
            "source",
            "origin",
            "street",
            "postcode",
            "town",
            "country",
            "delivery_street",
            "delivery_postcode",
            "delivery_town",
            "rna",
            "siren",
            "siret",
            "service_code",
            "volunteers",
            "employees",
            "accounts",
            "vat_status",
            "vat_number",
            "directory_absent",
            "directory_checked_on",
            "maturity",
            "note",
            "do_not_contact",
        ]
        widgets = {"directory_checked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "directory_absent": _(
                "Pour un client assujetti : cherchez-le dans l’annuaire de votre plateforme. S’il n’y est pas, vous ne "
                "risquez rien : PDF par courriel, et la vente dans l’e-reporting."
            ),
            "delivery_street": _(
                "Si vous y remettez un objet vendu, et que ce n’est pas l’adresse ci-dessus : la facture la porte."
            ),
            "service_code": _("Pour un client public qui en demande un : Chorus Pro le lit sur la facture."),
        }
        error_messages = {"name": {"required": _("Écrivez le nom de la structure.")}}

    def __init__(self, data: Any = None, *, instance: Organization) -> None:
        super().__init__(data, instance=instance)
        for name in ("street", "postcode", "town"):
            self.fields[name].required = False
        known = [] if instance.source in dict(SOURCES) or not instance.source else [(instance.source,) * 2]
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("à choisir")), *known, *SOURCES]
        self.fields["owner"] = OwnerField(instance.hoster, initial=instance.owner)
        self.fields["note"].widget = forms.Textarea({"rows": 3})
        if instance.pk:
            names = instance.tags.order_by("name").values_list("name", flat=True)
            self.fields["needs"].initial = ", ".join(names)

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        if source == BOUGHT:
            raise forms.ValidationError(
                _(
                    "Une liste achetée ou louée ne donne le droit d’écrire à personne : cette structure n’est pas "
                    "enregistrée. Rencontrez-la d’abord, ou attendez qu’elle vous contacte."
                ),
                code="bought",
            )
        return source

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        siren, siret = told.get("siren"), told.get("siret")
        if siret and not siren:
            told["siren"] = siret[:9]
            self.instance.siren = siret[:9]
        elif siret and siren and not siret.startswith(siren):
            self.add_error("siret", _("Ce SIRET commence par un autre SIREN que celui de la structure."))
        if told.get("directory_absent") and not told.get("directory_checked_on"):
            self.add_error("directory_checked_on", _("Écrivez le jour où vous avez consulté l’annuaire."))
        delivered = [told.get(name) for name in ("delivery_street", "delivery_postcode", "delivery_town")]
        if any(delivered) and not all(delivered):
            self.add_error("delivery_street", _("Écrivez toute l’adresse de livraison, ou rien."))
        self.instance.owner = told.get("owner")
        return told

    def tag_names(self) -> list[str]:
        """The needs as typed, one by one."""
        said: str = self.cleaned_data["needs"]
        return said.split(",")


class FirstContactForm(forms.Form):
    """The person met, when there is one already; nothing is fine."""

    name = forms.CharField(label=_("Personne rencontrée"), max_length=80, required=False)
    email = forms.EmailField(label=_("Son adresse e-mail"), required=False)
    role = forms.CharField(label=_("Sa fonction"), max_length=80, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="personne")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("name")) != bool(told.get("email")) and not self.errors:
            self.add_error("email", _("Donnez le nom et l’adresse e-mail, ou ni l’un ni l’autre."))
        return told

    def contact_of(self, organization: Organization) -> Contact:
        """The person as typed, not saved."""
        told = self.cleaned_data
        return Contact(
            organization=organization,
            name=told["name"],
            email=told["email"],
            role=told["role"],
            met_through=organization.source,
        )
