"""Money received, always for an invoice."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Invoice, Payment
from crm.models import Stage
from crm.stages import advance_stage
from hosters.models import User


class PaymentRefused(Exception):
    """The payment cannot be recorded; the message says why in French."""


@transaction.atomic
def record_payment(
    *, invoice: Invoice, amount: Decimal, received_on: date, method: str, reference: str, key: UUID, by: User
) -> Payment:
    """Record what was received (EUR). The same form sent twice records one payment.

    Raises:
        PaymentRefused: nothing, or more than what is due; or the form was used for another payment.
    """
    if amount <= 0:
        raise PaymentRefused(_("Le montant reçu est plus grand que zéro."))
    locked = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    told: dict[str, Any] = {
        "invoice": locked,
        "amount": amount,
        "received_on": received_on,
        "method": method,
        "reference": reference,
    }
    if already := Payment.objects.filter(key=key).first():
        if any(getattr(already, name) != value for name, value in told.items()):
            raise PaymentRefused(_("Ce formulaire a déjà servi pour un autre paiement. Rechargez la page."))
        return already
    if amount > locked.balance():
        raise PaymentRefused(_("Ce montant dépasse ce qui reste dû sur la facture."))
    payment = Payment.objects.create(**told, key=key, recorded_by=by)
    advance_stage(
        organization=locked.organization,
        to=Stage.CLIENT,
        evidence=_("facture %(number)s payée") % {"number": locked.number},
        by=by,
    )
    return payment
