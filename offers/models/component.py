from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.need import Need


class ComponentKind(models.TextChoices):
    """A one-off piece of work, a continuing relation, or something delivered alike to everybody (000-001)."""

    PRESTATION = "prestation", _("prestation")
    SERVICE = "service", _("service")
    PRODUIT = "produit", _("produit")


class Component(models.Model):
    """A piece of an offer. Kind, billing and delivery are three independent axes (contradiction C5)."""

    class Billing(models.TextChoices):
        ONE_OFF = "one_off", _("une fois")
        RECURRING = "recurring", _("à chaque période")
        USAGE = "usage", _("à l’usage")

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
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects: ClassVar[models.Manager["Component"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("composant")
        verbose_name_plural = _("composants")
        constraints = [models.UniqueConstraint(fields=["hoster", "slug"], name="one_component_per_slug")]

    def __str__(self) -> str:
        return self.function
