from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_share = [MaxValueValidator(100)]


class PublicPromise(models.Model):
    """What a hoster says of itself to everybody, in its own words: what it holds, what it costs, and what it is for.

    An empty text says nothing on the pages; `hosters.publishing` tells what is expected before selling.
    """

    availability_target = models.DecimalField(
        _("disponibilité visée (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(50)), MaxValueValidator(Decimal(100))],
    )
    availability_why = models.CharField(_("pourquoi pas davantage"), max_length=400, blank=True)
    response_time = models.CharField(_("délai de réponse"), max_length=120, blank=True)
    days_off = models.CharField(_("jours de fermeture"), max_length=160, blank=True)

    backup_copies = models.PositiveSmallIntegerField(_("copies de sauvegarde"), null=True, blank=True)
    backup_frequency = models.CharField(_("rythme des sauvegardes"), max_length=80, blank=True)
    backup_retention = models.CharField(_("durée de garde des sauvegardes"), max_length=80, blank=True)
    backup_place = models.CharField(_("lieu des sauvegardes"), max_length=120, blank=True)

    continuity_people = models.PositiveSmallIntegerField(
        _("personnes capables d’intervenir"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    continuity = models.CharField(_("si l’une d’elles manque"), max_length=400, blank=True)

    data_place = models.CharField(_("lieu des données"), max_length=160, blank=True)
    foreign_access = models.CharField(_("contre les demandes d’autres États"), max_length=400, blank=True)
    area_served = models.CharField(_("territoire servi"), max_length=160, blank=True)
    nonprofit = models.CharField(_("à quoi sert l’argent"), max_length=400, blank=True)

    why_paid = models.CharField(_("pourquoi c’est payant"), max_length=800, blank=True)
    cost_infrastructure = models.PositiveSmallIntegerField(
        _("infrastructure (%)"), null=True, blank=True, validators=_share
    )
    cost_salaries = models.PositiveSmallIntegerField(
        _("salaires (%)"), null=True, blank=True, validators=_share
    )
    cost_operations = models.PositiveSmallIntegerField(
        _("fonctionnement (%)"), null=True, blank=True, validators=_share
    )
    cost_savings = models.PositiveSmallIntegerField(
        _("épargne (%)"), null=True, blank=True, validators=_share
    )

    class Meta:
        abstract = True
