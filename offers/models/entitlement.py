from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from offers.models.offer import OfferComponent


class Entitlement(models.Model):
    """A right that a component gives in an offer (002-104, 002-105, 002-138).

    Either a metric of the tariff, whose quantity is the one the tariff brings (written once, so that the promise
    and the price cannot disagree), or a few words for what is had or not had.
    """

    part = models.ForeignKey(OfferComponent, on_delete=models.CASCADE, related_name="entitlements")
    metric = models.CharField(_("ce qui est compté"), max_length=64, blank=True)
    label = models.CharField(_("en toutes lettres"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects: ClassVar[models.Manager["Entitlement"]] = ScopedManager(hoster="part__offer__hoster")

    class Meta:
        verbose_name = _("droit")
        verbose_name_plural = _("droits")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(metric="") & ~Q(label="")) | (~Q(metric="") & Q(label="")),
                name="entitlement_metric_or_label",
            )
        ]

    def __str__(self) -> str:
        return self.metric or self.label
