from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.care import Care
from offers.models.need import Need
from offers.models.web_address import web_address


class ComponentKind(models.TextChoices):
    """A one-off piece of work, a continuing relation, or something delivered alike to everybody (000-001)."""

    PRESTATION = "prestation", _("prestation")
    SERVICE = "service", _("service")
    PRODUIT = "produit", _("produit")


class Component(Care):
    """A piece of an offer. Kind, billing and delivery are three independent axes (contradiction C5).

    What follows `position` is its proof: facts that an association can check, each empty when nothing is told.
    `hours` is the estimated time of a prestation, and of a service the time given each month.
    """

    class Variant(models.TextChoices):
        SHARED = "shared", _("mutualisée")
        DEDICATED = "dedicated", _("dédiée")

    class Billing(models.TextChoices):
        ONE_OFF = "one_off", _("une fois")
        RECURRING = "recurring", _("à chaque période")
        USAGE = "usage", _("à l’usage")

    class Coverage(models.TextChoices):
        """When the delays of a service level run (003-036)."""

        BUSINESS = "business", _("du lundi au vendredi, de 9 h à 18 h, hors jours fériés")
        EXTENDED = "extended", _("du lundi au samedi, de 8 h à 20 h, hors jours fériés")
        WEEKEND = "weekend", _("tous les jours, de 8 h à 20 h, jours fériés compris")
        ALWAYS = "always", _("jour et nuit, tous les jours")

    class Delivery(models.TextChoices):
        AUTOMATIC = "automatic", _("automatique")
        PARTIAL = "partial", _("en partie automatique")
        MANUAL = "manual", _("par une personne")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="components")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="components")
    slug = models.SlugField(_("nom court"), max_length=60)
    function = models.CharField(_("ce que ça fait"), max_length=240)
    software = models.CharField(_("logiciel"), max_length=120, blank=True)
    kind = models.CharField(_("nature"), max_length=12, choices=ComponentKind)
    billing = models.CharField(_("facturation"), max_length=12, choices=Billing, default=Billing.RECURRING)
    delivery = models.CharField(_("livraison"), max_length=12, choices=Delivery, default=Delivery.AUTOMATIC)
    variant = models.CharField(_("installation"), max_length=12, choices=Variant, blank=True)
    is_physical = models.BooleanField(_("objet matériel"), default=False)
    stock = models.PositiveIntegerField(_("exemplaires disponibles"), null=True, blank=True)
    hours = models.DecimalField(
        _("durée estimée (heures)"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    provider = models.CharField(_("structure qui s’en charge"), max_length=120, blank=True)
    other_providers = models.CharField(_("autres structures au choix"), max_length=240, blank=True)
    contact_person = models.CharField(_("personne qui s’en occupe"), max_length=80, blank=True)
    data_location = models.CharField(_("lieu des données"), max_length=120, blank=True)
    export_formats = models.CharField(_("formats pour repartir"), max_length=240, blank=True)
    import_formats = models.CharField(_("formats pour arriver"), max_length=240, blank=True)
    documentation_url = models.URLField(_("mode d’emploi"), blank=True, validators=[web_address])
    support_hours = models.CharField(_("heures où l’on répond"), max_length=120, blank=True)
    coverage = models.CharField(
        _("heures qui comptent dans les délais"), max_length=12, choices=Coverage, blank=True
    )
    response_hours = models.PositiveSmallIntegerField(
        _("prise en charge d’une panne (heures)"), null=True, blank=True
    )
    recovery_hours = models.PositiveSmallIntegerField(
        _("rétablissement après une panne (heures)"), null=True, blank=True
    )
    minor_recovery_hours = models.PositiveSmallIntegerField(
        _("rétablissement après une gêne (heures)"), null=True, blank=True
    )
    availability = models.DecimalField(
        _("disponibilité visée (%)"),
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("50")), MaxValueValidator(Decimal(100))],
    )
    backups = models.CharField(_("copies de secours"), max_length=240, blank=True)
    prerequisites = models.CharField(
        _("ce qu’il faut avoir, ou qui n’est pas fourni"), max_length=240, blank=True
    )
    skill = models.CharField(_("savoir-faire demandé à un·e bénévole"), max_length=160, blank=True)

    objects: ClassVar[models.Manager["Component"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("composant")
        verbose_name_plural = _("composants")
        constraints = [models.UniqueConstraint(fields=["hoster", "slug"], name="one_component_per_slug")]

    def __str__(self) -> str:
        return self.function

    @property
    def providers(self) -> list[str]:
        """Every structure that may do it, the usual one first, each once; "" is the hoster itself (002-168)."""
        others = [name.strip() for name in self.other_providers.split(";")]
        return list(dict.fromkeys([self.provider, *filter(None, others)]))
