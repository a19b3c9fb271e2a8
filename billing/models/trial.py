from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models import Contact, Organization
from hosters.models import Hoster
from offers.models import Offer


class TrialQuerySet(models.QuerySet["Trial"]):
    def running(self, on: date) -> "TrialQuerySet":
        """Begun, not over."""
        return self.filter(starts_on__lte=on, ends_on__gte=on, closed_on=None)


TrialManager = models.Manager.from_queryset(TrialQuerySet)


class Trial(models.Model):
    """Free months of one offer, opened by a person for one association: they end by themselves (002-036, 002-135).

    Nothing is ever due after it: only an accepted quote starts a contract, on the day after a trial of the same
    offer. One for each association and offer.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="trials")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="trials")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="trials")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="trials")
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    reminded_on = models.DateField(_("rappelé le"), null=True, blank=True)
    closed_on = models.DateField(_("clos le"), null=True, blank=True)

    objects: ClassVar[TrialManager] = ScopedManager(_manager_class=TrialManager, hoster="hoster")

    class Meta:
        verbose_name = _("essai")
        verbose_name_plural = _("essais")
        constraints = [
            models.UniqueConstraint(fields=["organization", "offer"], name="one_trial_of_an_offer"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="trial_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["hoster", "closed_on", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.offer} · {self.organization}"
