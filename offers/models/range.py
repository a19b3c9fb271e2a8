from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.model_families import BY_CODE


class Range(models.Model):
    """Offers made to be compared side by side, the smallest first (002-069).

    `prefix`: how the names of its offers start, when the hoster wants a family (kDrive, kMail: `k`, 002-063).
    `model_families`: codes of `offers.model_families`, for the team (001-001).
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="ranges")
    slug = models.SlugField(_("nom court"), max_length=60)
    name = models.CharField(_("nom"), max_length=60)
    purpose = models.CharField(_("en une phrase"), max_length=240, blank=True)
    prefix = models.CharField(_("début commun des noms"), max_length=20, blank=True)
    model_families = models.JSONField(_("familles de modèle"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects: ClassVar[models.Manager["Range"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("gamme")
        verbose_name_plural = _("gammes")
        constraints = [models.UniqueConstraint(fields=["hoster", "slug"], name="one_range_per_slug")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("storefront:range", kwargs={"slug": self.slug})

    @property
    def family_names(self) -> list[str]:
        return [str(BY_CODE[code].name) for code in self.model_families if code in BY_CODE]
