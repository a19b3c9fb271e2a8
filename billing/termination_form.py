"""The fields that the law asks of « Résilier votre contrat », no more (CON-04, décret 2023-417)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.forms import EMAIL_LENGTH
from billing.subscriptions.terminations import Notice

FARTHEST = timedelta(days=5 * 366)
Packed = list[str]


class TerminationForm(forms.Form):
    """Who ends which contract, when, and why if they wish."""

    organization = forms.CharField(
        label=_("Nom de l’association ou de la structure"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=EMAIL_LENGTH,
        help_text=_("L’accusé de réception y est envoyé. De préférence celle qui est connue de nous."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    contract = forms.CharField(
        label=_("Référence du contrat"),
        max_length=60,
        help_text=_("Le numéro du devis accepté ou d’une facture. Sans lui, écrivez le nom de l’offre."),
    )
    wished_end = forms.DateField(
        label=_("Date de fin souhaitée"),
        required=False,
        help_text=_("Laissez vide pour partir dès que possible."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Motif, si vous voulez le dire"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_wished_end(self) -> date | None:
        """Between today and five years from now."""
        wished: date | None = self.cleaned_data["wished_end"]
        today = timezone.localdate()
        if wished and not today <= wished <= today + FARTHEST:
            raise ValidationError(
                _("Choisissez une date à partir d’aujourd’hui, ou laissez vide."), code="past"
            )
        return wished

    def notice(self) -> Notice:
        given = self.cleaned_data
        return Notice(
            *(given[name] for name in ("organization", "email", "contract", "wished_end", "reason", "key"))
        )


def packed(notice: Notice) -> Packed:
    """Plain values that can be signed, so that what is confirmed is what was read again."""
    wished = notice.wished_end.isoformat() if notice.wished_end else ""
    return [notice.organization, notice.email, notice.contract, wished, notice.reason, str(notice.key)]


def unpacked(values: Packed) -> Notice:
    """The notice that `packed` gave."""
    organization, email, contract, wished, reason, key = values
    return Notice(
        organization, email, contract, date.fromisoformat(wished) if wished else None, reason, UUID(key)
    )
