from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class StepCount(models.Model):
    """How many times a step was taken on a day: no person, no address, no cookie (002-207)."""

    class Step(models.TextChoices):
        VISIT = "visit", _("visites")
        OFFER = "offer", _("offre vue")
        CONFIGURED = "configured", _("pack configuré")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="step_counts")
    day = models.DateField(_("jour"))
    step = models.CharField(_("étape"), max_length=12, choices=Step)
    offer = models.CharField(_("offre"), max_length=60, blank=True)
    source = models.CharField(_("origine"), max_length=40, blank=True)
    count = models.PositiveIntegerField(_("nombre"), default=0)

    objects: ClassVar[models.Manager["StepCount"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.UniqueConstraint(
                fields=["hoster", "day", "step", "offer", "source"],
                name="one_counter_per_day_step_offer_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.step} {self.count}"
