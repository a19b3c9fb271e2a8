from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.letter import Situation
from hosters.models import Hoster


class CallScript(models.Model):
    """What to ask on the telephone: questions, answers, and where each answer leads (002-209).

    `text` is written by people and read by `crm.calls.script`.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="call_scripts")
    name = models.CharField(_("nom du guide"), max_length=80)
    situation = models.CharField(_("situation"), max_length=10, choices=Situation, default=Situation.ASKED)
    text = models.TextField(_("questions et réponses"), max_length=8000)

    objects: ClassVar[models.Manager["CallScript"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("guide d’appel")
        verbose_name_plural = _("guides d’appel")

    def __str__(self) -> str:
        return self.name
