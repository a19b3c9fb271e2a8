from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.quote import Quote
from crm.models import Organization
from hosters.models import Hoster


class Objective(models.Model):
    """Something that an association wants to change, in its own words (003-009): what is measured, from, to, by when.

    `quote` is the accepted quote whose brief said it; None for one that was agreed later.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="objectives")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="objectives")
    quote = models.ForeignKey(
        Quote, on_delete=models.SET_NULL, null=True, blank=True, related_name="objectives"
    )
    what = models.CharField(_("ce qui se mesure"), max_length=200)
    start = models.CharField(_("au départ"), max_length=200, blank=True)
    target = models.CharField(_("ce qui est visé"), max_length=200)
    by = models.CharField(_("pour quand"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["Objective"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("objectif")
        verbose_name_plural = _("objectifs")

    def __str__(self) -> str:
        return self.what


class ObjectiveValue(models.Model):
    """Where an objective was on a day, as both sides saw it (003-022)."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="values")
    on = models.DateField(_("le"))
    value = models.CharField(_("valeur"), max_length=80)
    note = models.CharField(_("en quelques mots"), max_length=240, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["ObjectiveValue"]] = ScopedManager(hoster="objective__hoster")

    class Meta:
        verbose_name = _("valeur d’un objectif")
        verbose_name_plural = _("valeurs d’un objectif")
        constraints = [
            models.UniqueConstraint(fields=["objective", "on"], name="one_value_of_an_objective_a_day")
        ]

    def __str__(self) -> str:
        return self.value
