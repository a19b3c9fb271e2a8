from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.quote import Quote
from crm.models import Organization
from hosters.models import Hoster
from offers.models import Component


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def to_do(self) -> "DeliveryQuerySet":
        """Neither done nor ended with its contract."""
        return self.filter(done_on=None).exclude(quote__subscription__ended_on__isnull=False)

    def waiting(self, until: date) -> "DeliveryQuerySet":
        """What is due by a day, and the work that has no day yet; a service without follow-up waits for nothing."""
        undated = Q(due_on=None) & ~Q(kind=Delivery.Kind.FOLLOW_UP)
        return self.to_do().filter(Q(due_on__lte=until) | undated)


DeliveryManager = models.Manager.from_queryset(DeliveryQuerySet)


class Delivery(models.Model):
    """What somebody must do because a quote was accepted (000-003, 000-007): the work of a prestation, a session, the
    next follow-up of a service; what the brief of the association announced, a step to validate and the meeting that
    comes back until the project is done (003-011, 003-012); the access to a product that a person opens in one click
    (000-026); or what is delivered by itself (000-013).

    A service that runs has exactly one open row, without a day when no follow-up was promised: the open rows are what
    the team has to hold (000-011). `hours` is the estimated time, of each month for a service.
    """

    class Kind(models.TextChoices):
        WORK = "work", _("travail à faire")
        SESSION = "session", _("séance")
        FOLLOW_UP = "follow_up", _("point de suivi")
        MILESTONE = "milestone", _("étape à valider")
        MEETING = "meeting", _("point de projet")
        DOWNLOAD = "download", _("à télécharger")
        OPENING = "opening", _("accès à ouvrir")

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="deliveries")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="deliveries")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="deliveries")
    component = models.ForeignKey(
        Component, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    what = models.CharField(_("quoi"), max_length=300)
    hours = models.DecimalField(_("temps prévu (heures)"), max_digits=6, decimal_places=2, null=True)
    person = models.CharField(_("qui s’en occupe"), max_length=80, blank=True)
    due_on = models.DateField(_("prévu le"), null=True, blank=True)
    every_months = models.PositiveSmallIntegerField(_("revient tous les (mois)"), null=True)
    every_weeks = models.PositiveSmallIntegerField(_("revient toutes les (semaines)"), null=True)
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("ce qui a été fait"), max_length=400, blank=True)
    confirmed_at = models.DateTimeField(_("reçu par l’association le"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[DeliveryManager] = ScopedManager(_manager_class=DeliveryManager, hoster="hoster")

    class Meta:
        verbose_name = _("livraison")
        verbose_name_plural = _("livraisons")
        indexes = [models.Index(fields=["hoster", "done_on", "due_on"])]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("staff:delivery", kwargs={"pk": self.pk})
