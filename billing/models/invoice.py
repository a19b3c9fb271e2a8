from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Round
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.document import Document
from billing.models.frozen import Frozen
from billing.models.lines import PricedLine
from billing.models.quote import Quote
from billing.models.subscription import Subscription
from crm.models import Contact, Organization
from hosters.models import Hoster

ZERO = Decimal(0)
EUROS = models.DecimalField(max_digits=14, decimal_places=2)


class InvoiceKind(models.TextChoices):
    """What a numbered document is (INV-03). The type codes of UNTDID 1001 are 380, 386, 381 and 384."""

    INVOICE = "invoice", _("facture")
    DEPOSIT = "deposit", _("facture d’acompte")
    CREDIT_NOTE = "credit_note", _("avoir")
    CORRECTIVE = "corrective", _("facture rectificative")


class Standing(models.IntegerChoices):
    """The sign of what is left to pay on an invoice; a credit note owes nothing by itself."""

    EXCESS = -1, _("trop perçu")
    SETTLED = 0, _("soldée")
    OWED = 1, _("à payer")


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def latest_first(self) -> "InvoiceQuerySet":
        return self.order_by("-issued_on", "-pk").select_related("organization", "document")

    def for_rows(self) -> "InvoiceQuerySet":
        """The latest first, with only what a row of a list tells of each, and what was worked out of it."""
        told = ("number", "kind", "fees", "issued_on", "due_on", "gross")
        return self.latest_first().only(*told, "organization__name", "document__state")

    def charging(self) -> "InvoiceQuerySet":
        """Those that ask for money: every kind but credit notes."""
        return self.exclude(kind=InvoiceKind.CREDIT_NOTE)

    def with_paid(self) -> "InvoiceQuerySet":
        """Each document with what settles it, EUR: `paid`, its payments; `credited`, its credit notes; `left`, what
        is still to pay, below zero when the association is owed money; 0 for a credit note, which owes nothing by
        itself."""
        settled = models.F("gross") - models.F("paid") - models.F("credited")
        of_a_credit = models.When(kind=InvoiceKind.CREDIT_NOTE, then=models.Value(ZERO))
        left = models.Case(of_a_credit, default=Round(settled, precision=2), output_field=EUROS)
        return self.annotate(**_settling()).annotate(left=left)

    def unpaid(self) -> "InvoiceQuerySet":
        """Those with something left to pay: found by their mark, worked out from their payments."""
        return self.filter(standing=Standing.OWED).with_paid().filter(left__gt=0)  # type: ignore[misc]  # idem

    def overpaid(self) -> "InvoiceQuerySet":
        """Those that hold money of their association (`excess`, EUR)."""
        held = self.filter(standing=Standing.EXCESS).with_paid()
        return held.filter(left__lt=0).annotate(excess=-models.F("left"))  # type: ignore[misc]  # an annotation


@cache
def _settling() -> dict[str, Coalesce]:
    """What settles an invoice; the same for every page, so made once."""
    credits = Invoice._base_manager.filter(corrects=models.OuterRef("pk"), kind=InvoiceKind.CREDIT_NOTE)
    payments = apps.get_model("billing", "Payment")._base_manager.filter(invoice=models.OuterRef("pk"))
    return {
        "paid": _sum_of(payments, "amount", "invoice"),
        "credited": _sum_of(credits, "gross", "corrects"),
    }


def _sum_of(rows: "models.QuerySet[Any]", amount: str, by: str) -> Coalesce:
    """The sum of the rows of one invoice, as a query of its own: two joins would multiply each other."""
    summed = rows.order_by().values(by).annotate(total=models.Sum(amount)).values("total")
    return Coalesce(models.Subquery(summed, output_field=EUROS), models.Value(ZERO), output_field=EUROS)


InvoiceManager = models.Manager.from_queryset(InvoiceQuerySet)


