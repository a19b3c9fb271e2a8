from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.frozen import Frozen
from pricing.engine import Cadence


class PricedLine(Frozen):
    """One line of a document, copied from the price at issue: what, which rule gave it, how much.

    `amount` is what the client pays (EUR). `category` is the VAT category of EN 16931: S charged, E exempt,
    O out of scope.
    """

    class Cadences(models.TextChoices):
        PERIOD = Cadence.PERIOD.value, _("à chaque période")
        ONE_OFF = Cadence.ONE_OFF.value, _("une fois")
        YEARLY = Cadence.YEARLY.value, _("chaque année")

    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("désignation"), max_length=200)
    rule = models.CharField(_("règle"), max_length=400)
    quantity = models.DecimalField(_("quantité"), max_digits=14, decimal_places=4)
    unit = models.CharField(_("unité"), max_length=60, blank=True)
    cadence = models.CharField(_("rythme"), max_length=10, choices=Cadences)
    category = models.CharField(_("catégorie de TVA"), max_length=2)
    rate = models.DecimalField(_("taux de TVA (%)"), max_digits=4, decimal_places=2)
    amount = models.DecimalField(_("montant à payer"), max_digits=12, decimal_places=2)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label
