from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.contract_change import ContractChange
from billing.models.quote import Quote, Renewal
from crm.models import Organization
from hosters.models import Hoster
from pricing.periods import months_after

#: A contract that stops at its term is spoken of this long before (002-042).
LAST_TERM_TOLD = timedelta(days=60)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> "SubscriptionQuerySet":
        return self.filter(ended_on=None)

    def awaiting(self, day: date) -> "SubscriptionQuerySet":
        """Those with something to do that day: an invoice to issue, an end or a renewal that came, a last term of
        which to remind."""
        due = models.Q(next_invoice_on__lte=day) | models.Q(ends_on__lt=day) | self._last_terms(day)
        return self.active().filter(due | models.Q(commitment_until__lt=day, ends_on=None))

    @staticmethod
    def _last_terms(day: date) -> models.Q:
        until = day + LAST_TERM_TOLD
        return models.Q(
            renewal=Subscription.Renewal.NONE, ends_on=None, started_on__lte=day, commitment_until__lte=until
        )


SubscriptionManager = models.Manager.from_queryset(SubscriptionQuerySet)


class Subscription(models.Model):
    """What an accepted quote started: periods counted from one anchor day, each paid in advance (002-042).

    `commitment_until` is the last day of what is committed, None when nothing comes back; `next_invoice_on` the day
    of the next invoice, None when nothing more is due. `ends_on` is the last day, once an end is decided, and
    `leaving_since` the day on which it was asked: a period that begins later is owed for its own days only.
    `order_number` is what the client wants to read on the invoices to come (INV-12).
    `free_exit_from`: since that day the association may leave at any time and is paid back (L215-1).
    `ended_on` is written when the last day is over. `replaces`: the contract that this one changed. `price_change`: the
    last change of price that was announced, whether it applies already or not (CON-07).
    """

    Renewal = Renewal

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="subscriptions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="subscriptions")
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="subscription")
    started_on = models.DateField(_("commencé le"))
    ended_on = models.DateField(_("terminé le"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("période (mois)"))
    replaces: models.OneToOneField["Subscription | None", "Subscription | None"] = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    renewal = models.CharField(_("à son terme"), max_length=6, choices=Renewal, default=Renewal.TACIT)
    commitment_until = models.DateField(_("engagé jusqu’au"), null=True, blank=True)
    next_invoice_on = models.DateField(_("prochaine facture le"), null=True, blank=True)
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    leaving_since = models.DateField(_("départ demandé le"), null=True, blank=True)
    order_number = models.CharField(_("numéro de bon de commande"), max_length=50, blank=True)
    free_exit_from = models.DateField(_("sortie libre depuis le"), null=True, blank=True)
    price_change = models.ForeignKey(
        ContractChange, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[SubscriptionManager] = ScopedManager(
        _manager_class=SubscriptionManager, hoster="hoster"
    )

    class Meta:
        verbose_name = _("abonnement")
        verbose_name_plural = _("abonnements")
        indexes = [
            models.Index(fields=["ended_on", "next_invoice_on"]),
            models.Index(fields=["ended_on", "ends_on"]),
            models.Index(fields=["ended_on", "commitment_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.quote.promise['offer']} · {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("staff:subscription", kwargs={"pk": self.pk})

    def day(self, months: int) -> date:
        """The day that many months after the start, from the anchor: the 31st stays the 31st where it exists."""
        return months_after(self.started_on, months)

    def months_begun(self, on: date) -> int:
        """How many whole months after the start that day is: the last anniversary of a month that has come."""
        months = (on.year - self.started_on.year) * 12 + on.month - self.started_on.month
        return months if self.day(months) <= on else months - 1

    def change_on(self, day: date) -> ContractChange | None:
        """The change of price that holds for a period that begins that day; None: the price of the quote."""
        change = self.price_change
        while change is not None and not change.holds_on(day):
            change = change.former
        return change

    @property
    def price_words(self) -> str:
        """What it costs today, such as « 30,00 € TTC par mois »."""
        change = self.change_on(timezone.localdate())
        return change.new_price if change else self.quote.main_price_words

    @property
    def coming_price(self) -> ContractChange | None:
        """The change of price that was announced and is still to come."""
        change = self.price_change
        if change is None or change.withdrawn_at or change.effective_on <= timezone.localdate():
            return None
        return change

    def stops_soon(self, day: date) -> bool:
        """Whether its last term is near and nobody was told yet that it stops there (002-042)."""
        last = self.renewal == Renewal.NONE and self.ends_on is None and self.started_on <= day
        return last and self.commitment_until is not None and self.commitment_until <= day + LAST_TERM_TOLD
