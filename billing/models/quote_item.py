from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.lines import PricedLine
from billing.models.quote import Quote
from offers.models import Offer, TariffVersion


class QuoteItem(models.Model):
    """What was put in a quote before it is priced: an offer and its configuration, or a line written by hand.

    The frozen lines (`QuoteLine`) are worked out from the items, here and nowhere else, so that a revision, a copy
    or a renewal starts from what was meant rather than from amounts. An item changes only while its quote is a
    draft. `unit_price` is in EUR, TTC when `tax_included`; `vat` a rate in percent, "O" for what is out of
    its scope, "" for the hoster's usual rate. `goods`: an object, whose sale is no service (INV-15). An `optional`
    item counts only when `chosen`. `choosable`: the association may change the supplements of the offer before it
    decides (`billing.tariff_options`). `explanation` and `sessions`, one a line (`billing.delivery.sessions`), are
    what this association gets of its own (000-008). `need` is which of the needs that the organisation told it
    answers, in the very words of `billing.quoting.needs` (002-211, 003-010).
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(default=1)
    optional = models.BooleanField(_("en option : l’association choisit"), default=False)
    chosen = models.BooleanField(_("option retenue"), default=False)

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tariff_version = models.ForeignKey(
        TariffVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    selection = models.JSONField(default=dict, blank=True)
    choosable = models.BooleanField(_("suppléments laissés au choix de l’association"), default=False)

    label = models.CharField(_("désignation"), max_length=120, blank=True)
    explanation = models.CharField(_("explication"), max_length=300, blank=True)
    quantity = models.DecimalField(_("quantité"), max_digits=9, decimal_places=2, default=1)
    unit = models.CharField(_("unité"), max_length=30, blank=True)
    unit_price = models.DecimalField(_("prix unitaire (€)"), max_digits=9, decimal_places=2, default=0)
    tax_included = models.BooleanField(_("prix TTC"), default=True)
    vat = models.CharField(_("TVA"), max_length=6, blank=True)
    cadence = models.CharField(
        _("rythme"), max_length=10, choices=PricedLine.Cadences, default=PricedLine.Cadences.ONE_OFF
    )
    term_months = models.PositiveSmallIntegerField(_("période (mois)"), default=1)

    goods = models.BooleanField(_("un objet vendu et remis"), default=False)
    need = models.CharField(_("répond à"), max_length=200, blank=True)
    sessions = models.TextField(_("séances prévues"), max_length=2000, blank=True)

    objects: ClassVar[models.Manager["QuoteItem"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("poste de devis")
        verbose_name_plural = _("postes de devis")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As people read it in a list of items."""
        return self.offer.name if self.offer else self.label

    @property
    def kept(self) -> bool:
        """Whether it counts in the totals."""
        return self.chosen or not self.optional
