from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.offer import Offer


class FormerSlug(models.Model):
    """An address that an offer had: links printed or shared long ago still arrive (002-064)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(_("ancienne adresse"), max_length=60)
    left_at = models.DateTimeField(_("quittée le"), auto_now_add=True)

    objects: ClassVar[models.Manager["FormerSlug"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("ancienne adresse d’une offre")
        verbose_name_plural = _("anciennes adresses d’offres")
        ordering = ["-left_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["hoster", "slug"], name="one_offer_per_former_slug")]

    def __str__(self) -> str:
        return self.slug
