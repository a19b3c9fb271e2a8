"""What those who keep the accounts type about money, with errors that say what to write."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.forms import LineField
from billing.models import Invoice, Payment
from billing.payments.rows import NOT_YET, Movement
from hosters.models import User
from pricing.engine.money import cents
from pricing.typography import euros

Method = Payment.Method
METHODS = [choice for choice in Method.choices if choice[0] != Method.NONE]
SMALLEST, MOST_DIGITS = Decimal("0.01"), 12


class MoneyForm(forms.Form):
    """A day, and a key so that the form sent twice acts once."""

    on = forms.DateField(label=_("Le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), "on": timezone.localdate()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_on(self) -> Any:
        """Nothing was received or sent back tomorrow."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        return day

    def movement(self, by: User) -> Movement:
        """What was typed. Only on a valid form."""
        given = self.cleaned_data
        return Movement(
            on=given["on"],
            method=given.get("method", Method.NONE),
            reference=given.get("reference", ""),
            key=given["key"],
            by=by,
            reason=given.get("reason", ""),
        )


class AmountForm(MoneyForm):
    """An amount, EUR."""

    amount = forms.DecimalField(
        label=_("Montant (€)"), min_value=SMALLEST, max_digits=MOST_DIGITS, decimal_places=2
    )

    def __init__(self, *args: Any, amount: Decimal, **kwargs: Any) -> None:
        """`amount` is what is usually meant, shown with its cents."""
        super().__init__(*args, initial={"amount": cents(amount)}, **kwargs)


class PaymentForm(forms.Form):
    """Money received for one invoice. What exceeds it is kept only when somebody says so."""

    amount = forms.DecimalField(
        label=_("Montant reçu (€)"), min_value=SMALLEST, max_digits=MOST_DIGITS, decimal_places=2
    )
    received_on = forms.DateField(
        label=_("Reçu le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    method = forms.ChoiceField(label=_("Moyen"), choices=METHODS, initial=Method.TRANSFER)
    reference = LineField(label=_("Référence"), max_length=80, required=False)
    keep_excess = forms.BooleanField(
        label=_("Garder le trop-perçu pour l’association, si le montant dépasse la facture"), required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, due: Decimal, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), "amount": cents(due), "received_on": timezone.localdate()}
        super().__init__(*args, **kwargs)

    def payment(self) -> dict[str, Any]:
        """The cleaned values, for `recording.record_payment`."""
        return dict(self.cleaned_data)


class TakeBackForm(MoneyForm):
    """Why a payment is taken back: the bank rejected it, or it was typed wrongly."""

    kind = forms.ChoiceField(
        label=_("Que s’est-il passé ?"),
        choices=[
            (
                Payment.Kind.REJECTED.value,
                _("La banque l’a rejeté : prélèvement refusé, chèque sans provision…"),
            ),
            (Payment.Kind.CORRECTED.value, _("La saisie était une erreur : il n’a jamais été reçu ainsi")),
        ],
        widget=forms.RadioSelect,
    )
    reason = LineField(label=_("Motif"), max_length=200, help_text=_("Il reste avec le paiement."))


class RefundForm(AmountForm):
    """Money sent back to the association."""

    method = forms.ChoiceField(label=_("Moyen"), choices=METHODS, initial=Method.TRANSFER)
    reference = LineField(label=_("Référence"), max_length=80, required=False)
    reason = LineField(label=_("Motif"), max_length=200)


class MoveForm(AmountForm):
    """An excess used for another invoice of the same association."""

    target = forms.ChoiceField(label=_("Facture à payer"))

    def __init__(self, *args: Any, targets: Iterable[Invoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = {str(each.pk): each for each in targets}
        choices = [
            (pk, _("%(number)s : reste %(due)s") % {"number": each.number, "due": euros(each.balance())})
            for pk, each in self.targets.items()
        ]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def target_invoice(self) -> Invoice:
        """Only on a valid form."""
        return self.targets[self.cleaned_data["target"]]
