from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class Erasure(models.Model):
    """That somebody was erased, when and why: the proof of an answer within a month, without saying who (GDPR-06)."""

    class Cause(models.TextChoices):
        ASKED = "asked", _("à la demande de la personne")
        RETENTION = "retention", _("durée de conservation écoulée")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="erasures")
    cause = models.CharField(_("pourquoi"), max_length=10, choices=Cause)
    cards = models.PositiveSmallIntegerField(_("fiches vidées"))
    at = models.DateTimeField(_("effacée le"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Erasure"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("effacement")
        verbose_name_plural = _("effacements")

    def __str__(self) -> str:
        return self.get_cause_display()
