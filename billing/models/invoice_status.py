from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.invoice import Invoice


class InvoiceStatus(Frozen):
    """What a platform said of an electronic invoice, as staff read it there: the compulsory statuses of its life
    (XP Z12-012). A change of mind is another row."""

    class Code(models.TextChoices):
        DEPOSITED = "deposited", _("déposée")
        REJECTED = "rejected", _("rejetée par la plateforme")
        REFUSED = "refused", _("refusée par le client")
        PAID = "paid", _("encaissée, et dite à la plateforme")

    #: The client will never book it: it is credited, and another one takes another number (NUM-03).
    ENDED = (Code.REJECTED, Code.REFUSED)

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="statuses")
    code = models.CharField(_("statut"), max_length=10, choices=Code)
    on = models.DateField(_("le"))
    reason = models.CharField(_("motif"), max_length=400, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["InvoiceStatus"]] = ScopedManager(hoster="invoice__hoster")

    class Meta:
        verbose_name = _("statut d’une facture électronique")
        verbose_name_plural = _("statuts des factures électroniques")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "code", "on"], name="one_status_of_a_kind_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.get_code_display()}"
