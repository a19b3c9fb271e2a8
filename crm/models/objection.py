from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class Objection(models.Model):
    """What makes people hesitate, and what one answers (004-025). Exchanges name it; it is counted by organisations."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="objections")
    title = models.CharField(_("ce qui fait hésiter"), max_length=120)
    answer = models.TextField(_("ce que vous répondez"), max_length=2000)

    objects: ClassVar[models.Manager["Objection"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("raison d’hésiter")
        verbose_name_plural = _("raisons d’hésiter")

    def __str__(self) -> str:
        return self.title
