"""Money received, always for an invoice."""

from datetime import date
from decimal import Decimal
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
        PaymentRefused: nothing, or more than what is due; or the form was used for another invoice.
    """
    if amount <= 0:
        raise PaymentRefused(_("Le montant reçu est plus grand que zéro."))
    locked = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if already := Payment.objects.filter(key=key).first():
        if already.invoice_id != locked.pk:
            raise PaymentRefused(_("Ce formulaire a déjà servi pour une autre facture. Rechargez la page."))
        return already
    if amount > locked.balance():
        raise PaymentRefused(_("Ce montant dépasse ce qui reste dû sur la facture."))
    payment = Payment.objects.create(
        invoice=locked,
        amount=amount,
        received_on=received_on,
        method=method,
        reference=reference,
        key=key,
        recorded_by=by,
    )
    advance_stage(
        organization=locked.organization,
        to=Stage.CLIENT,
        evidence=_("facture %(number)s payée") % {"number": locked.number},
        by=by,
    )
    return payment