class Invoice(Frozen):
    """A numbered invoice, deposit invoice, credit note or corrective invoice. Everything it says was copied at issue
    and never changes (NUM-04, INV-10).

    `net`, `vat`, `gross` are EUR; `vat_rows` has one row per category and rate, and closes on them; what is
    to pay is `gross`, a cent away from net + VAT on rare amounts typed TTC (`rounding`). The amounts of a
    credit note are stored positive; `kind` says the sign (`sign`, `signed_gross`). `corrects` is the document that a
    credit note credits, or that a corrective invoice replaces, and `reason` says why. `fees` are membership fees
    outside VAT, on a document of their own (INV-21). A period is named by what is sold over time only. `mentions`
    come from `invoicing.mentions`, `route` from `invoicing.routes`. `key` is that of the form that issued it: sent
    twice, it acts once. `standing` alone lives on: see `billing.standing`.
    """

    Kind = InvoiceKind
    living_fields = frozenset({"standing"})

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(_("nature"), max_length=12, choices=InvoiceKind, default=InvoiceKind.INVOICE)
    number = models.CharField(_("numéro"), max_length=35)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invoices")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    subscription = models.ForeignKey(
        Subscription, on_delete=models.PROTECT, related_name="invoices", null=True, blank=True
    )
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="invoices", null=True, blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True, blank=True
    )
    reason = models.CharField(_("motif"), max_length=400, blank=True)
    fees = models.BooleanField(_("cotisation"), default=False)
    issued_on = models.DateField(_("émise le"))
    due_on = models.DateField(_("à payer avant le"))
    period_start = models.DateField(_("début de la période"), null=True, blank=True)
    period_end = models.DateField(_("fin de la période"), null=True, blank=True)
    seller = models.JSONField()
    buyer = models.JSONField()
    subject = models.CharField(_("objet"), max_length=200)
    order_number = models.CharField(_("numéro de bon de commande"), max_length=50, blank=True)
    mention = models.CharField(_("mention de TVA"), max_length=200, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    route = models.CharField(_("chemin de la facture"), max_length=12, blank=True)
    vat_rows = models.JSONField()
    net = models.DecimalField(_("total HT"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("TVA"), max_digits=12, decimal_places=2)
    gross = models.DecimalField(_("total à payer"), max_digits=12, decimal_places=2)
    calculation_version = models.PositiveSmallIntegerField(default=1)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="invoice")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    key = models.UUIDField(unique=True, null=True, blank=True)
    standing = models.SmallIntegerField(_("reste dû"), choices=Standing, default=Standing.OWED)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[InvoiceManager] = ScopedManager(_manager_class=InvoiceManager, hoster="hoster")

    class Meta:
        verbose_name = _("facture")
        verbose_name_plural = _("factures")
        constraints = [
            models.UniqueConstraint(fields=["hoster", "number"], name="invoice_number_once"),
            models.UniqueConstraint(
                fields=["subscription", "period_start", "fees"],
                condition=models.Q(kind=InvoiceKind.INVOICE),
                name="one_invoice_per_period",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[InvoiceKind.CREDIT_NOTE, InvoiceKind.CORRECTIVE], corrects__isnull=False
                )
                | models.Q(kind__in=[InvoiceKind.INVOICE, InvoiceKind.DEPOSIT], corrects__isnull=True),
                name="only_corrections_correct",
            ),
        ]
        indexes = [
            models.Index(fields=["hoster", "-issued_on", "-id"], name="invoice_latest"),
            models.Index(fields=["hoster", "kind", "-issued_on", "-id"], name="invoice_latest_of_kind"),
            models.Index(
                fields=["hoster", "standing", "due_on", "id"],
                condition=~models.Q(standing=0),
                name="invoice_not_settled",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("staff:invoice", kwargs={"pk": self.pk})

    @property
    def is_credit(self) -> bool:
        return self.kind == InvoiceKind.CREDIT_NOTE

    @property
    def kind_label(self) -> str:
        """What people call this document: membership fees are no sale."""
        fees = self.fees and self.kind == InvoiceKind.INVOICE
        return str(_("cotisation")) if fees else self.get_kind_display()

    @property
    def sign(self) -> int:
        """-1 for a credit note, else 1: sums of documents are sums of signed amounts."""
        return -1 if self.is_credit else 1

    @property
    def rounding(self) -> Decimal:
        """What is added to net + VAT so that a price typed TTC is paid as it was told (EUR, EN 16931 BT-114)."""
        return self.gross - self.net - self.vat

    @property
    def signed_gross(self) -> Decimal:
        return self.sign * self.gross

    @property
    def signed_net(self) -> Decimal:
        return self.sign * self.net

    @property
    def signed_vat(self) -> Decimal:
        return self.sign * self.vat

    def balance(self) -> Decimal:
        """What is left to pay (EUR): below zero when more was paid or credited than asked. A credit note owes
        nothing by itself: it counts on the invoice that it credits."""
        if hasattr(self, "left"):
            return self.left
        rows = Invoice.objects.with_paid().values_list("left", flat=True)  # type: ignore[misc]  # an annotation
        return rows.get(pk=self.pk)

    @property
    def owed_back(self) -> Decimal:
        """What the association paid or was credited beyond what is asked (EUR), zero when it owes."""
        return max(-self.balance(), ZERO)

    @property
    def status_label(self) -> str:
        if self.is_credit:
            return str(_("avoir"))
        if self.balance() <= 0:
            credited = getattr(self, "credited", ZERO) >= self.gross > 0
            return str(_("annulée par avoir")) if credited else str(_("payée"))
        return str(_("en retard")) if timezone.localdate() > self.due_on else str(_("à payer"))


class InvoiceLine(PricedLine):
    """A line of an invoice; `net` and `vat` (EUR) close on its amount, nets and amounts on the invoice's totals.

    `against` is the line of another document that this one takes back: of the credited invoice, or of the deposit
    that a final invoice deducts (with a negative amount). `term_months` is the period of a line of a subscription.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    against = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="taken_back", null=True, blank=True
    )
    term_months = models.PositiveSmallIntegerField(_("période (mois)"), null=True, blank=True)
    net = models.DecimalField(_("montant HT"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("TVA"), max_digits=12, decimal_places=2)

    objects: ClassVar[models.Manager["InvoiceLine"]] = ScopedManager(hoster="invoice__hoster")

    class Meta(PricedLine.Meta):
        verbose_name = _("ligne de facture")
        verbose_name_plural = _("lignes de facture")
