from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.quote import Quote
from billing.periods import months_after
from crm.models import Organization
from hosters.models import Hoster


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> "SubscriptionQuerySet":
        return self.filter(ended_on=None)


SubscriptionManager = models.Manager.from_queryset(SubscriptionQuerySet)


class Subscription(models.Model):
    """What an accepted quote started: periods counted from one anchor day, each paid in advance."""

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="subscriptions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="subscriptions")
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="subscription")
    started_on = models.DateField(_("commencé le"))
    ended_on = models.DateField(_("terminé le"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("période (mois)"))

    objects: ClassVar[SubscriptionManager] = ScopedManager(
        _manager_class=SubscriptionManager, hoster="hoster"
    )

    class Meta:
        verbose_name = _("abonnement")
        verbose_name_plural = _("abonnements")

    def __str__(self) -> str:
        return f"{self.quote.promise['offer']} · {self.organization}"

    def day(self, months: int) -> date:
        """The day that many months after the start, from the anchor: the 31st stays the 31st where it exists."""
        return months_after(self.started_on, months)
