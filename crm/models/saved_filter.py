from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class SavedFilter(models.Model):
    """A search of the list of organisations that somebody keeps under a name, for themselves or for the team."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="saved_filters")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("nom du filtre"), max_length=60)
    query = models.CharField(_("critères"), max_length=500)
    shared = models.BooleanField(_("visible par toute l’équipe"), default=False)

    objects: ClassVar[models.Manager["SavedFilter"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("filtre enregistré")
        verbose_name_plural = _("filtres enregistrés")
        constraints = [models.UniqueConstraint(fields=["hoster", "owner", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name
