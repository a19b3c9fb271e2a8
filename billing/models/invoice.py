from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.document import Document
from billing.models.frozen import Frozen
from billing.models.lines import PricedLine
from billing.models.subscription import Subscription
from crm.models import Organization
from hosters.models import Hoster


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def latest_first(self) -> "InvoiceQuerySet":
        return self.order_by("-issued_on", "-pk").select_related("organization", "document")

    def with_paid(self) -> "InvoiceQuerySet":
        """Each invoice with `paid`, the sum of its payments (EUR)."""
        zero = models.Value(Decimal(0), output_field=models.DecimalField())
        return self.annotate(paid=Coalesce(models.Sum("payments__amount"), zero))

    def paid_in_full(self) -> "InvoiceQuerySet":
        return self.with_paid().filter(paid__gte=models.F("gross"))  # type: ignore[misc]  # an annotation

    def unpaid(self) -> "InvoiceQuerySet":
        return self.with_paid().filter(paid__lt=models.F("gross"))  # type: ignore[misc]  # an annotation


InvoiceManager = models.Manager.from_queryset(InvoiceQuerySet)


class Invoice(Frozen):
    """A numbered invoice. Everything it says was copied at issue and never changes (NUM-04, INV-10).

    `net`, `vat`, `gross` are EUR; `vat_rows` has one row per category and rate, and closes on them.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="invoices")
    number = models.CharField(_("numéro"), max_length=35)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invoices")
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="invoices")
    issued_on = models.DateField(_("émise le"))
    due_on = models.DateField(_("à payer avant le"))
    period_start = models.DateField(_("début de la période"))
    period_end = models.DateField(_("fin de la période"))
    seller = models.JSONField()
    buyer = models.JSONField()
    subject = models.CharField(_("objet"), max_length=200)
    mention = models.CharField(_("mention de TVA"), max_length=200, blank=True)
    vat_rows = models.JSONField()
    net = models.DecimalField(_("total HT"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("TVA"), max_digits=12, decimal_places=2)
    gross = models.DecimalField(_("total à payer"), max_digits=12, decimal_places=2)
    calculation_version = models.PositiveSmallIntegerField(default=1)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="invoice")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[InvoiceManager] = ScopedManager(_manager_class=InvoiceManager, hoster="hoster")

    class Meta:
        verbose_name = _("facture")
        verbose_name_plural = _("factures")
        constraints = [
            models.UniqueConstraint(fields=["hoster", "number"], name="invoice_number_once"),
            models.UniqueConstraint(fields=["subscription", "period_start"], name="one_invoice_per_period"),
        ]
        indexes = [models.Index(fields=["hoster", "issued_on"])]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("staff:invoice", kwargs={"pk": self.pk})

    def balance(self) -> Decimal:
        """What is left to pay (EUR)."""
        paid = (
            self.paid if hasattr(self, "paid") else self.payments.aggregate(sum=models.Sum("amount"))["sum"]
        )
        return self.gross - (paid or Decimal(0))

    @property
    def status_label(self) -> str:
        if self.balance() <= 0:
            return str(_("payée"))
        return str(_("en retard")) if timezone.localdate() > self.due_on else str(_("à payer"))


class InvoiceLine(PricedLine):
    """A line of an invoice; `net` and `vat` (EUR) close on its amount and on the invoice's totals."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    net = models.DecimalField(_("montant HT"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("TVA"), max_digits=12, decimal_places=2)

    objects: ClassVar[models.Manager["InvoiceLine"]] = ScopedManager(hoster="invoice__hoster")

    class Meta(PricedLine.Meta):
        verbose_name = _("ligne de facture")
        verbose_name_plural = _("lignes de facture")
