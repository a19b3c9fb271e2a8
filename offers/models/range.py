from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class Range(models.Model):
    """Offers made to be compared side by side, the smallest first (002-069)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="ranges")
    slug = models.SlugField(_("nom court"), max_length=60)
    name = models.CharField(_("nom"), max_length=60)
    purpose = models.CharField(_("en une phrase"), max_length=240, blank=True)
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
