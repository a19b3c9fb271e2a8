"""A signed quote, recorded by staff or sent by the association."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from billing.acceptance import Mandate, Signature, signed_statement
from billing.forms import FileAskedAgain, LineField, PurposeForm
from billing.models import Quote
from billing.signed_scans import Scan, ScanRefused, read_scan
from hosters.models import User


class SignatureForm(FileAskedAgain, PurposeForm):
    """Who signed, when, and the file; the price is that of the quote."""

    name = LineField(
        label=_("Prénom et nom de la personne qui a signé"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = LineField(
        label=_("Sa fonction dans l’association"),
        max_length=80,
        help_text=_("Par exemple : présidente, trésorier."),
    )
    order_number = LineField(
        label=_("Numéro de bon de commande"),
        required=False,
        max_length=50,
        help_text=_("Si l’association en a établi un : les factures le porteront."),
    )
    signed_on = forms.DateField(
        label=_("Date de la signature"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label=_("Le devis signé"),
        help_text=_("PDF, JPEG ou PNG, 10 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("name", "role", "signed_on", "purpose", "order_number", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_file(self) -> Scan:
        """The bytes, looked at before anything decodes them."""
        upload: UploadedFile = self.cleaned_data["file"]
        try:
            return read_scan(upload)
        except ScanRefused as refused:
            raise ValidationError(str(refused)) from None

    def mandate(self, quote: Quote, *, email: str) -> Mandate:
        """Who signed, as the evidence keeps it; `email` receives the acknowledgment."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("name", "signed_on", "purpose")}
        chosen = {name: given[name] for name in ("key", "purpose", "order_number")}
        return Mandate(given["name"], given["role"], email, signed_statement(quote, **told), **chosen)

    def signature(self, *, recorded_by: User | None = None) -> Signature:
        """The paper."""
        return Signature(self.cleaned_data["signed_on"], self.cleaned_data["file"], recorded_by)
