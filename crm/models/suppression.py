from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class Suppression(models.Model):
    """An address that we write to no more of our own accord. Only its keyed digest is kept (GDPR-05, GDPR-06)."""

    class Cause(models.TextChoices):
        OPPOSED = "opposed", _("la personne s’y est opposée")
        ERASED = "erased", _("la personne a été effacée")
        STAFF = "staff", _("noté par l’équipe : ne plus contacter")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="suppressions")
    digest = models.CharField(_("empreinte de l’adresse"), max_length=64)
    cause = models.CharField(_("pourquoi"), max_length=10, choices=Cause)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Suppression"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("opposition")
        verbose_name_plural = _("oppositions")
        constraints = [
            models.UniqueConstraint(fields=["hoster", "digest"], name="one_suppression_per_address")
        ]

    def __str__(self) -> str:
        return self.digest[:8]
