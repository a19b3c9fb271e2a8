"""What associations sign, and what those who keep the accounts type about debits."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from billing.forms import CompactField, LineField
from billing.models.sepa import Scheme
from billing.sepa.mandates import Debtor
from billing.sepa.reasons import REASONS
from crm.models import Organization
from hosters.models.address import COUNTRIES, postcode_validator
from hosters.sections.fields import validate_iban

SOON = timedelta(days=7)


def _date(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


class MandateForm(forms.Form):
    """The account to debit, and who signs."""

    holder = LineField(label=_("Titulaire du compte"), max_length=70)
    iban = CompactField(
        label=_("IBAN du compte à débiter"),
        max_length=42,
        validators=[validate_iban],
        help_text=_("Il est sur le relevé d’identité bancaire de l’association."),
    )
    street = LineField(label=_("Rue et numéro"), max_length=70)
    postcode = LineField(label=_("Code postal"), max_length=10, validators=[postcode_validator])
    town = LineField(label=_("Commune"), max_length=35)
    country = forms.ChoiceField(label=_("Pays"), choices=COUNTRIES, initial="FR")
    place = LineField(label=_("Fait à"), max_length=80)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "holder": organization.name,
            "street": organization.street,
            "postcode": organization.postcode,
            "town": organization.town,
            "country": organization.country,
            "place": organization.town,
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def debtor(self) -> Debtor:
        """Only on a valid form."""
        given = self.cleaned_data
        return Debtor(given["holder"], given["street"], given["postcode"], given["town"], given["country"])


class SpaceMandateForm(MandateForm):
    """Signed in the association's space."""

    agreed = forms.BooleanField(
        label=_("Je signe ce mandat au nom de l’association, qui m’en a donné le pouvoir"),
        error_messages={"required": _("Sans cette case, rien n’est signé.")},
    )


class PaperMandateForm(MandateForm):
    """Signed on paper, kept by the team."""

    signatory = LineField(label=_("Signataire"), max_length=80)
    role = LineField(label=_("Fonction"), max_length=80, required=False)
    signed_on = _date(label=_("Signé le"))
    kept = LineField(
        label=_("Où est le papier"),
        max_length=120,
        help_text=_("Par exemple : classeur mandats 2026, ou Nextcloud."),
    )

    def clean_signed_on(self) -> Any:
        """Signed already."""
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ce jour n’est pas encore venu."))
        return day


class RevokeForm(forms.Form):
    """Why a mandate ends."""

    reason = LineField(label=_("Motif"), max_length=200)


class BatchForm(forms.Form):
    """Which debits to send to the bank."""

    until = _date(label=_("Prélèvements prévus jusqu’au"))
    scheme = forms.ChoiceField(
        label=_("Mandats"),
        choices=[(Scheme.CORE.value, _("standard (CORE)")), (Scheme.B2B.value, _("interentreprises (B2B)"))],
        initial=Scheme.CORE,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), "until": timezone.localdate() + SOON}
        super().__init__(*args, **kwargs)


class CollectForm(forms.Form):
    """The day on which the bank credited a batch."""

    on = _date(label=_("Crédité le"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **kwargs)


class RejectForm(CollectForm):
    """When and why the bank refused a debit."""

    on = _date(label=_("Revenu le"))
    code = forms.ChoiceField(
        label=_("Motif de la banque"),
        error_messages={"required": _("Choisissez le motif du relevé, ou MS03 si la banque n’en donne pas.")},
        choices=[
            ("", _("Choisir le motif…")),
            *((code, format_lazy("{} : {}", code, words)) for code, words in REASONS.items()),
        ],
    )
    reason = LineField(label=_("Précision"), max_length=200, required=False)

    field_order = ["on", "code", "reason"]


class AnswerForm(forms.Form):
    """The file in which the bank tells what it refused."""

    file = forms.FileField(
        label=_("Réponse de la banque (pain.002)"), widget=forms.FileInput(attrs={"accept": ".xml"})
    )
