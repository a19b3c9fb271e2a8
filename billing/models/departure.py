from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.document import Document
from billing.models.subscription_end import SubscriptionEnd
from hosters.models import Hoster


class Departure(models.Model):
    """What becomes of the data of a contract that ends: given back, then erased, with a certificate (CON-08, CON-13).

    A switch to another hoster has a transition as well, during which the service goes on: it begins after the
    notice, on `transition_from`, and ends with the contract (règlement 2023/2854, article 25).
    """

    class ExtendedBy(models.TextChoices):
        HOSTER = "hoster", _("prolongée par nous")
        CLIENT = "client", _("prolongée par l’association")

    class State(models.TextChoices):
        NOTICE = "notice", _("préavis")
        TRANSITION = "transition", _("transition")
        SERVICE = "service", _("le service continue")
        RETRIEVAL = "retrieval", _("récupération des données")
        TO_ERASE = "to_erase", _("à effacer")
        ERASED = "erased", _("effacé")

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="departures")
    end = models.OneToOneField(SubscriptionEnd, on_delete=models.PROTECT, related_name="departure")
    transition_from = models.DateField(_("début de la transition"), null=True, blank=True)
    extended_by = models.CharField(_("transition"), max_length=6, choices=ExtendedBy, blank=True)
    extended_from = models.DateField(_("fin d’abord prévue"), null=True, blank=True)
    extension_why = models.CharField(_("motif de la prolongation"), max_length=300, blank=True)
    retrieval_until = models.DateField(_("données à récupérer jusqu’au"))
    erase_by = models.DateField(_("à effacer avant le"))
    erased_on = models.DateField(_("effacé le"), null=True, blank=True)
    erased_what = models.CharField(_("ce qui est effacé"), max_length=400, blank=True)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    certificate = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="departure"
    )

    objects: ClassVar[models.Manager["Departure"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("départ")
        verbose_name_plural = _("départs")
        indexes = [models.Index(fields=["hoster", "erased_on", "retrieval_until"])]

    def __str__(self) -> str:
        return str(self.end)

    def get_absolute_url(self) -> str:
        return self.end.subscription.get_absolute_url()

    def state(self, on: date) -> State:
        """Where it stands that day."""
        if self.erased_on:
            return self.State.ERASED
        if on > self.retrieval_until:
            return self.State.TO_ERASE
        if on > self.end.ends_on:
            return self.State.RETRIEVAL
        if self.transition_from is None:
            return self.State.SERVICE
        return self.State.NOTICE if on < self.transition_from else self.State.TRANSITION

    @property
    def seller(self) -> dict[str, Any]:
        seller: dict[str, Any] = self.end.subscription.quote.seller
        return seller

    @property
    def buyer(self) -> dict[str, Any]:
        buyer: dict[str, Any] = self.end.subscription.quote.buyer
        return buyer

    @property
    def issued_on(self) -> date | None:
        return self.erased_on
