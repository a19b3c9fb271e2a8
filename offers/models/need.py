from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class Need(models.Model):
    """What an association wants to do, in its own words: always shown before a software name (002-120)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="needs")
    title = models.CharField(_("besoin"), max_length=80)
    explanation = models.CharField(_("en une phrase"), max_length=240, blank=True)
    icon = models.CharField(_("icône"), max_length=40, default="sparkles")
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects: ClassVar[models.Manager["Need"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        constraints = [models.UniqueConstraint(fields=["hoster", "title"], name="one_need_per_title")]

    def __str__(self) -> str:
        return self.title
