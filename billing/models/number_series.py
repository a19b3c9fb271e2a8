from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class NumberSeries(models.Model):
    """The next number of a kind of document for a year. One row, locked while a document is issued (NUM-01)."""

    class Kind(models.TextChoices):
        QUOTE = "quote", _("devis")
        INVOICE = "invoice", _("factures")
        DEPOSIT = "deposit", _("factures d’acompte")
        CREDIT_NOTE = "credit_note", _("avoirs")
        CORRECTIVE = "corrective", _("factures rectificatives")
        CONTRACT = "contract", _("contrats")
        DEBIT = "debit", _("remises de prélèvements")

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="number_series")
    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField()
    next_number = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["NumberSeries"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("série de numéros")
        verbose_name_plural = _("séries de numéros")
        constraints = [models.UniqueConstraint(fields=["hoster", "kind", "year"], name="one_series_per_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"
