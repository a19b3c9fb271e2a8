from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.invoice import Invoice


class Payment(Frozen):
    """A movement of money on an invoice: there is no payment without one (002-145). Corrected by another row only.

    `amount` is EUR, above zero for what came in, below for what went back. An invoice that received more than it asks
    holds the excess until it is sent back or moved. `movement` is common to the rows of one movement of the bank, or of
    one move between invoices; rows older than this column have none. `corrects` is the row that this one takes back
    (SEP-05).
    """

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("virement")
        DEBIT = "debit", _("prélèvement")
        CHEQUE = "cheque", _("chèque")
        CASH = "cash", _("espèces")
        CARD = "card", _("carte, chez un prestataire")
        NONE = "none", _("sans mouvement d’argent")

    class Kind(models.TextChoices):
        RECEIVED = "received", _("reçu")
        REFUNDED = "refunded", _("remboursé")
        REJECTED = "rejected", _("rejeté par la banque")
        MOVED = "moved", _("trop-perçu déplacé")
        CORRECTED = "corrected", _("saisie annulée")

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind, default=Kind.RECEIVED)
    amount = models.DecimalField(_("montant reçu (€)"), max_digits=12, decimal_places=2)
    received_on = models.DateField(_("reçu le"))
    method = models.CharField(_("moyen"), max_length=10, choices=Method, default=Method.TRANSFER)
    reference = models.CharField(_("référence"), max_length=80, blank=True)
    reason = models.CharField(_("motif"), max_length=200, blank=True)
    movement = models.UUIDField(db_index=True, null=True, blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True, blank=True
    )
    key = models.UUIDField(unique=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Payment"]] = ScopedManager(hoster="invoice__hoster")

    class Meta:
        verbose_name = _("paiement")
        verbose_name_plural = _("paiements")
        constraints = [
            models.UniqueConstraint(fields=["corrects"], name="payment_taken_back_once"),
            models.CheckConstraint(
                condition=models.Q(kind="received", amount__gt=0)
                | models.Q(kind="refunded", amount__lt=0)
                | models.Q(kind__in=["rejected", "corrected"], corrects__isnull=False)
                | models.Q(kind="moved"),
                name="payment_kind_says_the_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.amount}"

    @property
    def may_undo(self) -> bool:
        """Whether a person may take this row back: it neither corrects nor moves another one, and stands."""
        told = self.kind in (Payment.Kind.RECEIVED, Payment.Kind.REFUNDED)
        return told and not self.corrections.all()


class PaymentShare(Frozen):
    """The part of a payment that belongs to one VAT rate of its invoice (INV-04, EIN-06).

    EUR, below zero for what went back. The shares of an invoice paid in full add up to its `vat_rows`; what exceeds
    the invoice has no share, since no tax is due on it.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="shares")
    category = models.CharField(_("catégorie de TVA"), max_length=2)
    rate = models.DecimalField(_("taux de TVA (%)"), max_digits=4, decimal_places=2)
    net = models.DecimalField(_("montant HT"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("TVA"), max_digits=12, decimal_places=2)
    gross = models.DecimalField(_("montant"), max_digits=12, decimal_places=2)

    objects: ClassVar[models.Manager["PaymentShare"]] = ScopedManager(hoster="payment__invoice__hoster")

    class Meta:
        verbose_name = _("part d’un paiement")
        verbose_name_plural = _("parts des paiements")
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "category", "rate"], name="one_share_per_payment_and_rate"
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment} · {self.rate}"
