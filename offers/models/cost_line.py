from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.offer import Offer
from offers.models.record import Record


class CostLine(Record):
    """What the hoster spends in a year, EUR HT (002-018, 002-023)."""

    class Family(models.TextChoices):
        INFRASTRUCTURE = "infrastructure", _("infrastructure")
        PAYROLL = "payroll", _("masse salariale")
        RUNNING = "running", _("fonctionnement")
        SAVINGS = "savings", _("épargne")

    class Nature(models.TextChoices):
        FIXED = "fixed", _("fixe : dû quoi qu’il arrive")
        PER_CLIENT = "per_client", _("variable : dû pour chaque client")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="cost_lines")
    year = models.PositiveSmallIntegerField(
        _("année"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    family = models.CharField(_("famille"), max_length=15, choices=Family)
    label = models.CharField(_("quoi"), max_length=120)
    amount = models.DecimalField(
        _("montant par an (€ HT)"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, default=Nature.FIXED)
    offer = models.ForeignKey(
        Offer,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="cost_lines",
        verbose_name=_("pour une seule offre"),
    )

    objects: ClassVar[models.Manager["CostLine"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("ligne de coût")
        verbose_name_plural = _("lignes de coût")
        ordering = ["-year", "family", "label", "pk"]

    def __str__(self) -> str:
        return f"{self.label} ({self.year})"
