"""The life of an electronic invoice on its platform, recorded by staff: nothing is sent to anybody (EIN-02, EIN-04)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.invoicing.routes import Route
from billing.models import Invoice, InvoiceStatus
from hosters.models import User

Code = InvoiceStatus.Code
#: What goes through a platform, and not by mail alone.
THROUGH_PLATFORM = (Route.B2B.value, Route.B2G.value)


class StatusRefused(Exception):
    """The status cannot be recorded; the message says why, in French."""


@transaction.atomic
def record_status(*, invoice: Invoice, code: Code, on: date, reason: str, by: User) -> InvoiceStatus:
    """Keep what a platform said. The same status of the same day twice is one.

    Raises:
        StatusRefused: this document does not go through a platform, the day is impossible, the motive is missing, or
            its life there is over already.
    """
    held = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if known := InvoiceStatus.objects.filter(invoice=held, code=code, on=on).first():
        return known
    if why := _refusal(held, code, on, reason):
        raise StatusRefused(why)
    return InvoiceStatus.objects.create(invoice=held, code=code, on=on, reason=reason, recorded_by=by)


def _refusal(invoice: Invoice, code: Code, on: date, reason: str) -> str:
    if invoice.route not in THROUGH_PLATFORM:
        return _("Cette pièce ne passe pas par une plateforme : elle n’y a pas de statut.")
    if not invoice.issued_on <= on <= timezone.localdate():
        return _("Écrivez un jour entre l’émission de la pièce et aujourd’hui.")
    if has_ended(invoice):
        return _("Cette pièce a déjà été refusée ou rejetée : créditez-la, puis émettez-en une autre.")
    if code in InvoiceStatus.ENDED and not reason:
        return _("Recopiez le motif que la plateforme donne.")
    if code == Code.PAID and not invoice.payments.exists():
        return _("Rien n’a été reçu sur cette facture : notez d’abord le paiement.")
    return ""


def has_ended(invoice: Invoice) -> bool:
    """Whether it was refused or rejected: it will never be sent again under its number (NUM-03)."""
    return InvoiceStatus.objects.filter(invoice=invoice, code__in=InvoiceStatus.ENDED).exists()
