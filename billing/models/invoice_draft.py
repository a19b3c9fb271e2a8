from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.invoice import Invoice
from crm.models import Contact, Organization
from hosters.models import Hoster


class InvoiceDraft(models.Model):
    """An invoice of hand-written lines before it is issued: it has no number, and disappears once it is.

    With `corrects`, what will replace that invoice. `lines` are dictionaries of texts: label, quantity, unit,
    unit_price (EUR, TTC when `tax_included`), vat: a rate in percent, "O" for what is out of its scope, "" for the
    hoster's usual rate, and nature: "bien" for an object sold, "" for a service (INV-15). `key` is the one that the
    issued invoice will have: confirmed twice, it is issued once.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="invoice_drafts")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invoice_drafts")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", verbose_name=_("à qui"))
    corrects = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    reason = models.CharField(_("motif de la rectification"), max_length=400, blank=True)
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    order_number = models.CharField(_("numéro de bon de commande"), max_length=50, blank=True)
    period_start = models.DateField(_("début de la période"), null=True, blank=True)
    period_end = models.DateField(_("fin de la période"), null=True, blank=True)
    tax_included = models.BooleanField(_("prix TTC"), default=True)
    lines = models.JSONField(default=list)
    key = models.UUIDField(unique=True, default=uuid4)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["InvoiceDraft"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("brouillon de facture")
        verbose_name_plural = _("brouillons de facture")

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("staff:invoice_draft", kwargs={"pk": self.pk})
