from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class ActionPlan(models.Model):
    """What to do, and when, with an organisation of some public (004-013). `steps` is written by people and read by
    `crm.action_plans`."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="action_plans")
    name = models.CharField(_("nom du plan"), max_length=80)
    segment = models.CharField(_("public"), max_length=20, blank=True)
    steps = models.TextField(_("étapes"), max_length=2000)

    objects: ClassVar[models.Manager["ActionPlan"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("plan d’action")
        verbose_name_plural = _("plans d’action")

    def __str__(self) -> str:
        return self.name
