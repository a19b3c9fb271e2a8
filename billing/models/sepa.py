from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from billing.models.invoice import Invoice
from billing.models.payment import Payment
from crm.models import Contact, Organization
from hosters.models import Hoster
from pricing.periods import months_after

UNUSED_MONTHS = 36  # a mandate without collection lapses (SEPA Core rulebook, SEP-01)


class Scheme(models.TextChoices):
    """The rules a debit follows: what a person or an association may ask back, or not."""

    CORE = "CORE", _("standard : remboursable sur demande pendant huit semaines")
    B2B = "B2B", _("interentreprises : enregistré à la banque du client, sans remboursement")


class SepaMandateQuerySet(models.QuerySet["SepaMandate"]):
    def with_last_use(self) -> "SepaMandateQuerySet":
        """Each with `last_use`, the day of its last collection, or of its signature."""
        used = models.Q(orders__state__in=[DebitOrder.State.SENT, DebitOrder.State.COLLECTED])
        last = models.Max("orders__collect_on", filter=used)
        return self.annotate(last_use=Coalesce(last, models.F("signed_on")))

    def usable(self, on: date) -> "SepaMandateQuerySet":
        """Neither revoked nor lapsed on that day."""
        standing = self.with_last_use().filter(revoked_at=None)
        return standing.filter(last_use__gt=months_after(on, -UNUSED_MONTHS))  # type: ignore[misc]  # an annotation


SepaMandateManager = models.Manager.from_queryset(SepaMandateQuerySet)


class SepaMandate(Frozen):
    """A signed authorisation to debit an account, with everything that it must carry (SEP-01).

    `creditor` and `debtor` are copied at signature. `rum` is its reference, unique at the creditor. A change of account
    is a new mandate; only a revocation may be added.
    """

    living_fields = frozenset({"revoked_at", "revoked_reason", "organization"})

    class Origin(models.TextChoices):
        SPACE = "space", _("signé dans l’espace de l’association")
        PAPER = "paper", _("signé sur papier")

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="mandates")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="mandates")
    rum = models.CharField(_("référence unique (RUM)"), max_length=35)
    scheme = models.CharField(_("règles"), max_length=4, choices=Scheme, default=Scheme.CORE)
    creditor = models.JSONField()
    debtor = models.JSONField()
    iban = models.CharField(_("IBAN"), max_length=34)
    origin = models.CharField(_("origine"), max_length=5, choices=Origin)
    signed_on = models.DateField(_("signé le"))
    place = models.CharField(_("fait à"), max_length=80)
    signatory = models.CharField(_("signataire"), max_length=80)
    role = models.CharField(_("fonction"), max_length=80, blank=True)
    statement = models.TextField(_("autorisation signée"))
    proof = models.JSONField(default=dict)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(_("révoqué le"), null=True, blank=True)
    revoked_reason = models.CharField(_("motif de la révocation"), max_length=200, blank=True)

    objects: ClassVar[SepaMandateManager] = ScopedManager(_manager_class=SepaMandateManager, hoster="hoster")

    class Meta:
        verbose_name = _("mandat de prélèvement")
        verbose_name_plural = _("mandats de prélèvement")
        constraints = [models.UniqueConstraint(fields=["hoster", "rum"], name="mandate_reference_once")]

    def __str__(self) -> str:
        return self.rum

    def get_absolute_url(self) -> str:
        return reverse("staff:mandate", kwargs={"pk": self.pk})

    @property
    def masked_iban(self) -> str:
        """The country and the last figures, as screens show it."""
        return f"{self.iban[:4]} •••• {self.iban[-4:]}"

    @property
    def lapses_on(self) -> date:
        """The day from which it may no longer be used; needs `last_use`."""
        return months_after(self.last_use, UNUSED_MONTHS)  # type: ignore[attr-defined]  # an annotation


class DebitBatchQuerySet(models.QuerySet["DebitBatch"]):
    def with_awaited(self) -> "DebitBatchQuerySet":
        """Each with `awaited`, what the bank still has to pay (EUR): the total without what came back; zero once it
        is collected."""
        sent = models.Sum("orders__amount", filter=models.Q(orders__state=DebitOrder.State.SENT))
        zero = models.Value(Decimal(0))
        return self.annotate(awaited=Coalesce(sent, zero, output_field=models.DecimalField()))


DebitBatchManager = models.Manager.from_queryset(DebitBatchQuerySet)


class DebitBatch(Frozen):
    """A file of debits for the bank, made once: its bytes never change, downloading it again gives the same ones."""

    living_fields = frozenset({"collected_on"})

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="debit_batches")
    number = models.CharField(_("numéro"), max_length=35)
    scheme = models.CharField(_("règles"), max_length=4, choices=Scheme)
    message_id = models.CharField(_("identifiant du message"), max_length=35)
    total = models.DecimalField(_("total (€)"), max_digits=12, decimal_places=2)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    key = models.UUIDField(unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    collected_on = models.DateField(_("encaissée le"), null=True, blank=True)

    objects: ClassVar[DebitBatchManager] = ScopedManager(_manager_class=DebitBatchManager, hoster="hoster")

    class Meta:
        verbose_name = _("remise de prélèvements")
        verbose_name_plural = _("remises de prélèvements")
        constraints = [models.UniqueConstraint(fields=["hoster", "number"], name="debit_batch_number_once")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("staff:debit_batch", kwargs={"pk": self.pk})


class DebitOrder(models.Model):
    """The debit of one invoice: announced, sent to the bank, collected or rejected.

    One at most may be under way or collected for an invoice: nobody is debited twice. `collect_on` is never earlier
    than what was announced, `amount` (EUR) never more.
    """

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("annoncé")
        SENT = "sent", _("remis à la banque")
        COLLECTED = "collected", _("encaissé")
        REJECTED = "rejected", _("rejeté")
        CANCELLED = "cancelled", _("abandonné")

    #: Its money is still to come; and those of which an invoice has one at most.
    UNDER_WAY = (State.ANNOUNCED, State.SENT)
    LIVE = (*UNDER_WAY, State.COLLECTED)

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="debit_orders")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="debit_orders")
    mandate = models.ForeignKey(SepaMandate, on_delete=models.PROTECT, related_name="orders")
    amount = models.DecimalField(
        _("montant (€)"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    announced_on = models.DateField(_("annoncé le"))
    collect_on = models.DateField(_("prélevé le"))
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.ANNOUNCED)
    end_to_end = models.CharField(_("référence de bout en bout"), max_length=35)
    batch = models.ForeignKey(
        DebitBatch, on_delete=models.PROTECT, related_name="orders", null=True, blank=True
    )
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, related_name="debit_order", null=True, blank=True
    )
    code = models.CharField(_("code de rejet"), max_length=4, blank=True)
    reason = models.CharField(_("motif"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["DebitOrder"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("prélèvement")
        verbose_name_plural = _("prélèvements")
        constraints = [
            models.UniqueConstraint(fields=["hoster", "end_to_end"], name="end_to_end_once"),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=models.Q(state__in=["announced", "sent", "collected"]),
                name="invoice_debited_once",
            ),
        ]
        indexes = [models.Index(fields=["hoster", "state", "collect_on"])]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.amount}"
