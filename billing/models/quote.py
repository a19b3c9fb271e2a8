from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.document import Document
from billing.models.frozen import Frozen
from billing.models.lines import PricedLine
from crm.models import Contact, Organization
from hosters.models import Hoster
from offers.models import Offer, TariffVersion
from pricing.presentation import LineGroup, TotalRow, bill_rows, caption, line_groups


class QuoteQuerySet(models.QuerySet["Quote"]):
    def latest_first(self) -> "QuoteQuerySet":
        return self.order_by("-issued_on", "-pk").select_related("organization", "document")


QuoteManager = models.Manager.from_queryset(QuoteQuerySet)


class Quote(Frozen):
    """A numbered offer to one organisation. Everything it says was copied at issue; only its state lives on.

    `seller`, `buyer` are `Party` copies, `promise` what the offer said (needs, exit), `totals` the four bills
    (`billing.totals.Totals`) in EUR.
    """

    class State(models.TextChoices):
        SENT = "sent", _("envoyé")
        ACCEPTED = "accepted", _("accepté")

    living_fields = frozenset({"state"})

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="quotes")
    number = models.CharField(_("numéro"), max_length=35)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="quotes")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="quotes")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="quotes")
    tariff_version = models.ForeignKey(TariffVersion, on_delete=models.PROTECT, related_name="quotes")
    state = models.CharField(_("état"), max_length=12, choices=State, default=State.SENT)

    issued_on = models.DateField(_("émis le"))
    valid_until = models.DateField(_("valable jusqu’au"))
    term_months = models.PositiveSmallIntegerField(_("période (mois)"))
    selection = models.JSONField(_("configuration"))
    seller = models.JSONField()
    buyer = models.JSONField()
    promise = models.JSONField()
    totals = models.JSONField()
    mention = models.CharField(_("mention de TVA"), max_length=200, blank=True)
    period_gross = models.DecimalField(_("par période (€)"), max_digits=12, decimal_places=2)
    first_year_gross = models.DecimalField(_("première année (€)"), max_digits=12, decimal_places=2)
    calculation_version = models.PositiveSmallIntegerField(default=1)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="quote")
    request_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[QuoteManager] = ScopedManager(_manager_class=QuoteManager, hoster="hoster")

    class Meta:
        verbose_name = _("devis")
        verbose_name_plural = _("devis")
        constraints = [models.UniqueConstraint(fields=["hoster", "number"], name="quote_number_once")]
        indexes = [models.Index(fields=["hoster", "issued_on"]), models.Index(fields=["hoster", "state"])]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("staff:quote", kwargs={"pk": self.pk})

    def expired(self, on: date | None = None) -> bool:
        """Valid until the last minute of its last day, in the hoster's time zone (DEV-03)."""
        return self.state == self.State.SENT and (on or timezone.localdate()) > self.valid_until

    @property
    def with_vat(self) -> bool:
        """Whether its amounts are TTC: a mention replaces VAT where none is charged."""
        return not self.mention

    @property
    def caption(self) -> str:
        """What follows the price of a period, such as « TTC par mois »."""
        return caption(self.term_months, with_vat=self.with_vat)

    @property
    def groups(self) -> list[LineGroup]:
        """Its lines, by rhythm."""
        return line_groups(self.lines.all(), months=self.term_months)

    @property
    def total_rows(self) -> list[TotalRow]:
        """First invoice, first year, following years, as frozen at issue."""
        first, year, after = (
            Decimal(self.totals[bill]["gross"]) for bill in ("first", "first_year", "yearly")
        )
        return bill_rows(first, year, after, with_vat=self.with_vat)

    @property
    def status_label(self) -> str:
        return str(_("expiré")) if self.expired() else self.get_state_display()


class QuoteLine(PricedLine):
    """A line of a quote, with what the later invoices of its subscription need.

    `typed_amount` is as the tariff says it (HT unless `tax_included`); `periods` ends a welcome discount;
    `from_year` is 2 for a membership already paid this year.
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="lines")
    typed_amount = models.DecimalField(max_digits=12, decimal_places=2)
    tax_included = models.BooleanField()
    periods = models.PositiveSmallIntegerField(null=True)
    from_year = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[models.Manager["QuoteLine"]] = ScopedManager(hoster="quote__hoster")

    class Meta(PricedLine.Meta):
        verbose_name = _("ligne de devis")
        verbose_name_plural = _("lignes de devis")
