from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.record import Record


class RevenueKind(models.TextChoices):
    """Where the money of a structure comes from, as the course tells it apart (002-008)."""

    MEMBERSHIP = "membership", _("cotisation")
    SUBSCRIPTION = "subscription", _("abonnement")
    GOODS = "goods", _("vente de biens ou de produits")
    SERVICES = "services", _("vente de services")
    TENDER = "tender", _("appel d’offres ou à projets")
    GIFT = "gift", _("don")
    SUBSIDY = "subsidy", _("subvention")
    PATRONAGE = "patronage", _("mécénat")
    OTHER = "other", _("autre")


#: What a tariff makes clients pay; the other kinds are money that no invoice asks for.
SOLD = frozenset({RevenueKind.MEMBERSHIP, RevenueKind.SUBSCRIPTION, RevenueKind.GOODS, RevenueKind.SERVICES})


class RevenueSource(Record):
    """What the hoster expects of one source in a year, EUR HT, and what came of it without an invoice (002-005)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="revenue_sources")
    year = models.PositiveSmallIntegerField(
        _("année"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    kind = models.CharField(_("source"), max_length=12, choices=RevenueKind)
    label = models.CharField(_("de qui, de quoi"), max_length=120, blank=True)
    planned = models.DecimalField(
        _("montant prévu (€ HT)"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    received = models.DecimalField(
        _("montant reçu hors factures (€)"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("Une subvention, un don : ce que vos factures ne disent pas. Elles sont déjà comptées."),
    )

    objects: ClassVar[models.Manager["RevenueSource"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("source de recettes")
        verbose_name_plural = _("sources de recettes")
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return f"{self.label or self.get_kind_display()} ({self.year})"
