from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from offers.models.web_address import web_address


class Care(models.Model):
    """How a component is looked after once it is sold: kept running, repaired, followed, and delivered.

    Every field is empty while nothing is told. `capacity` and `download_url` are for the team: no visitor reads them.
    """

    class Maintenance(models.TextChoices):
        """Whether a part of the maintenance is in the price (003-030)."""

        INCLUDED = "included", _("compris")
        EXCLUDED = "excluded", _("non compris")

    class CapacityUnit(models.TextChoices):
        """What a person cannot give more of in a month (000-011)."""

        HOURS = "hours", _("heures par mois")
        CLIENTS = "clients", _("associations à la fois")

    development_place = models.CharField(_("lieu de développement"), max_length=120, blank=True)
    supervision = models.CharField(_("surveillance"), max_length=240, blank=True)
    recovery_plan = models.CharField(_("reprise après un sinistre"), max_length=240, blank=True)
    maintenance_fixes = models.CharField(
        _("entretien : réparer ce qui casse"), max_length=12, choices=Maintenance, blank=True
    )
    maintenance_security = models.CharField(
        _("entretien : mises à jour de sécurité"), max_length=12, choices=Maintenance, blank=True
    )
    maintenance_changes = models.CharField(
        _("entretien : faire évoluer"), max_length=12, choices=Maintenance, blank=True
    )
    review_months = models.PositiveSmallIntegerField(
        _("faire le point tous les (mois)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    capacity = models.PositiveSmallIntegerField(
        _("ce que vous pouvez tenir"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    capacity_unit = models.CharField(
        _("compté en"), max_length=12, choices=CapacityUnit, default=CapacityUnit.CLIENTS
    )
    download_url = models.URLField(_("adresse à télécharger"), blank=True, validators=[web_address])

    class Meta:
        abstract = True
