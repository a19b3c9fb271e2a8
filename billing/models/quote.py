from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.document import Document
from billing.models.frozen import Frozen
from billing.models.lines import PricedLine, rhythm_groups
from crm.models import Contact, Organization
from hosters.models import Hoster
from offers.models import Offer, TariffVersion
from pricing.presentation import LineGroup, TotalRow, bill_rows, caption, main_price
from pricing.typography import euros


class Renewal(models.TextChoices):
    """What a contract does at its term (002-042)."""

    TACIT = "tacit", _("reconduit à son terme, sauf avis contraire")
    NONE = "none", _("s’arrête à son terme")


class QuoteQuerySet(models.QuerySet["Quote"]):
    def latest_first(self) -> "QuoteQuerySet":
        return self.order_by("-issued_on", "-pk").select_related("organization", "document")

    def for_rows(self) -> "QuoteQuerySet":
        """The latest first, with only what a row of a list tells of each: parties, texts and totals stay unread."""
        told = ("number", "state", "issued_on", "valid_until", "promise", "first_year_gross")
        return self.latest_first().only(*told, "organization__name", "document__state")

    def issued(self) -> "QuoteQuerySet":
        """Those that left: a draft has no number."""
        return self.exclude(number="")

    def current(self) -> "QuoteQuerySet":
        """Those that left and that no newer version replaced."""
        return self.issued().exclude(state=Quote.State.SUPERSEDED)

    def undecided(self, on: date | None = None) -> "QuoteQuerySet":
        """Those on which an association may still decide that day (today by default)."""
        return self.filter(state__in=Quote.OPEN_STATES, valid_until__gte=on or timezone.localdate())


QuoteManager = models.Manager.from_queryset(QuoteQuerySet)


