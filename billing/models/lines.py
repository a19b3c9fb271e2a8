from collections.abc import Iterable
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.frozen import Frozen
from offers.models import ComponentKind
from offers.models.offer import HYBRID
from pricing.engine import Cadence
from pricing.presentation import LineGroup, line_groups


class PricedLine(Frozen):
    """One line of a document, copied from the price at issue: what, which rule gave it, how much.

    `whole`: the price is that of all the quantity, such as a tier; there is no price for one. `amount` is what the
    client pays (EUR). `category` is the VAT category of EN 16931: S charged, E exempt,
    O out of scope. `nature`: what it pays for, worked out at issue (`billing.natures`); "" for a deposit, and on
    documents of before.
    """

    class Cadences(models.TextChoices):
        PERIOD = Cadence.PERIOD.value, _("à chaque période")
        ONE_OFF = Cadence.ONE_OFF.value, _("une fois")
        YEARLY = Cadence.YEARLY.value, _("chaque année")

    class Nature(models.TextChoices):
        """As `offers.ComponentKind`, with what mixes several, objects sold (before the law, the only goods: INV-15) and
        what is no sale."""

        PRESTATION = ComponentKind.PRESTATION.value, _("prestations, faites une fois")
        SERVICE = ComponentKind.SERVICE.value, _("services : l’aide qui suit")
        PRODUIT = ComponentKind.PRODUIT.value, _("produits : les outils")
        HYBRID = HYBRID, _("offres hybrides, sans détail par ligne")
        GOODS = "bien", _("biens remis : le matériel vendu")
        MEMBERSHIP = "adhesion", _("adhésions")

    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("désignation"), max_length=200)
    rule = models.CharField(_("règle"), max_length=400)
    quantity = models.DecimalField(_("quantité"), max_digits=14, decimal_places=4)
    unit = models.CharField(_("unité"), max_length=60, blank=True)
    whole = models.BooleanField(_("prix de l’ensemble"), default=False)
    cadence = models.CharField(_("rythme"), max_length=10, choices=Cadences)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, blank=True, default="")
    category = models.CharField(_("catégorie de TVA"), max_length=2)
    rate = models.DecimalField(_("taux de TVA (%)"), max_digits=4, decimal_places=2)
    amount = models.DecimalField(_("montant à payer"), max_digits=12, decimal_places=2)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class HasRhythm(Protocol):
    """A line that says when it is due."""

    @property
    def cadence(self) -> str: ...
    @property
    def term_months(self) -> int: ...


def rhythm_groups(lines: Iterable[HasRhythm]) -> list[LineGroup]:
    """Lines by rhythm, the shortest period first, then what comes once, then each year."""
    rows = list(lines)
    recurring = [row for row in rows if row.cadence == Cadence.PERIOD]
    groups = []
    for months in sorted({row.term_months for row in recurring}):
        groups += line_groups([row for row in recurring if row.term_months == months], months=months)
    return groups + line_groups([row for row in rows if row.cadence != Cadence.PERIOD], months=1)
