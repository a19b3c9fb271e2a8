from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.organization import Organization
from hosters.models import Hoster


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def due(self, on: date) -> "FollowUpQuerySet":
        """Not done, and their day has come."""
        return self.filter(done_at=None, due_on__lte=on)


FollowUpManager = models.Manager.from_queryset(FollowUpQuerySet)


class FollowUp(models.Model):
    """The next thing to do for an organisation, and when (002-198)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="follow_ups")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="follow_ups")
    what = models.CharField(_("quoi faire"), max_length=200)
    due_on = models.DateField(_("pour le"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[FollowUpManager] = ScopedManager(_manager_class=FollowUpManager, hoster="hoster")

    class Meta:
        verbose_name = _("relance")
        verbose_name_plural = _("relances")
        indexes = [models.Index(fields=["hoster", "done_at", "due_on"])]

    def __str__(self) -> str:
        return self.what


class Postponement(models.Model):
    """A follow-up put off: until when, and why. Never edited."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="postponements")
    before = models.DateField(_("était prévue le"))
    after = models.DateField(_("reportée au"))
    reason = models.CharField(_("raison"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Postponement"]] = ScopedManager(hoster="follow_up__hoster")

    class Meta:
        verbose_name = _("report de relance")
        verbose_name_plural = _("reports de relance")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
