from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.organization import Organization, Stage


class StageChange(models.Model):
    """One step of an organisation, with its evidence (004-045). Written by `crm.stages` only, never edited."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="stage_changes")
    before = models.CharField(max_length=10, choices=Stage, blank=True)
    after = models.CharField(max_length=10, choices=Stage)
    evidence = models.CharField(_("preuve"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["StageChange"]] = ScopedManager(hoster="organization__hoster")

    class Meta:
        verbose_name = _("changement d’étape")
        verbose_name_plural = _("changements d’étape")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
