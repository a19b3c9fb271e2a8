from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from offers.models.offer import Offer


class Strategy(models.TextChoices):
    """Where a price wants to be among the others (002-029 to 002-031)."""

    LOWER = "lower", _("viser plus bas")
    ALIGN = "align", _("s’aligner")
    HIGHER = "higher", _("viser plus haut")


class Argument(models.TextChoices):
    """What justifies a higher price (002-031)."""

    ACCOMPANIMENT = "accompaniment", _("un accompagnement humain")
    LOCAL = "local", _("un service local")
    CRAFT = "craft", _("un travail artisanal")
    ETHICAL = "ethical", _("un choix éthique")


class OfferStudy(models.Model):
    """How the price of an offer was thought: for which need it is compared, where it stands, what it must bring.

    `lives_on`: codes of `RevenueKind`, what the team counts on before it writes a tariff (002-001).
    """

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="study")
    strategy = models.CharField(
        _("stratégie de prix"), max_length=8, choices=Strategy, default=Strategy.ALIGN
    )
    argument = models.CharField(_("ce qui justifie le prix"), max_length=15, choices=Argument, blank=True)
    argument_words = models.CharField(_("en une phrase, pour les visiteurs"), max_length=240, blank=True)
    reference_people = models.PositiveIntegerField(_("personnes du besoin comparé"), null=True, blank=True)
    reference_gb = models.PositiveIntegerField(_("Go du besoin comparé"), null=True, blank=True)
    planned_clients = models.PositiveIntegerField(_("clients prévus dans l’année"), default=0)
    lives_on = models.JSONField(_("ce qui la fait vivre"), default=list, blank=True)
    accepted_reason = models.CharField(
        _("ce qui la paie, si elle est gratuite ou vendue sous son coût"),
        max_length=300,
        blank=True,
        help_text=_(
            "Subvention, dons, autre offre : dites ce qui la finance, ou pourquoi ce prix est assumé."
        ),
    )

    objects: ClassVar[models.Manager["OfferStudy"]] = ScopedManager(hoster="offer__hoster")

    class Meta:
        verbose_name = _("étude d’une offre")
        verbose_name_plural = _("études des offres")

    def __str__(self) -> str:
        return f"{self.offer} ({self._meta.verbose_name})"
