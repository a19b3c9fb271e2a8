from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models.hoster import Hoster


class Subprocessor(models.Model):
    """Somebody to whom the hoster entrusts data of its clients (GDPR article 28, CON-12): named publicly."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="subprocessors")
    name = models.CharField(_("nom"), max_length=120)
    purpose = models.CharField(_("pour quoi faire"), max_length=160)
    data = models.CharField(_("données confiées"), max_length=160)
    country = models.CharField(_("pays"), max_length=60)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("sous-traitant")
        verbose_name_plural = _("sous-traitants")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["hoster", "name"], name="one_subprocessor_per_name")]

    def __str__(self) -> str:
        return self.name