class Quote(Frozen):
    """A numbered offer to one organisation. Everything it says was copied at issue; only its state lives on.

    A draft has no number and no document yet; it is rewritten by `billing.quoting.drafts` alone. `offer` and
    `tariff_version` are those of its first offer, None when every line is written by hand. `seller`, `buyer` are
    `Party` copies, `promise` what the offers said (needs, exit), `totals` the four bills (`billing.totals`) in EUR.
    `former` is the version that this one replaces once sent, `changes` what differs from it, in French sentences.
    """

    Renewal = Renewal

    class State(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        SENT = "sent", _("envoyé")
        SEEN = "seen", _("vu")
        IN_REVIEW = "in_review", _("devant le conseil")
        ACCEPTED = "accepted", _("accepté")
        REFUSED = "refused", _("refusé")
        EXPIRED = "expired", _("expiré")
        SUPERSEDED = "superseded", _("remplacé")
        WITHDRAWN = "withdrawn", _("retiré")

    #: The association may still decide, until the end of the last day of validity.
    OPEN_STATES = (State.SENT, State.SEEN, State.IN_REVIEW)

    living_fields = frozenset({"state", "meeting_on", "valid_until"})

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="quotes")
    number = models.CharField(_("numéro"), max_length=35, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    former: models.ForeignKey["Quote | None", "Quote | None"] = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="quotes")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="quotes")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes")
    tariff_version = models.ForeignKey(
        TariffVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes"
    )
    title = models.CharField(_("objet"), max_length=120, blank=True)
    message = models.TextField(_("message à l’association"), max_length=2000, blank=True)
    success = models.CharField(_("pour que cela réussisse"), max_length=400, blank=True)
    risks = models.CharField(_("ce qui peut gêner"), max_length=400, blank=True)
    client_part = models.CharField(_("ce que l’association aura à faire"), max_length=400, blank=True)
    discount_percent = models.DecimalField(
        _("remise solidaire (%)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    discount_amount = models.DecimalField(
        _("remise solidaire (€ par période)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    discount_reason = models.CharField(_("motif de la remise"), max_length=160, blank=True)
    changes = models.JSONField(default=list, blank=True)
    renewal = models.CharField(_("à son terme"), max_length=6, choices=Renewal, default=Renewal.TACIT)
    state = models.CharField(_("état"), max_length=12, choices=State, default=State.SENT)
    meeting_on = models.DateField(_("réunion du conseil le"), null=True, blank=True)

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
    #: Typed as always there: only a draft has none, and no page of a document shows a draft.
    document: models.OneToOneField[Document, Document] = models.OneToOneField(  # type: ignore[misc]
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="quote"
    )
    request_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[QuoteManager] = ScopedManager(_manager_class=QuoteManager, hoster="hoster")

    class Meta:
        verbose_name = _("devis")
        verbose_name_plural = _("devis")
        constraints = [
            models.UniqueConstraint(
                fields=["hoster", "number"], condition=~models.Q(number=""), name="quote_number_once"
            )
        ]
        indexes = [
            models.Index(fields=["hoster", "issued_on"]),
            models.Index(fields=["hoster", "state", "valid_until"], name="quote_state"),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Brouillon"))

    def get_absolute_url(self) -> str:
        if self.state == self.State.DRAFT:
            return reverse("staff:quote_draft", kwargs={"pk": self.pk})
        if not self.number:  # a draft that was given up: there is nothing to read any more
            return reverse("staff:quotes")
        return reverse("staff:quote", kwargs={"pk": self.pk})

    def expired(self, on: date | None = None) -> bool:
        """Valid until the last minute of its last day in Europe/Paris, the time zone of the project (DEV-03).

        True from midnight on, whether or not the daily task has written the state yet.
        """
        late = (on or timezone.localdate()) > self.valid_until
        return self.state == self.State.EXPIRED or (self.state in self.OPEN_STATES and late)

    def current_state(self, on: date | None = None) -> str:
        """Its state as everybody must see it: past its last day, an undecided quote is expired."""
        return self.State.EXPIRED if self.expired(on) else self.state

    @property
    def undecided(self) -> bool:
        """Whether the association may still decide now."""
        return self.current_state() in self.OPEN_STATES

    @property
    def with_vat(self) -> bool:
        """Whether its amounts are TTC: a mention replaces VAT where none is charged."""
        return not self.mention

    @property
    def caption(self) -> str:
        """What follows the price of a period, such as « TTC par mois »."""
        return caption(self.term_months, with_vat=self.with_vat)

    @property
    def main_price(self) -> tuple[Decimal, str]:
        """The price that a quote speaks of first (EUR) and its rhythm: a period; else a year; else only once."""
        yearly, first = (Decimal(self.totals[bill]["gross"]) for bill in ("yearly", "first"))
        return main_price(self.term_months, period=self.period_gross, first=first, yearly=yearly)

    @property
    def main_gross(self) -> Decimal:
        """The amount of the main price, in EUR."""
        return self.main_price[0]

    @property
    def main_rhythm(self) -> str:
        """How often the main price is paid, such as « par mois »."""
        return self.main_price[1]

    @property
    def main_caption(self) -> str:
        """What follows the main price, such as « TTC par mois »."""
        return f"{gettext('TTC')} {self.main_rhythm}" if self.with_vat else self.main_rhythm

    @property
    def main_price_words(self) -> str:
        """The main price in one phrase, such as « 30,00 € TTC par mois »."""
        return f"{euros(self.main_gross)} {self.main_caption}"

    @property
    def kept_lines(self) -> list["QuoteLine"]:
        """The lines that count: all but the options that were not chosen."""
        return [line for line in self.lines.all() if line.kept]

    @property
    def spare_lines(self) -> list["QuoteLine"]:
        """The options that were not chosen: shown with their price, in no total."""
        return [line for line in self.lines.all() if not line.kept]

    @property
    def groups(self) -> list[LineGroup]:
        """Its lines, by rhythm."""
        return rhythm_groups(self.kept_lines)

    @property
    def spare_groups(self) -> list[LineGroup]:
        """The options that were not chosen, by rhythm."""
        return rhythm_groups(self.spare_lines)

    @property
    def total_rows(self) -> list[TotalRow]:
        """First invoice, first year, following years if anything comes back, as frozen at issue."""
        first, year, after = (
            Decimal(self.totals[bill]["gross"]) for bill in ("first", "first_year", "yearly")
        )
        return bill_rows(first, year, after or None, with_vat=self.with_vat)

    @property
    def shares(self) -> list[TotalRow]:
        """What goes to each structure the first year, as frozen at issue; nothing for a hoster alone (002-167)."""
        told = self.promise.get("shares", [])
        return [TotalRow(each["label"], Decimal(each["amount"])) for each in told]

    @property
    def status_label(self) -> str:
        return str(self.State(self.current_state()).label)


class QuoteLine(PricedLine):
    """A line of a quote, with what the later invoices of its subscription need.

    `typed_amount` is as the tariff says it (HT unless `tax_included`); `periods` ends a welcome discount;
    `from_year` is 2 for a membership already paid this year. `term_months` is the line's own period: a quote may hold
    several. An `optional` line counts only when `kept`; `item` is its position in the quote, for options.
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="lines")
    typed_amount = models.DecimalField(max_digits=12, decimal_places=2)
    tax_included = models.BooleanField()
    periods = models.PositiveSmallIntegerField(null=True)
    from_year = models.PositiveSmallIntegerField(default=1)
    term_months = models.PositiveSmallIntegerField(_("période (mois)"), default=1)
    optional = models.BooleanField(_("en option"), default=False)
    kept = models.BooleanField(_("comptée"), default=True)
    item = models.PositiveSmallIntegerField(_("poste"), default=1)

    objects: ClassVar[models.Manager["QuoteLine"]] = ScopedManager(hoster="quote__hoster")

    class Meta(PricedLine.Meta):
        verbose_name = _("ligne de devis")
        verbose_name_plural = _("lignes de devis")
