from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.offer import Offer


class Generation(models.Model):
    """One use of the generator of dedicated ranges, kept so that it can be undone (002-072, 002-073)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="generations")
    title = models.CharField(_("gammes créées"), max_length=240)
    key = models.UUIDField(_("clé du formulaire"), unique=True)
    created_at = models.DateTimeField(_("faite le"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("faite par"),
    )

    objects: ClassVar[models.Manager["Generation"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("génération de gammes")
        verbose_name_plural = _("générations de gammes")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class GeneratedOffer(models.Model):
    """A draft as the generator left it: `mark` is the digest of its content, so that a change is seen."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="made")
    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="generated")
    mark = models.CharField(_("empreinte"), max_length=64)

    objects: ClassVar[models.Manager["GeneratedOffer"]] = ScopedManager(hoster="generation__hoster")

    class Meta:
        verbose_name = _("offre créée par le générateur")
        verbose_name_plural = _("offres créées par le générateur")

    def __str__(self) -> str:
        return str(self.offer)
