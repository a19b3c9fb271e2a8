from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster

A_MILLION = 1_000_000


class HandCount(models.Model):
    """People counted elsewhere and written down by staff: a site of one's own, free accounts, a stand (002-204).

    The whole number belongs to `day`, the last day of what was counted.
    """

    class Step(models.TextChoices):
        VISIT = "visit", _("visites")
        FREE = "free", _("utilisatrices et utilisateurs gratuits")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="hand_counts")
    day = models.DateField(_("dernier jour compté"))
    step = models.CharField(_("étape"), max_length=12, choices=Step)
    source = models.CharField(_("origine"), max_length=40, blank=True)
    count = models.PositiveIntegerField(
        _("nombre"), validators=[MinValueValidator(1), MaxValueValidator(A_MILLION)]
    )
    note = models.CharField(_("d’où vient ce nombre"), max_length=120, blank=True)
    key = models.UUIDField(_("clé du formulaire"), unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["HandCount"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("comptage à la main")
        verbose_name_plural = _("comptages à la main")
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["hoster", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.step} {self.count}"
