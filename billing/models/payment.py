from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.invoice import Invoice


class Payment(Frozen):
    """Money received for an invoice: there is no payment without one (002-145). Corrected by another row only."""

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("virement")
        CHEQUE = "cheque", _("chèque")
        DEBIT = "debit", _("prélèvement")

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(
        _("montant reçu (€)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    received_on = models.DateField(_("reçu le"))
    method = models.CharField(_("moyen"), max_length=10, choices=Method, default=Method.TRANSFER)
    reference = models.CharField(_("référence"), max_length=80, blank=True)
    key = models.UUIDField(unique=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Payment"]] = ScopedManager(hoster="invoice__hoster")

    class Meta:
        verbose_name = _("paiement")
        verbose_name_plural = _("paiements")

    def __str__(self) -> str:
        return f"{self.invoice} · {self.amount}"
